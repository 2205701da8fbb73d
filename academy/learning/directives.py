"""A lesson's Markdown cut into parts: prose, and the directives between lines of `:::`.

    ::: callout tip What to remember
    Words in Markdown.
    :::

docs/writing-lessons.md tells each of them to authors. No directive stands in another.
"""

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from academy.learning.rendering import links_of, render
from academy.lib.content_files import Fault

CALLOUTS = ("tip", "story", "caution", "figures")
#: Per directive: what it must be given, and what it may.
OPTIONS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "callout": ((), ()),
    "figure": (("file", "alt"), ("credit", "source")),
    "video": (("address", "minutes", "megabytes"), ()),
    "audio": (("address", "minutes", "megabytes"), ()),
    "case": (("slug",), ()),
    "discuss": (("key",), ()),
    "quiz": ((), ()),
}
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a lesson: prose (`name` is empty) or a directive with what it is given."""

    name: str
    text: str
    line: int
    options: Mapping[str, str] = field(default_factory=dict)
    #: Words on the opening line that are no option: the kind and the title of a callout.
    words: Sequence[str] = ()

    @property
    def first_line(self) -> int:
        """Return the line on which its text begins."""
        return self.line + (1 if self.name else 0)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a lesson points at: a term, a case or another lesson."""

    kind: str
    key: str
    line: int


class Broken(Exception):
    """A lesson that cannot be cut: at which line, why, and what to do."""

    def __init__(self, line: int, what: str, advice: str) -> None:
        super().__init__(what)
        self.line, self.what, self.advice = line, what, advice

    def as_fault(self, file: str) -> Fault:
        """Return it as a fault of the file."""
        return Fault(file, self.line, self.what, self.advice)


def cut(text: str, first_line: int = 1) -> tuple[list[Piece], list[Broken]]:
    """Return the pieces of `text`, whose first line has that number, and what cannot be cut."""
    pieces: list[Piece] = []
    broken: list[Broken] = []
    opened: Piece | None = None
    held: list[str] = []
    fence, begins = "", first_line
    for number, line in enumerate(text.splitlines(), first_line):
        fence = _fence_after(fence, line)
        if fence or not line.startswith(":::"):
            held.append(line)
            continue
        pieces += _closed(opened, held) if opened else _prose(held, begins)
        if opened and line.strip() != ":::":
            what = "a directive stands in another"
            broken.append(Broken(number, what, "Close the first one with `:::`."))
        opened = None if opened and line.strip() == ":::" else _open(line, number, broken)
        held, begins = [], number + 1
    if opened is not None:
        what = f"`::: {opened.name}` is never closed"
        broken.append(Broken(opened.line, what, "Add a line `:::`."))
    return [*pieces, *_prose(held, begins)], broken


def _closed(opened: Piece, held: Sequence[str]) -> Iterator[Piece]:
    """Give a directive what stands between its lines; one that cannot be read is prose."""
    text = "\n".join(held).strip()
    if opened.name or text:
        line = opened.line + (not opened.name)
        yield Piece(opened.name, text, line, opened.options, opened.words)


def _fence_after(fence: str, line: str) -> str:
    found = _FENCE.match(line)
    if not found:
        return fence
    if not fence:
        return found[1]
    return "" if line.strip().startswith(fence) else fence


def _prose(lines: Sequence[str], begins: int) -> Iterator[Piece]:
    text = "\n".join(lines).strip("\n")
    if text.strip():
        empty = next(index for index, line in enumerate(lines) if line.strip())
        yield Piece("", text, begins + empty)


def _open(line: str, number: int, broken: list[Broken]) -> Piece:
    """Return the directive that a line opens, nameless where something is wrong with it."""
    try:
        name, options, words = _read_opening(line, number)
        _check(name, options, words, number)
    except Broken as error:
        broken.append(error)
        return Piece("", "", number)
    return Piece(name, "", number, options, words)


def _read_opening(line: str, number: int) -> tuple[str, dict[str, str], list[str]]:
    try:
        name, *rest = shlex.split(line[3:]) or [""]
    except ValueError:
        raise Broken(number, "a quotation mark is never closed", 'Write key="words".') from None
    if not name:
        raise Broken(number, "`:::` closes nothing", "Take it out, or name a directive here.")
    if name not in OPTIONS:
        known = ", ".join(sorted(OPTIONS))
        raise Broken(number, f"`{name}` is no directive", f"There are: {known}.")
    pairs = [word.partition("=") for word in rest]
    options = {key: value for key, mark, value in pairs if mark}
    return name, options, [key for key, mark, _value in pairs if not mark]


def _check(name: str, options: Mapping[str, str], words: Sequence[str], line: int) -> None:
    needed, allowed = OPTIONS[name]
    if lacking := [key for key in needed if not options.get(key)]:
        raise Broken(line, f"{name}: {lacking[0]} is missing", f'Add {lacking[0]}="…".')
    if strays := sorted(set(options) - {*needed, *allowed}):
        raise Broken(line, f"{name}: {strays[0]} is no option of it", "Take it out.")
    if name == "callout" and (not words or words[0] not in CALLOUTS):
        raise Broken(line, "a callout is one of a few kinds", f"Name one: {', '.join(CALLOUTS)}.")
    if name != "callout" and words:
        raise Broken(line, f"“{words[0]}” is no option", 'Options are key="words".')


def references(pieces: Sequence[Piece]) -> list[Reference]:
    """Return everything that the pieces point at, with its line."""
    named = [one for one in pieces if one.name == "case"]
    found = [Reference("case", one.options["slug"], one.line) for one in named]
    for piece in pieces:
        found += [
            Reference(kind, key, piece.first_line + line)
            for kind, key, line in links_of(piece.text)
        ]
    return found


def count_words(pieces: Sequence[Piece]) -> int:
    """Count the words that a reader reads, titles of directives included."""
    texts = (f"{' '.join(piece.words[1:])} {piece.text}" for piece in pieces)
    return sum(len(re.findall(r"\w+(?:[’'.,-]\w+)*", text)) for text in texts)


def as_json(piece: Piece, figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return a piece as a lesson's row keeps it: its prose as clean HTML, its figure's facts."""
    facts: dict[str, Any] = {"name": piece.name, "html": render(piece.text)}
    if piece.options:
        facts["options"] = dict(piece.options)
    if piece.name == "figure":
        facts["figure"] = figures.get(piece.options["file"])
    if piece.words:
        facts["kind"], facts["title"] = piece.words[0], " ".join(piece.words[1:])
    return facts
