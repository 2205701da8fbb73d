"""Storing many rows at once: what SQLAlchemy does for each of them would cost more than storing."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Select, String, Table, bindparam, func, select, text
from sqlalchemy.dialects import postgresql, sqlite

from academy.db import session

#: Turns a value into what the driver stores; None where it is that already.
_Convert = Callable[[Any], Any] | None


def insert_rows(table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Store many rows of bare values, in the order of `names`; nothing else has a default.

    A statement of SQLAlchemy with as many values spends four fifths of its time on preparing each.
    """
    connection = session.connection()
    converted = _converted(table, names, rows, connection)
    columns = f"{table.name} ({', '.join(names)})"
    cursor: Any = connection.connection.cursor()
    if connection.dialect.name == "postgresql":
        with cursor, cursor.copy(f"COPY {columns} FROM STDIN") as copy:
            for row in converted:
                copy.write_row(row)
    else:
        marks = ", ".join("?" * len(names))
        statement = f"INSERT INTO {columns} VALUES ({marks})"  # noqa: S608 (our own names)
        cursor.executemany(statement, converted)


def insert_new(table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Store those rows that are not there yet, in one statement; return how many are new.

    Values stand in the order of `names`; other columns get their defaults, the same in all rows.
    All rows travel as one JSON text, so that their number costs no statement and no parameter.
    """
    connection = session.connection()
    written = json.dumps(
        list(_converted(table, names, rows, connection)), ensure_ascii=False, default=_moment
    )
    source = _from_json(table, names, connection.dialect.name)
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).from_select(list(names), source).on_conflict_do_nothing()
    counting = statement.execution_options(preserve_rowcount=True)
    stored: int = session.execute(counting, {"rows": written}).rowcount  # type: ignore[attr-defined]
    return stored


def _from_json(table: Table, names: Sequence[str], dialect: str) -> Select[Any]:
    """Select the values out of the text, each as its column's type."""
    rows: Any = bindparam("rows", type_=String)
    if dialect == "postgresql":
        row = func.json_array_elements(rows.cast(postgresql.JSON)).column_valued("each_row")
        return select(*(
            row.op("->>")(place).cast(_type_of(table.c[name])) for place, name in enumerate(names)
        ))  # fmt: skip
    each = func.json_each(rows).table_valued("value", name="each_row").c.value
    columns = (func.json_extract(each, f"$[{place}]") for place in range(len(names)))
    # SQLite takes ON CONFLICT for a part of the SELECT unless that has a WHERE.
    return select(*columns).where(text("1 = 1"))


def _type_of(column: Column[Any]) -> Any:
    return column.type.dialect_impl(postgresql.dialect())  # type: ignore[no-untyped-call]


def _converted(
    table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]], connection: Connection
) -> Iterable[list[Any]]:
    dialect = connection.dialect
    convert = [
        _remembering(table.c[name].type.dialect_impl(dialect).bind_processor(dialect))
        for name in names
    ]
    return (
        [value if step is None or value is None else step(value)
         for step, value in zip(convert, row, strict=True)]
        for row in rows
    )  # fmt: skip


def _remembering(step: _Convert) -> _Convert:
    """Convert a value that stands in many rows, as the moment of storing them does, once."""
    if step is None:
        return None
    last: list[Any] = [None, None]

    def convert(value: Any) -> Any:
        if value is not last[0]:
            last[:] = value, step(value)
        return last[1]

    return convert


def _moment(value: object) -> str:
    """Write a moment into JSON, which has none; the server reads it back."""
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")
