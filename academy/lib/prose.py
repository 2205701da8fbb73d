"""Markdown that people wrote, as HTML that is safe to show: cleaned, linked, and kept."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

_reader = MarkdownIt("commonmark", {"html": False, "linkify": False})
_TAGS = frozenset({
    "p", "br", "strong", "em", "a", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "code",
    "pre", "hr",
})  # fmt: skip


@lru_cache(maxsize=512)
def render_prose(text: str) -> str:
    """Return the HTML of `text` (CommonMark); whatever is no plain prose is left out.

    Headings begin at h2, for the page has its own h1. Links lead to http, https and mailto only
    and carry rel="nofollow noopener" (SECURITY.md: nothing typed is rendered unsanitised).
    """
    tokens = _reader.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 1, 4)}"
    html: str = _reader.renderer.render(tokens, _reader.options, {})
    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )
