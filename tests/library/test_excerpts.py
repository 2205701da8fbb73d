"""Lists of what was found show where the words stand, marked, and nothing else runs or shows."""

import pytest
from flask.testing import FlaskClient

from academy.lib.search_index import Query
from academy.lib.snippets import Piece, mark, snippet
from academy.library.content import CaseFile
from academy.library.service import load_cases
from tests.library.conftest import record


def _marked(pieces: list[Piece]) -> list[str]:
    return [piece.text for piece in pieces if piece.is_hit]


def test_words_are_marked_in_title_summary_and_where_else_they_stand(
    client: FlaskClient, library: None
) -> None:
    page = client.get("/cases/?q=village").text
    assert "Forest of the <mark>village</mark>" in page
    assert "A <mark>village</mark> keeps its forest." in page
    page = client.get("/cases/?q=turns+forest").text
    assert "They watch it in <mark>turns</mark>." in page
    assert "<mark>" not in client.get("/cases/?country=NP").text


def test_the_one_search_over_everything_marks_them_too(client: FlaskClient, library: None) -> None:
    assert "They watch it in <mark>turns</mark>." in client.get("/search/?words=turns").text


def test_one_and_several_are_marked_alike(client: FlaskClient, library: None) -> None:
    assert "<mark>Women</mark> save together." in client.get("/cases/?q=woman").text


def test_nothing_in_an_excerpt_is_markup(client: FlaskClient, app: object) -> None:
    bad = "turns <script>alert(1)</script> <img src=x onerror=alert(1)>"
    told = record(title=f"A {bad}", summary=f"B {bad}", approach=f"C stitched {bad}")
    load_cases([CaseFile("bad", told)])
    page = client.get("/cases/?q=turns+stitched").text
    assert "<mark>stitched</mark>" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize(
    ("text", "asked", "marked"),
    [
        ("สหกรณ์ออมทรัพย์ในหมู่บ้าน", ("หมู่", "มู่บ้", "บ้าน"), ["หมู่บ้าน"]),
        ("แม่น้ำ", ("น้ํา",), ["น้ำ"]),
        ("社区支持农业在香港", ("农业",), ["农业"]),
        ("Coopérative and cooperatives", ("cooperative",), ["Coopérative", "cooperatives"]),
        ("தமிழ் கூட்டுறவு", ("கூட்டுறவு",), ["கூட்டுறவு"]),
    ],
)
def test_what_is_found_in_any_script_is_what_is_marked(
    text: str, asked: tuple[str, ...], marked: list[str]
) -> None:
    query = Query(tuple((word,) for word in asked), {})
    pieces = mark(text, query)
    assert _marked(pieces) == marked
    assert "".join(piece.text for piece in pieces) == text
    assert _marked(snippet(text, query)) == marked
