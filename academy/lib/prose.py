"""Markdown that people wrote, as HTML that is safe to show: cleaned, linked, and kept."""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

#: So many steps deep may quotes (one step each) and lists (two) stand in one another.
DEEPEST = 12
#: Characters; no field takes more. What is longer is shown as it was typed.
LONGEST = 60_000
#: What may open a quote, or a list with its first item (two steps).
_MARKS = re.compile(r">|(?:[-+*]|\d[.)])(?=\s|$)")
FEWEST_MARKS = DEEPEST // 2
_reader = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": DEEPEST})
# An address that is written down once and named five thousand times would make 12 MB of 20 kB.
_reader.disable("reference")
_TAGS = frozenset({
    "p", "br", "strong", "em", "a", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "code",
    "pre", "hr",
})  # fmt: skip
#: "//host" and "/\\host" leave the site without saying so, "x" leads somewhere else on every page.
_LEADS = re.compile(r"https?://|mailto:|/(?![/\\])|#", re.IGNORECASE)


def render_prose(text: str) -> str:
    """Return the HTML of `text` (CommonMark); whatever is no plain prose is left out.

    Headings begin at h2, for the page has its own h1. Links lead to http, https and mailto, or to
    a page or a place of this site, and carry rel="nofollow noopener" (SECURITY.md: nothing typed
    is rendered unsanitised). What is too long or too deep to be read as CommonMark is shown as it
    was typed: no word is lost.
    """
    return _read(text)[0]


def is_too_deep(text: str) -> bool:
    """Whether quotes and lists stand deeper in one another than is shown.

    Each step needs a mark of its own, so few marks need no reading: that is most of what is sent.
    """
    return len(_MARKS.findall(text)) >= FEWEST_MARKS and _read(text)[1]


@lru_cache(maxsize=512)
def _read(text: str) -> tuple[str, bool]:
    """Return the HTML of a text, and whether it stands too deep; a page follows a form at once."""
    if len(text) > LONGEST:
        return _as_typed(text), False
    tokens = _reader.parse(text)
    if _are_cut(tokens):
        return _as_typed(text), True
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 1, 4)}"
    html: str = _reader.renderer.render(tokens, _reader.options, {})
    clean = nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={"a": {"href"}},
        attribute_filter=_keep,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )
    return clean, False


def _are_cut(tokens: Sequence[Token]) -> bool:
    """Whether the reader left out what stands in the deepest quote or list: it stops there."""
    return any(
        token.nesting == 1 and token.level + 1 >= DEEPEST and token.type in _CONTAINERS
        for token in tokens
    )


_CONTAINERS = frozenset({
    "blockquote_open", "bullet_list_open", "ordered_list_open", "list_item_open",
})  # fmt: skip


def _as_typed(text: str) -> str:
    lines = escape(text.strip()).split("\n")
    return f"<p>{'<br>'.join(lines)}</p>\n" if text.strip() else ""


def _keep(_tag: str, name: str, value: str) -> str | None:
    """Return the value of what a link needs; one that leads nowhere sure leads nowhere."""
    if name == "href":
        return value if _LEADS.match(value) else None
    return value if name == "rel" else None


def beginning_of(text: str, most: int) -> str:
    """Return how `text` (CommonMark) begins, without marks, quotes and line ends.

    Words that it quotes are somebody else's, and may have been hidden where they stand.
    """
    quoted, words, length = 0, [], 0
    for token in _reader.parse(text):
        quoted += token.nesting if token.type.startswith("blockquote") else 0
        if not quoted and token.type in {"inline", "fence", "code_block"}:
            words.append(_plain(token))
            length += len(words[-1])
        if length > most:
            break
    plain = " ".join(" ".join(words).split())
    return plain if len(plain) <= most else f"{plain[:most].rstrip()}…"


def _plain(token: Token) -> str:
    parts = token.children or [token]
    return "".join(part.content or (" " if part.type.endswith("break") else "") for part in parts)
