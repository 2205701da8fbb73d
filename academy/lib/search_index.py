"""Full-text search on both databases: one cutter, one set of rules, two ways to store words.

PostgreSQL keeps a tsvector that we write ourselves (its parsers know no Khmer), SQLite an FTS5
table; neither needs an extension. What is found is decided by `search_words.cut`, not by them.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract
from sqlalchemy import (
    Float,
    Index,
    Integer,
    ScalarSelect,
    Select,
    String,
    TextClause,
    UniqueConstraint,
    bindparam,
    column,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, in_parts, session
from academy.lib.search_words import cut, cut_query, forms_of, is_spelled

#: Words of this length and more are also found by their beginning.
SHORTEST_BEGINNING = 3
#: Words of this length may have one slip, of the next two.
ONE_SLIP, TWO_SLIPS = 4, 8
MOST_WORDS_ASKED = 12
#: PostgreSQL counts no position beyond (documentation, 12.11).
LAST_POSITION = 16383


class SearchDocument(Base):
    """Something that can be found: its kind and its number within the kind."""

    __tablename__ = "search_documents"
    __table_args__ = (UniqueConstraint("kind", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: "case", "thread", …
    kind: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]


class SearchWord(Base):
    """A word that stands in something of a kind: a query's word that is none of them is a slip."""

    __tablename__ = "search_vocabulary"
    __table_args__ = (Index("ix_search_vocabulary_kind_length", "kind", "length"),)

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    #: Ordered by its code points on every database, so that a beginning is a range.
    word: Mapped[str] = mapped_column(
        String(60).with_variant(String(60, collation="C"), "postgresql"), primary_key=True
    )
    length: Mapped[int]


@dataclass(frozen=True, slots=True)
class Text:
    """What somebody may search in: the title weighs most, then the card, then the rest."""

    number: int
    title: str
    card: str = ""
    body: str = ""


def put(kind: str, texts: Sequence[Text]) -> None:
    """Let these be found by what they say now; what they said before is forgotten."""
    if not texts:
        return
    drop(kind, [one.number for one in texts])
    cutted = {one.number: [cut(one.title), cut(one.card), cut(one.body)] for one in texts}
    ids = _document_ids(kind, list(cutted))
    rows = [_row(ids[number], parts) for number, parts in cutted.items()]
    session.execute(_insert_words(), rows)
    _learn(kind, {word for parts in cutted.values() for part in parts for word in part})


def drop(kind: str, numbers: Iterable[int]) -> None:
    """Let nobody find these any more."""
    for part in in_parts(numbers):
        ids = session.scalars(
            select(SearchDocument.id).where(
                SearchDocument.kind == kind, SearchDocument.number.in_(part)
            )
        ).all()
        if ids:
            session.execute(_DELETE_WORDS[_dialect()], {"ids": ids})
            session.execute(_DELETE_DOCUMENTS, {"ids": ids})


def _of_ids(statement: str) -> TextClause:
    return text(statement).bindparams(bindparam("ids", expanding=True))


_DELETE_WORDS = {
    "sqlite": _of_ids("DELETE FROM search_texts WHERE rowid IN :ids"),
    "postgresql": _of_ids("DELETE FROM search_texts WHERE document_id IN :ids"),
}
_DELETE_DOCUMENTS = _of_ids("DELETE FROM search_documents WHERE id IN :ids")
_INSERT_WORDS = {
    "sqlite": text("INSERT INTO search_texts(rowid, title, card, body) VALUES (:id, :a, :b, :c)"),
    "postgresql": text(
        "INSERT INTO search_texts(document_id, words) VALUES (:id, CAST(:words AS tsvector))"
    ),
}


def _dialect() -> str:
    return session.get_bind().dialect.name


def _insert_words() -> TextClause:
    return _INSERT_WORDS[_dialect()]


def _document_ids(kind: str, numbers: Sequence[int]) -> dict[int, int]:
    documents = [SearchDocument(kind=kind, number=number) for number in numbers]
    session.add_all(documents)
    session.flush()
    return {one.number: one.id for one in documents}


