"""Drawings that stay still: nothing that acts, fetches or leads away comes through any spelling."""

import pytest

from academy.config import ROOT
from academy.learning.still_drawings import NoDrawing, find_acts

FIGURES = sorted((ROOT / "courses").glob("*/figures/*.svg"))
OPENING = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">'
ACTS = (
    "<script>1</script>", "<SCRIPT/>", '<s:script xmlns:s="http://www.w3.org/2000/svg">1</s:script>',
    '<rect onload="1"/>', '<rect\nonclick="1"/>', "<foreignObject/>", "<iframe/>",
    '<a href="java&#115;cript:1"><rect/></a>', '<a x:href="https://a.example"><rect/></a>',
    '<image href="data:image/png;base64,AA"/>', '<use href="other.svg#a"/>',
    '<rect style="fill:url(&#104;ttps://a.example/x)"/>', "<style>@import 'a'</style>",
    "<style>rect{fill:url(//a.example)}</style>", '<set attributeName="href" to="javascript:1"/>',
    '<animate attributeName="x:href" values="a"/>', '<set attributeName="onclick" to="1"/>',
)  # fmt: skip


@pytest.mark.parametrize("part", ACTS)
def test_what_acts_is_found_however_it_is_spelt(part: str) -> None:
    assert find_acts(f"{OPENING}{part}</svg>".encode())


@pytest.mark.parametrize(
    "part",
    [
        '<rect fill="url(#a)"/><use href="#b"/>', "<style>rect{fill:#fff}</style>",
        '<animate attributeName="fill" values="red;blue"/>', "<text>so one = only</text>",
    ],
)  # fmt: skip
def test_what_only_draws_stays(part: str) -> None:
    assert find_acts(f"{OPENING}{part}</svg>".encode()) == ""


def test_other_letters_hide_nothing() -> None:
    hidden = f"{OPENING}<script>1</script></svg>".encode("utf-16")
    with pytest.raises(NoDrawing):
        find_acts(hidden)
    assert find_acts(b'<?xml version="1.0" encoding="utf-7"?><svg/>')
    assert find_acts(b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>")


@pytest.mark.parametrize("data", [b"", b"<svg", b"<html/>", b"\xff\xfe<svg/>"])
def test_what_is_no_drawing_is_said(data: bytes) -> None:
    with pytest.raises(NoDrawing):
        find_acts(data)


def test_our_own_drawings_stay_still() -> None:
    assert FIGURES
    assert [file.name for file in FIGURES if find_acts(file.read_bytes())] == []
