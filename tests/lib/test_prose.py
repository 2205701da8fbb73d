"""Markdown that people wrote comes out as prose and as nothing else."""

import pytest

from academy.lib.prose import render_prose


def test_prose_stays_prose() -> None:
    html = render_prose("# Title\n\n**Bold**, *soft*\n\n- one\n- two\n\n> said")
    assert html.startswith("<h2>Title</h2>")
    for part in ("<strong>Bold</strong>", "<em>soft</em>", "<li>one</li>", "<blockquote>"):
        assert part in html


def test_a_link_leads_out_without_our_recommendation() -> None:
    html = render_prose("[here](https://example.org/a?b=c)")
    assert 'href="https://example.org/a?b=c"' in html
    assert 'rel="nofollow noopener"' in html


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))", "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "![a](https://track.example/pixel.gif)", "<a href='javascript:alert(1)'>a</a>",
        "<svg/onload=alert(1)>", "<iframe src=https://example.org></iframe>",
        "<style>*{display:none}</style>",
    ],
)  # fmt: skip
def test_nothing_that_acts_gets_through(attack: str) -> None:
    html = render_prose(attack)
    tags = ("<script", "<img", "<svg", "<iframe", "<style")
    assert not any(tag in html for tag in tags)
    assert 'href="javascript' not in html.lower()
    assert 'href="data' not in html.lower()