def _row(number: int, parts: Sequence[Sequence[str]]) -> dict[str, object]:
    if _dialect() == "sqlite":
        texts = zip("abc", (" ".join(part) for part in parts), strict=True)
        return {"id": number, **dict(texts)}
    return {"id": number, "words": _as_tsvector(parts)}


def _as_tsvector(parts: Sequence[Sequence[str]]) -> str:
    """Write the words as a tsvector says them: 'word':1A,7C (documentation, 8.11.1)."""
    places: dict[str, list[str]] = {}
    position = 0
    for weight, words in zip("ABC", parts, strict=True):
        for word in words:
            position = min(position + 1, LAST_POSITION)
            places.setdefault(word, []).append(f"{position}{weight}")
    return " ".join(f"'{word}':{','.join(marks)}" for word, marks in places.items())


def _learn(kind: str, words: set[str]) -> None:
    spelled = [word for word in sorted(words) if is_spelled(word)]
    if spelled and _dialect() == "sqlite":
        listed = json.dumps(spelled, ensure_ascii=False)
        session.execute(_LEARN["sqlite"], {"kind": kind, "words": listed})
    elif spelled:
        session.execute(_LEARN["postgresql"], {"kind": kind, "words": spelled})


#: In the order of the words, so that two who write at once never wait for one another in a ring.
_LEARN = {
    "sqlite": text(
        "INSERT INTO search_vocabulary(kind, word, length) SELECT :kind, value, length(value) "
        "FROM json_each(:words) WHERE true ON CONFLICT DO NOTHING"
    ),
    "postgresql": text(
        "INSERT INTO search_vocabulary(kind, word, length) SELECT :kind, word, length(word) "
        "FROM unnest(CAST(:words AS text[])) AS word ON CONFLICT DO NOTHING"
    ),
}


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody asked for: each word with the words that may stand for it."""

    #: [("forest",), ("nepal", "nepali")]: one of each has to stand in what is found.
    words: tuple[tuple[str, ...], ...]
    #: What was taken for a slip: {"forrest": "forest"}.
    mended: dict[str, str]


def understand(kind: str, asked: str, seen: Select[int] | None = None) -> Query:
    """Read a query; a word that stands nowhere is taken for a slip of one that does.

    With `seen`, a SELECT of numbers of the kind, only what stands in one of these is guessed: a
    guess tells nobody a word of something that they may not read. Two statements, none for an
    empty query; one more for a slip at the first letter, and with `seen` three more for a slip.
    """
    words = cut_query(asked)[:MOST_WORDS_ASKED]
    unknown = [word for word in _unknown(kind, words) if len(word) >= ONE_SLIP]
    near = _guess(kind, unknown)
    if seen is not None:
        near = {word: _seen(kind, guesses, seen) for word, guesses in near.items()}
    chosen = tuple(tuple(near.get(word) or forms_of(word)) for word in words)
    return Query(chosen, {word: found[0] for word, found in near.items() if found})


def _unknown(kind: str, words: Sequence[str]) -> list[str]:
    spelled = [word for word in words if is_spelled(word)]
    if not spelled:
        return []
    stands = (_first_that_begins(kind, forms_of(word)) for word in spelled)
    first = session.execute(select(*stands)).one()
    return [word for word, found in zip(spelled, first, strict=True) if found is None]


def _first_that_begins(kind: str, beginnings: Sequence[str]) -> ScalarSelect[str]:
    """Ask for one word each: a short beginning may have thousands."""
    begins = or_(*(SearchWord.word.between(one, one + "\uffff") for one in beginnings))
    return select(SearchWord.word).where(SearchWord.kind == kind, begins).limit(1).scalar_subquery()


def _guess(kind: str, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Find what may be meant: few slip at the first letter, so all words are looked at last."""
    alike = _words_like(kind, words, first_letters={word[0] for word in words})
    near = {word: _nearest(word, alike) for word in words}
    missed = [word for word, found in near.items() if not found]
    others = _words_like(kind, missed)
    return near | {word: _nearest(word, others) for word in missed}


