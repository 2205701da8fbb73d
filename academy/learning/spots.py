"""The spots of a lesson that people talk about: its sections, and its questions to discuss.

A thread hangs on the field of a spot. A section's field is made of the first heading that it had,
in the language in which the course was written; every translation has the same, by its order.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from academy.learning.directives import Piece, as_json
from academy.learning.rendering import anchor_of, render_sections, section_headings
from academy.lib.prose import beginning_of

#: What the field of a section begins with: no key of a question holds a full stop.
SECTION = "section."
#: Characters of a section's key; the field of a thread holds 60 with the above.
LONGEST_KEY = 48
#: Characters of a spot's words, as the title of its thread may have them.
LONGEST_WORDS = 190


def spots_of(
    texts: Mapping[str, Sequence[Piece]], before: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return the spots of a lesson in their order; `before` are those that it had until now.

    `texts` begin with the language in which the course was written.
    """
    found = {tag: list(_named(pieces)) for tag, pieces in texts.items()}
    first = next(iter(found.values()), [])
    sections = [words for field, words in first if not field]
    keys = iter(keep_keys([_slug(words) for words in sections], before))
    spots = [_spot(field, words, keys) for field, words in first]
    for tag, named in found.items():
        titles = iter([words for field, words in named if not field])
        asked = {field: words for field, words in named if field}
        for spot in spots:
            is_section = spot["field"].startswith(SECTION)
            words = next(titles, "") if is_section else asked.get(spot["field"], "")
            if words:
                spot["words"][tag] = words
    return spots


def _spot(field: str, words: str, keys: Iterator[str]) -> dict[str, Any]:
    if field:
        return {"field": field, "anchor": f"discuss-{field}", "words": {}}
    key = next(keys)
    return {"field": f"{SECTION}{key}", "anchor": key, "slug": _slug(words), "words": {}}


def _named(pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    """Go through sections ("", heading) and questions to discuss (key, words), in their order."""
    for piece in pieces:
        if piece.name == "discuss":
            yield piece.options["key"], beginning_of(piece.text, LONGEST_WORDS)
        elif not piece.name:
            headings = section_headings(piece.text)
            yield from (("", beginning_of(heading, LONGEST_WORDS)) for heading in headings)


def _slug(heading: str) -> str:
    return anchor_of(heading)[:LONGEST_KEY]


def keep_keys(slugs: Sequence[str], before: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the keys of sections whose headings make these slugs.

    Where a heading stands as before, its section keeps its key, wherever it moved. Where headings
    between others that stayed have other words now, and are as many, they were renamed.
    """
    known = [(one["slug"], one["anchor"]) for one in before if "slug" in one]
    keys: list[str | None] = [None] * len(slugs)
    left = dict(reversed(known))
    for at, slug in enumerate(slugs):
        keys[at] = left.pop(slug, None)
    if any(keys) or len(slugs) == len(known) == 1:
        for at, was in _renamed(slugs, [slug for slug, _key in known]):
            if keys[at] is None and known[was][1] not in keys:
                keys[at] = known[was][1]
    taken = {key for key in keys if key}
    for at, slug in enumerate(slugs):
        if keys[at] is None:
            keys[at] = slug if slug not in taken else _numbered(slug, at + 1, taken)
            taken.add(keys[at] or "")
    return [key or "" for key in keys]


def _renamed(now: Sequence[str], before: Sequence[str]) -> Iterator[tuple[int, int]]:
    matcher = SequenceMatcher(None, before, now, autojunk=False)
    for how, first, last, at, end in matcher.get_opcodes():
        if how == "replace" and last - first == end - at:
            yield from zip(range(at, end), range(first, last), strict=True)


def _numbered(slug: str, position: int, taken: set[str]) -> str:
    while (key := f"{slug[: LONGEST_KEY - 5]}-{position}") in taken:
        position += 1
    return key


def parts_of(
    pieces: Sequence[Piece], figures: Mapping[str, Any], keys: Sequence[str]
) -> list[dict[str, Any]]:
    """Return a lesson's pieces as its row keeps them, cut where a section begins.

    The part that ends a section says so: below it stands the way to talk of it.
    """
    parts: list[dict[str, Any]] = []
    left, now = iter(keys), ""
    for piece in pieces:
        if piece.name:
            if piece.name in {"discuss", "quiz"} and now:
                parts[-1]["talk"], now = now, ""
            parts.append(as_json(piece, figures))
            continue
        for heading, html in render_sections(piece.text, left):
            part: dict[str, Any] = {"name": "", "html": html}
            if heading:
                if now:
                    parts[-1]["talk"] = now
                now = part["section"] = heading.key
                part["heading"] = heading.words
            parts.append(part)
    if now:
        parts[-1]["talk"] = now
    return parts
