"""The Markdown of lessons as clean HTML: prose with headings, tables and links to our own things.

`[word](term:key)` leads to the glossary at the end of the page, `[title](case:slug)` to a case,
`[title](lesson:course/module/lesson)` to a lesson.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import NamedTuple

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_reader = MarkdownIt("commonmark", {"html": False}).enable("table")
_TAGS = {
    "p", "br", "strong", "em", "a", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "code",
    "pre", "hr", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_OURS = re.compile(r"^(term|case|lesson):([a-z0-9]+(?:[/-][a-z0-9]+)*)$")
_PLACES = {"term": "#term-{}", "case": "/cases/{}/", "lesson": "/courses/{}/"}


class Heading(NamedTuple):
    """The heading of a section: its key, and its words as they stand in the file."""

    key: str
    words: str


def render(text: str) -> str:
    """Return the HTML of `text`; headings have ids, and nothing of HTML that was typed stays."""
    return _html_of(_read(text))


def render_sections(text: str, keys: Iterator[str]) -> list[tuple[Heading | None, str]]:
    """Return the HTML of `text` cut where a section begins, with the heading of each.

    Sections take the `keys` as their ids; what stands above the first one has no heading.
    """
    tokens = _read(text)
    starts = [at for at, token in enumerate(tokens) if _is_section(token)]
    found: list[tuple[Heading | None, str]] = []
    if starts[:1] != [0]:
        found.append((None, _html_of(tokens[: starts[0] if starts else None])))
    for start, end in zip_longest(starts, starts[1:]):
        words = tokens[start + 1].content
        heading = Heading(next(keys, anchor_of(words)), words)
        tokens[start].attrSet("id", heading.key)
        found.append((heading, _html_of(tokens[start:end])))
    return found


def section_headings(text: str) -> list[str]:
    """Return the headings of the sections of `text`, as they stand there."""
    return [words for words, is_section in _outline(text).headings if is_section]


def _is_section(token: Token) -> bool:
    return token.type == "heading_open" and token.tag == "h2" and token.level == 0


def _read(text: str) -> list[Token]:
    tokens = _reader.parse(text)
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", anchor_of(following.content))
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(max(int(token.tag[1]), 2), 4)}"
    return tokens


def _html_of(tokens: list[Token]) -> str:
    for link in _links(tokens):
        if found := _OURS.match(str(link.attrs["href"])):
            link.attrSet("href", _PLACES[found[1]].format(found[2]))
    html: str = _reader.renderer.render(tokens, _reader.options, {})
    return nh3.clean(
        html, tags=_TAGS,
        attributes={"a": {"href"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}},
        url_schemes={"http", "https", "mailto"}, link_rel="noopener",
    )  # fmt: skip


def _links(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from (child for child in token.children or () if child.type == "link_open")


def anchor_of(heading: str) -> str:
    """Return the id of a heading: its letters and figures, in any script."""
    plain = unicodedata.normalize("NFC", re.sub(r"[*_`]", "", heading)).casefold()
    return re.sub(r"[^\w]+", "-", plain).strip("-") or "part"


_ELSEWHERE = re.compile(r"^(https?://|mailto:|/|#)")


class _Outline(NamedTuple):
    """What a text holds beside its words, each with its line from 0."""

    #: The words of each heading, and whether it begins a section.
    headings: tuple[tuple[str, bool], ...]
    links: tuple[tuple[str, str, int], ...]
    strange: tuple[tuple[str, int], ...]


@lru_cache(maxsize=256)
def _outline(text: str) -> _Outline:
    """Read a text once for all that is asked of it, one question after the other."""
    tokens = _reader.parse(text)
    headings = [
        (inline.content, opened.level == 0 and opened.tag in {"h1", "h2"})
        for opened, inline in pairwise(tokens) if opened.type == "heading_open"
    ]  # fmt: skip
    links, strange = [], []
    for child, line in _inner(tokens):
        address = str(child.attrs.get("href", ""))
        if child.type == "image":
            strange.append((f"![{child.content}]({child.attrs['src']})", line))
        elif child.type == "link_open" and (ours := _OURS.match(address)):
            links.append((ours[1], ours[2], line))
        elif child.type == "link_open" and not _ELSEWHERE.match(address):
            strange.append((address, line))
    return _Outline(tuple(headings), tuple(links), tuple(strange))


def links_of(text: str) -> list[tuple[str, str, int]]:
    """Return the links to our own things: (kind, key, line from 0)."""
    return list(_outline(text).links)


def strange_links_of(text: str) -> list[tuple[str, int]]:
    """Return what no reader could follow or see, with its line from 0: odd links, pictures."""
    return list(_outline(text).strange)


def _inner(tokens: list[Token]) -> Iterator[tuple[Token, int]]:
    """Go through what stands within paragraphs and cells, with its line from 0."""
    for token in tokens:
        line = token.map[0] if token.map else 0
        for child in token.children or ():
            yield child, line
            line += child.type in {"softbreak", "hardbreak"}


_with_html = MarkdownIt("commonmark", {"html": True}).enable("table")


def lines_of_html(text: str) -> list[int]:
    """Return the lines (from 0) at which HTML stands: it is shown as it was typed, never run."""
    if "<" not in text:
        return []
    tokens = _with_html.parse(text)
    blocks = [one.map[0] if one.map else 0 for one in tokens if one.type == "html_block"]
    inline = {line for child, line in _inner(tokens) if child.type == "html_inline"}
    return [*blocks, *sorted(inline)]


def headings_of(text: str) -> list[str]:
    """Return the headings of `text`, as they stand there."""
    return [words for words, _is_section in _outline(text).headings]
