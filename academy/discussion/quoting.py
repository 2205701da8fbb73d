"""Quotes: made from a post with a reference to it, and taken out again where it may not be read.

A quote is a line of CommonMark that begins with ">". It belongs to a post when a reference to it
stands above in the same quote, or when the post says the same words.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

#: So much of a post is quoted by the button; whoever wants more copies it.
LONGEST_QUOTE = 1_200
#: Shorter pieces (letters and digits) are nobody's words: "yes", "thank you".
SHORTEST = 8
#: List signs and numbers may stand before the marks of a quote.
_QUOTED = re.compile(r"^([\s\d.)*+-]*)((?:>[ \t]?)+)(.*)$")
_REFERENCE = re.compile(r"/threads/(\d{1,9})/posts/(\d{1,9})(?!\d)")
#: What begins something new and so ends a quote.
_BEGINS = re.compile(r"\s*(?:[-+*]\s|\d{1,9}[.)]\s|#|```|~~~)")
#: What stands where something was taken out; see mark_of.
_MARK = re.compile(r"\s*\[\d+\]\(/threads/\d+/posts/\d+/\) \\\[…\\\]\s*")
_NO_LETTER = re.compile(r"\W+")


def quote(author_name: str, thread_id: int, number: int, body: str) -> str:
    """Return a post as a quote with a reference to it; what it quotes itself is left out."""
    own = [line for line in body.split("\n") if not _QUOTED.match(line)]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(own)).strip()
    if len(text) > LONGEST_QUOTE:
        text = text[:LONGEST_QUOTE].rstrip() + " …"
    name = re.sub(r"([\\\[\]<>*_`])", r"\\\1", author_name)
    lines = [f"[{name} · {number}]({address(thread_id, number)}):", *text.split("\n")]
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"


def mark_of(thread_id: int, number: int) -> str:
    """Return what stands where a post was quoted: a way to it, in no language."""
    return f"[{number}]({address(thread_id, number)}) \\[…\\]"


def holds_marks(body: str) -> bool:
    """Whether something may have been taken out of a text."""
    return "\\[…\\]" in body


def address(thread_id: int, number: int) -> str:
    """Return the lasting address of a post."""
    return f"/threads/{thread_id}/posts/{number}/"


def holds_quotes(body: str) -> bool:
    """Whether a text quotes anything."""
    return ">" in body and any(_QUOTED.match(line) for line in body.split("\n"))


def places_in(body: str) -> set[tuple[int, int]]:
    """Return the posts that the quotes of a text refer to, by thread and number."""
    quoted = (line for line in body.split("\n") if _QUOTED.match(line))
    return {(int(one), int(two)) for line in quoted for one, two in _REFERENCE.findall(line)}


class Source:
    """A post that may not be read: where it stood, and everything that it said."""

    def __init__(self, places: Collection[tuple[int, int]], texts: Collection[str]) -> None:
        self.places = frozenset(places)
        self._texts = [squeezed(text) for text in texts]

    def said(self, words: str) -> bool:
        """Whether these words of a quote are its words."""
        piece = squeezed(words)
        if len(piece) < SHORTEST:
            return bool(piece) and piece in self._texts
        return any(piece in text for text in self._texts)

    def is_named_by(self, words: str) -> bool | None:
        """Whether a reference leads to it; None where there is no reference."""
        found = [(int(one), int(two)) for one, two in _REFERENCE.findall(words)]
        return any(place in self.places for place in found) if found else None


def squeezed(text: str) -> str:
    """Return only what is read of a text: no signs, no spaces, no capitals, no widths."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text).casefold())


@dataclass(frozen=True, slots=True)
class Withheld:
    """A text without the quotes of a source, and the lines that were taken out, in their order."""

    body: str
    taken: tuple[str, ...]


def withhold(body: str, source: Source, mark: str) -> Withheld:
    """Put `mark` in the place of each run of lines that quote `source`."""
    kept: list[str] = []
    taken: list[str] = []
    run: list[str] = []
    for line, prefix, is_source in _judged(body, source):
        if is_source:
            if not run:
                kept.append(f"{prefix}{mark}")
            run.append(line)
            continue
        if run:
            taken.append("\n".join(run))
            run = []
        kept.append(line)
    if run:
        taken.append("\n".join(run))
    return Withheld("\n".join(kept), tuple(taken))


def _judged(body: str, source: Source) -> Iterator[tuple[str, str, bool]]:
    """Give each line, what makes it a quote, and whether it is a quote of the source."""
    named_at = depth = 0
    prefix = ""
    for line in body.split("\n"):
        quoted = _QUOTED.match(line)
        if quoted:
            prefix = quoted[1] + quoted[2].rstrip() + " "
            depth, words = quoted[2].count(">"), quoted[3]
        else:
            # A line that follows a quote without a blank one belongs to it (CommonMark, 5.1).
            goes_on = bool(line.strip()) and not _BEGINS.match(line)
            depth, words = (depth, line) if goes_on else (0, "")
        if not depth:
            named_at = 0
        if not depth or _MARK.fullmatch(words):
            yield line, "", False
            continue
        is_named = source.is_named_by(words)
        if is_named is not None and (is_named or depth <= named_at):
            named_at = depth if is_named else 0
        elif depth < named_at:
            named_at = 0
        yield line, prefix, bool(named_at) or source.said(words)


def give_back(body: str, mark: str, taken: str) -> str:
    """Put lines that were taken out back in the place of the first `mark`."""
    lines = body.split("\n")
    for place, line in enumerate(lines):
        if line.rstrip().endswith(mark):
            return "\n".join([*lines[:place], taken, *lines[place + 1 :]])
    return body
