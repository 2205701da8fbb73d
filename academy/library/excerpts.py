"""Where in a case the words stand that somebody asked for: beside its summary, marked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from academy.db import session
from academy.lib.search_index import Query
from academy.lib.search_words import cut, is_spelled
from academy.lib.snippets import Piece, mark, snippet
from academy.library.models import CaseStudy


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What a row of a list shows of one case."""

    title: Sequence[Piece]
    summary: Sequence[Piece]
    #: What stands elsewhere in the record; empty where title and summary hold all words.
    beside: Sequence[Piece]


def find_excerpts(cases: Sequence[CaseStudy], query: Query) -> dict[int, Excerpt]:
    """Return an excerpt for each of `cases` by its id; one statement, none without words."""
    if not query.words or not cases:
        return {}
    ids = [case.id for case in cases]
    records = session.execute(select(CaseStudy.id, CaseStudy.record).where(CaseStudy.id.in_(ids)))
    return {case_id: _excerpt(record, query) for case_id, record in records}


def _excerpt(record: Mapping[str, Any], query: Query) -> Excerpt:
    """Read the record as it is stored: no list needs it checked once more."""
    title, summary = record["title"], record["summary"]
    seen = _holds(f"{title}\n{summary}", query)
    beside: list[Piece] = []
    if len(seen) < len(query.words):
        most, best = max(
            ((len(_holds(text, query) - seen), text) for text in _texts(record)),
            key=lambda pair: pair[0],
            default=(0, ""),
        )
        beside = snippet(best, query) if most else []
    return Excerpt(mark(title, query), mark(summary, query), beside)


def _texts(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a search reads of a record beside its title and summary (fields.words_of)."""
    for name in _PROSE:
        yield record.get(name) or ""
    yield from record.get("lessons") or ()
    for part in ("dimensions", "features"):
        yield from (text for text in (record.get(part) or {}).values() if text)
    yield from (result["what"] for result in record.get("results") or ())
    organisations = [record.get("organisation"), *(record.get("partners") or ())]
    yield from (one["name"] for one in organisations if one)
    yield from (place.get("locality") or "" for place in record.get("places") or ())


_PROSE = (
    "people_served", "demand", "approach", "technology", "innovation", "shared_across_borders",
    "shared_within_country",
)  # fmt: skip


def _holds(text: str, query: Query) -> set[int]:
    """Return which of the words asked for stand in `text`."""
    words = set(cut(text))
    return {
        place
        for place, group in enumerate(query.words)
        if any(_stands(word, words) for word in group)
    }


def _stands(word: str, words: set[str]) -> bool:
    return word in words or (is_spelled(word) and any(one.startswith(word) for one in words))
