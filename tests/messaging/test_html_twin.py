"""The HTML twin of every letter: the same words, our own links, and nothing that was typed."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from academy.messaging.html_twin import LABELS, write_html
from academy.messaging.kinds import REQUIRED
from academy.messaging.mails import make_mail
from tests.browser import AXE, real_browser
from tests.messaging.conftest import read_mail, text_of
from tests.messaging.test_letters import LANGUAGES, SATURDAY, SITE, write

LARGEST_MAIL = 30_000
SCRIPTS = st.text(st.characters(codec="utf-8"), max_size=60)


def twin(kind: str, **changes: object) -> str:
    letter = write(kind, **changes)
    return write_html(letter.subject, letter.text, "en")


def words_of(page: str) -> list[str]:
    body = page.partition("</h1>")[2]
    return unescape(re.sub("<[^>]*>", " ", body)).split()


@pytest.mark.parametrize("kind", REQUIRED)
def test_every_letter_says_the_same_in_both_parts(kind: str) -> None:
    text = write(kind).text
    said = " ".join(words_of(twin(kind)))
    for line in filter(None, text.splitlines()):
        assert " ".join(line.split()) in said


@pytest.mark.parametrize("kind", REQUIRED)
def test_the_first_link_is_a_button_and_stands_below_in_letters(kind: str) -> None:
    page = twin(kind)
    assert page.count("display:inline-block") == 1
    first = re.findall(r'<a href="([^"]+)"', page)[:2]
    assert first[0] == first[1]


@pytest.mark.parametrize("kind", REQUIRED)
def test_a_letter_loads_nothing_and_tells_nobody_that_it_was_read(kind: str) -> None:
    page = twin(kind)
    assert not re.search(r"<img|<link|<script|<iframe|url\(|@import|src=", page)
    assert set(re.findall(r'href="(https://[^/"]+)', page)) == {SITE}


def test_a_link_in_a_name_stays_text_and_markup_is_shown_as_it_was_typed() -> None:
    page = twin("registered", series='<b onclick="x">Win</b> https://evil.example/ "now"')
    assert "<b " not in page
    assert 'href="https://evil' not in page
    assert "&lt;b onclick=&quot;x&quot;&gt;Win" in page


@given(name=SCRIPTS)
def test_nothing_that_somebody_types_adds_a_tag_or_a_link(name: str) -> None:
    tags = re.findall("<[^>]*>", twin("registered", series=name))
    assert tags == re.findall("<[^>]*>", twin("registered"))


def test_a_name_from_right_to_left_is_read_from_the_right() -> None:
    page = twin("registered", series="أكاديمية")
    assert page.count('dir="auto"') > page.count("<p class")


def test_every_language_with_texts_has_all_words_of_buttons() -> None:
    assert set(LABELS) == {"en", *LANGUAGES}
    assert {frozenset(words) for words in LABELS.values()} == {frozenset(LABELS["en"])}


@pytest.mark.parametrize("name", ["Cooperatives", "សហករណ៍ " * 20, "Kooperation – für alle"])
def test_a_mail_has_both_parts_in_seven_bits_and_is_small(name: str) -> None:
    letter = write("registered", series=name)
    mail = make_mail(
        sender="Académie <academy@example.org>", address="a@example.org", at=SATURDAY,
        subject=letter.subject, text=letter.text, message_id="<1@example.org>",
    )  # fmt: skip
    assert mail.content.isascii()
    assert len(mail.content) < LARGEST_MAIL
    assert b"\n" not in mail.content.replace(b"\r\n", b"")
    assert max(map(len, mail.content.split(b"\r\n"))) < 998
    read = read_mail(mail)
    assert read.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    assert text_of(read).split() == letter.text.split()
    assert name.strip() in text_of(read, "html")
    assert str(read["From"]) == "Académie <academy@example.org>"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the browser; skip where there is none."""
    with real_browser() as started:
        yield started


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["registered", "reminder_one_day", "moved", "sign_in_link"])
def test_a_mail_is_for_every_eye_and_ear(browser: Browser, kind: str, scheme: str) -> None:
    page = browser.new_page(
        viewport={"width": 360, "height": 640},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page.set_content(twin(kind))
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [f"{one['id']}: {one['nodes'][0]['html']}" for one in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()