def _words_like(
    kind: str, words: Sequence[str], first_letters: Iterable[str] = ()
) -> Sequence[str]:
    """Return the known words of about these lengths: some with these letters first, or all."""
    if not words:
        return ()
    lengths = {len(word) + step for word in words for step in _steps(word)}
    known = select(SearchWord.word).where(SearchWord.kind == kind, SearchWord.length.in_(lengths))
    ranges = [SearchWord.word.between(one, one + "\uffff") for one in first_letters]
    return session.scalars(known.where(or_(*ranges)) if ranges else known).all()


def _steps(word: str) -> range:
    return range(-_slips(word), _slips(word) + 1)


def _nearest(word: str, vocabulary: Sequence[str]) -> tuple[str, ...]:
    found = extract(
        word, vocabulary, scorer=DamerauLevenshtein.distance, score_cutoff=_slips(word), limit=3
    )
    return tuple(one for one, _distance, _index in found)


def _slips(word: str) -> int:
    return 1 if len(word) < TWO_SLIPS else 2


def _seen(kind: str, guesses: tuple[str, ...], seen: Select[int]) -> tuple[str, ...]:
    return tuple(word for word in guesses if _stands_in(kind, word, seen))


def _stands_in(kind: str, word: str, seen: Select[int]) -> bool:
    found = found_by(kind, Query(((word,),), {})).subquery("found")
    one = select(found.c.number).where(found.c.number.in_(seen)).limit(1)
    return session.scalar(one) is not None


def found_by(kind: str, query: Query) -> Select[int, float]:
    """Return what is found as a SELECT of (number, rank), the best with the smallest rank."""
    dialect = _dialect()
    asked = _ALL_OF[dialect].join(_one_of(group, dialect) for group in query.words)
    hits = _HITS[dialect].bindparams(asked=asked)
    found = hits.columns(column("id", Integer), column("rank", Float)).subquery("hits")
    documents = select(SearchDocument.number, found.c.rank)
    joined = documents.join(found, found.c.id == SearchDocument.id)
    return joined.where(SearchDocument.kind == kind)


_ALL_OF = {"sqlite": " AND ", "postgresql": " & "}
#: "word"* (sqlite.org/fts5.html, 3) and 'word':* (PostgreSQL, 8.11.2) are beginnings.
_WORD = {"sqlite": ('"{}"', '"{}"*', " OR "), "postgresql": ("'{}'", "'{}':*", " | ")}
_HITS = {
    "sqlite": text(
        "SELECT rowid AS id, bm25(search_texts, 8.0, 3.0, 1.0) AS rank FROM search_texts "
        "WHERE search_texts MATCH :asked"
    ),
    "postgresql": text(
        # OFFSET 0 ranks here and hands on two numbers; else joins would carry all the words.
        "SELECT document_id AS id, -ts_rank(words, CAST(:asked AS tsquery)) AS rank "
        "FROM search_texts WHERE words @@ CAST(:asked AS tsquery) OFFSET 0"
    ),
}


def _one_of(group: Sequence[str], dialect: str) -> str:
    whole, beginning, either = _WORD[dialect]
    words = ((beginning if _may_begin(word) else whole).format(word) for word in group)
    return f"({either.join(words)})"


def _may_begin(word: str) -> bool:
    return is_spelled(word) and len(word) >= SHORTEST_BEGINNING


def count_documents(kind: str) -> int:
    """Return how many of a kind can be found."""
    counted = select(func.count()).where(SearchDocument.kind == kind)
    return session.scalar(counted) or 0


def forget_unused_words() -> int:
    """Forget the words that stand nowhere any more; return how many they were.

    Where a text is dropped its words stay as guesses at slips until then.
    """
    if _dialect() == "sqlite":
        session.execute(_TERMS)
    gone = session.execute(_UNUSED[_dialect()])
    return int(gone.rowcount)  # type: ignore[attr-defined]


#: sqlite.org/fts5.html, 8: the words of the index as a table.
_TERMS = text(
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_terms USING fts5vocab(main, search_texts, row)"
)
_UNUSED = {
    "sqlite": text(
        "DELETE FROM search_vocabulary WHERE word NOT IN (SELECT term FROM temp.search_terms)"
    ),
    "postgresql": text(
        "DELETE FROM search_vocabulary AS one WHERE NOT EXISTS (SELECT 1 FROM search_texts "
        "WHERE words @@ CAST(quote_literal(one.word) AS tsquery))"
    ),
}
