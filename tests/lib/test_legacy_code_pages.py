"""Files of old spreadsheets: the code page is told by the letters, for one name or for many."""

import pytest

from academy.lib.tables.encodings import find_encoding
from academy.lib.tables.latin import is_central_european
from tests.lib.legacy_corpus import CORPUS, files

#: Æosiæ is good Danish: nothing in a file of this one name tells the two apart.
UNDECIDABLE = ("Živko Ćosić",)


def _decoded(text: str, page: str) -> str:
    data = text.encode(page)
    return data.decode(find_encoding(data).name, errors="replace")


@pytest.mark.parametrize("page", CORPUS)
def test_every_file_of_a_code_page_is_read_as_it_was_written(page: str) -> None:
    texts = [text for where, text in files() if where == page]
    wrong = [text for text in texts if _decoded(text, page) != text]
    assert [text for text in wrong if not any(f"\r\n{name}," in text for name in UNDECIDABLE)] == []
    assert len(wrong) <= len(UNDECIDABLE)


@pytest.mark.parametrize(
    "text", ["José, Jürgen, Simões", "Søren, Zoé, Nicolò, Påls", "Plain, Ascii"]
)
def test_a_mixture_of_western_names_stays_western(text: str) -> None:
    assert not is_central_european(text.encode("cp1252"))


def test_one_western_guest_does_not_turn_a_polish_list() -> None:
    text = "Łukasz Żółć, Paweł Zając, Agnieszka Dąbrowska, Małgorzata Wiśniewska, José Ibáñez"
    assert is_central_european(text.replace("ñ", "n").encode("cp1250"))
