"""The fields of a step as its page shows them: words, what was typed, what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as having
from typing import Any

from academy.i18n.reader import page_language
from academy.i18n.setup import country_in_words
from academy.lib.countries import all_countries
from academy.library import questions, wording
from academy.library.draft_queries import Talk
from academy.library.forms import next_key
from academy.library.record import CaseRecord
from academy.library.steps import (
    CHOSEN_PARTS,
    DEMANDED,
    HIDDEN_PARTS,
    PARTS,
    SECTION_OF,
    SECTIONS,
    shape_of,
)
from academy.library.working_copy import Content, Contents, take_apart, value_of
from academy.people.choices import LANGUAGES

Options = Sequence[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a row: its words, its kind of control, and its list where it has one."""

    name: str
    words: questions.Words
    is_hidden: bool
    options: Options | None


@dataclass(frozen=True, slots=True)
class Asked:
    """One field with everything that its question shows."""

    field: str
    shape: str
    words: questions.Words
    value: Any
    is_demanded: bool
    options: Options = ()
    parts: Sequence[Part] = ()
    #: What is wrong, by the id of the control: {"results-0-year": "Write the year …"}.
    errors: Mapping[str, Any] = having(default_factory=dict)
    #: What somebody else wrote into the same field meanwhile, in words; None: nobody did.
    theirs: str | None = None
    #: What librarians say of it, and is not settled yet.
    talks: Sequence[Talk] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What else a step shows: faults of what was typed, others' words, comments, one row more."""

    errors: Mapping[str, Any] = having(default_factory=dict)
    theirs: Content | None = None
    clashing: Sequence[str] = ()
    talks: Mapping[str, Sequence[Talk]] = having(default_factory=dict)
    more: str = ""


def ask(section: str, content: Content, contents: Contents, beside: Beside) -> Iterator[Asked]:
    """Return the questions of a section, filled with `content`."""
    for name in SECTIONS[section]:
        value = value_of(content, name)
        shape = shape_of(name)
        if shape in {"rows", "texts"}:
            value = _with_blank(name, value, one_more=beside.more == name)
        clashes = name in beside.clashing and beside.theirs is not None
        yield Asked(
            field=name, shape=shape, words=questions.ASKED[name], value=value,
            is_demanded=name in DEMANDED, options=list(_options(name)),
            parts=[_part(part, contents) for part in PARTS.get(name, ())],
            errors={at: why for at, why in beside.errors.items() if _belongs(at, name)},
            theirs=in_words(name, value_of(beside.theirs or {}, name)) if clashes else None,
            talks=[one for one in beside.talks.get(name, ()) if one.comment.settled_at is None],
        )  # fmt: skip


def _belongs(anchor: str, name: str) -> bool:
    return anchor == name or anchor.startswith(f"{name}-")


def _with_blank(name: str, rows: Sequence[Any], *, one_more: bool) -> list[Any]:
    if rows and not one_more:
        return list(rows)
    blank = {"key": next_key(rows)} if name == "sources" else {}
    return [*rows, "" if name == "lessons" else blank]


def _options(name: str) -> Iterator[tuple[str, Any]]:
    lists: dict[str, Mapping[str, Any]] = {
        "language": LANGUAGES, "kind": wording.KINDS, "demands": wording.DEMANDS,
        "toolkits": wording.TOOLKITS,
    }  # fmt: skip
    if name == "goals":
        yield from ((str(int(key)), f"{int(key)}. {words}") for key, words in wording.GOALS.items())
    yield from lists.get(name, {}).items()


def _part(name: str, contents: Contents) -> Part:
    options: Options | None = None
    if name in CHOSEN_PARTS:
        countries = all_countries(page_language() or "en")
        options = countries if name == "country" else list(_sources(contents))
    return Part(name, questions.PARTS.get(name, questions.Words("")), name in HIDDEN_PARTS, options)


def _sources(contents: Contents) -> Iterator[tuple[str, str]]:
    for source in contents.get("sources", {}).get("sources", []):
        yield source["key"], f"{source['key']}. {source.get('title', '')}"[:120]


def in_words(name: str, value: Any) -> str:
    """Return what stands in a field as text: for reading beside another one."""
    shape = shape_of(name)
    if shape == "rows":
        return "\n".join(_row_in_words(row) for row in value)
    if shape == "row":
        return _row_in_words(value)
    if shape == "texts":
        return "\n\n".join(value)
    if shape == "evidence":
        return value.get("text") or (str(questions.NOT_SHOWN) if value.get("not_shown") else "")
    if shape in {"ticks", "choice"}:
        known = dict(_options(name))
        chosen = value if isinstance(value, list) else [value] if value else []
        return "\n".join(str(known.get(one, one)) for one in chosen)
    return str(value)


def _row_in_words(row: Mapping[str, str]) -> str:
    shown = {part: text for part, text in row.items() if text and part not in HIDDEN_PARTS}
    if "country" in shown:
        shown["country"] = country_in_words(shown["country"])
    return " · ".join(shown.values())


def record_in_words(record: CaseRecord) -> dict[str, str]:
    """Return what a record tells of each field as text, in the order of the form."""
    contents = take_apart(record)
    return {
        name: in_words(name, value_of(contents[section], name))
        for name, section in SECTION_OF.items()
    }
