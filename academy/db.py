"""The database: engine, the session of this thread, transaction() and what waits for its commit."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Index,
    MetaData,
    Table,
    TypeDecorator,
    create_engine,
    event,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session, sessionmaker

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

#: True where this thread's next transaction will write (SQLite then locks at once, see connect).
#: What writes does so inside transaction(), which says so; a command that only reads locks nobody.
writing: ContextVar[bool] = ContextVar("writing", default=False)

session: scoped_session[Session] = scoped_session(sessionmaker(expire_on_commit=False))


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC on every database (SQLite knows no time zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments: a time without a zone is a bug, not a value."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back UTC, whatever the server's own zone is."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The parent of every table."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: Moment, dict[str, Any]: JSON, list[Any]: JSON}


def index_of_references(column: Any) -> Index:
    """Index the rows of a large table that refer to something in `column`; most do not.

    What is deleted is looked for in every column that may refer to it: without it, in every row.
    """
    table, name = column.class_.__tablename__, column.key
    named = text(f"{name} IS NOT NULL")
    return Index(f"ix_{table}_{name}", column, sqlite_where=named, postgresql_where=named)


def table_of(model: type[Base]) -> Table:
    """Return the bare table of a model: its statements run in half the time of the model's own.

    They know no objects, so they fit where nothing of what they change is loaded or matters.
    """
    return Base.metadata.tables[model.__tablename__]


#: So many ids fit into one statement on every database.
_PART = 500


def in_parts(ids: Iterable[int]) -> Iterator[list[int]]:
    """Cut ids into lists that one statement takes, in their order."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), _PART):
        yield ordered[start : start + _PART]


def now() -> datetime:
    """Return the moment at which we are, aware and in UTC."""
    return datetime.now(UTC)


def configure(url: str) -> Engine:
    """Make the engine for `url` and let this process's sessions use it."""
    engine = connect(url)
    session.remove()
    session.configure(bind=engine)
    return engine


def connect(url: str) -> Engine:
    """Make an engine whose transactions on SQLite lose no update (measured in STACK.md 3).

    The driver's own default lost 672 of 1,200 read-then-write transactions of four processes;
    BEGIN IMMEDIATE, emitted for whatever writes, lost none. Errors tell no parameters: they would
    carry people's data into the logs.
    """
    if not url.startswith("sqlite"):
        return create_engine(
            url, pool_pre_ping=True, pool_size=10, max_overflow=10, pool_timeout=20,
            hide_parameters=True, json_deserializer=_read_json,
        )  # fmt: skip
    engine = create_engine(
        url, connect_args={"timeout": 10, "check_same_thread": False}, hide_parameters=True,
        json_deserializer=_read_json,
    )  # fmt: skip
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


_decode_json = json.JSONDecoder().raw_decode


def _read_json(written: bytes | str) -> Any:
    """Read what the server wrote, which is UTF-8 and well formed: json.loads doubts both.

    The two lists of names that an identity has are most of the JSON that is ever read, and one
    of them is mostly empty. Takes a quarter of the time.
    """
    if written == b"[]":
        return []
    text = written if isinstance(written, str) else written.decode()
    try:
        return _decode_json(text)[0]
    except ValueError:  # it begins with white space, as JSON may
        return json.loads(text)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=10000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = writing.get() or connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def transaction() -> Iterator[Session]:
    """Make everything inside one transaction; an outer one takes an inner one up.

    Commits at the end of the outermost block and then runs what `after_commit` collected;
    rolls back and forgets it when the block raises. Nobody else commits.
    """
    current = session()
    if current.info.get("in_transaction"):
        yield current
        return
    intent = _intend_to_write(current)
    current.info["in_transaction"] = True
    try:
        yield current
        current.commit()
    except BaseException:
        current.info.pop("after_commit", None)
        current.rollback()
        raise
    finally:
        current.info["in_transaction"] = False
        writing.set(intent)
    for step in current.info.pop("after_commit", []):
        step()


def _intend_to_write(current: Session) -> bool:
    """End a reading transaction first: SQLite cannot turn it into a writing one safely."""
    before = writing.get()
    if not before:
        current.commit()
        writing.set(True)
    return before


def overwrite_deleted() -> None:
    """Let what this transaction deletes be overwritten in the file, not only forgotten (SQLite).

    PostgreSQL does so when it vacuums. It costs writing every freed page, so it is asked for where
    people are forgotten only; a connection keeps it.
    """
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("PRAGMA secure_delete=ON"))


def empty_the_journal() -> None:
    """Write SQLite's journal into the file and cut it: old pages stand in it until then.

    Whoever still reads may keep a part of it until the next time.
    """
    engine = session.get_bind()
    let_go()
    if isinstance(engine, Engine) and engine.dialect.name == "sqlite":
        connection = engine.raw_connection()  # without the transaction that `connect` begins
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()


def let_go() -> None:
    """End what this thread has read so far, before something slow that needs no database.

    A request that will write holds SQLite's only lock from its first read on.
    """
    if not session().info.get("in_transaction"):
        session.commit()


def after_commit(step: Callable[[], object]) -> None:
    """Run `step` once the current transaction is committed; never, if it fails."""
    current = session()
    if current.info.get("in_transaction"):
        current.info.setdefault("after_commit", []).append(step)
    else:
        step()
