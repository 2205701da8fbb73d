"""What stands in a message: the texts of every kind, headers, times, and values that are data."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from academy.config import ROOT
from academy.messaging.kinds import OPTIONAL, REQUIRED
from academy.messaging.letters import Letter, Reader, write_letter
from academy.messaging.mails import make_mail
from academy.messaging.moments import tell_moment
from tests.messaging.conftest import read_mail, text_of

SITE = "https://academy.example.org"
SATURDAY = datetime(2020, 5, 2, 6, tzinfo=UTC)
#: From, To, Subject, Date, Message-ID, Auto-Submitted, Content-Language and -Type, MIME-Version.
HEADERS = 9
LANGUAGES = [path.name for path in (ROOT / "templates" / "messages").iterdir() if path.is_dir()]
BISHNU = Reader("Bishnu", "en", "Asia/Kathmandu")
VALUES: dict[str, object] = {
    "path": "/sign-in/secret", "minutes": 150, "hours": 24, "new_address": "new@example.org",
    "series": "SSE Academy", "live_session": "Cooperatives", "starts_at": SATURDAY,
    "series_path": "/series/x/", "door_minutes": 15,
    "zone": "Asia/Kuala_Lumpur", "place": "going", "outcome": "confirmed", "reply": "Well said.",
    "way_in": "/j/secret", "card": "/j/secret/card", "due_at": SATURDAY,
    "attendance_path": "/attendance/x/", "recording": f"{SITE}/recordings/1",
    "summary": "Three co-operatives told how they share what they earn.",
    "recording_size": "80 MB", "until_minute": 47, "count": 1, "more": 0,
    "course": "Principles", "author": "Aisyah", "subject": "Shall we go on?", "words": "Come.",
    "news": [{"title": "A reply", "text": "Yes.", "path": "/sign-in/secret", "at": SATURDAY}],
}  # fmt: skip


def write(kind: str, **changes: object) -> Letter:
    names = (*REQUIRED[kind], *OPTIONAL.get(kind, ()))
    return write_letter(kind, BISHNU, SITE, {n: VALUES[n] for n in names} | changes)


@pytest.mark.parametrize("kind", REQUIRED)
def test_every_kind_greets_and_gives_a_link_with_the_public_address(kind: str) -> None:
    letter = write(kind)
    assert letter.subject
    assert "Subject:" not in letter.text
    assert letter.text.startswith("Hello Bishnu,\n\n")
    assert f"\n{SITE}/sign-in/secret\n" in letter.text


@pytest.mark.parametrize("kind", REQUIRED)
def test_a_text_without_one_of_its_values_is_not_written(kind: str) -> None:
    with pytest.raises(UndefinedError):
        write_letter(kind, BISHNU, SITE, {})


def test_every_text_is_a_known_kind_and_the_other_way_round() -> None:
    texts = {path.stem for path in (ROOT / "templates" / "messages").glob("*.txt")}
    assert texts == set(REQUIRED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_with_texts_has_all_of_them(language: str) -> None:
    texts = {path.stem for path in (ROOT / "templates" / "messages" / language).glob("*.txt")}
    assert texts == set(REQUIRED)


@pytest.mark.parametrize("kind", REQUIRED)
def test_in_indonesian_greeting_times_and_link_are_right(kind: str) -> None:
    names = (*REQUIRED[kind], *OPTIONAL.get(kind, ()))
    reader = Reader("Bishnu", "id-ID", "Asia/Kathmandu")
    letter = write_letter(kind, reader, SITE, {name: VALUES[name] for name in names})
    assert letter.text.startswith("Halo Bishnu,\n\n")
    assert f"\n{SITE}/sign-in/secret\n" in letter.text
    assert "\n\n\n" not in letter.text
    assert "Saturday" not in letter.subject + letter.text


def test_a_language_without_texts_is_told_in_english_with_english_days() -> None:
    reader = Reader("Sreymom", "km", "Asia/Phnom_Penh")
    letter = write_letter("moved", reader, SITE, {n: VALUES[n] for n in REQUIRED["moved"]})
    assert "Saturday 2 May 2020, 13:00 in Phnom Penh" in letter.text


@pytest.mark.parametrize("language", ["../../etc", "id/..", "", "xx-Ohio-1"])
def test_a_strange_language_is_english_and_opens_no_other_folder(language: str) -> None:
    reader = Reader("Bishnu", language, "")
    letter = write_letter("moved", reader, SITE, {n: VALUES[n] for n in REQUIRED["moved"]})
    assert letter.text.startswith("Hello Bishnu,")


def test_no_text_has_two_empty_lines_one_after_the_other() -> None:
    assert all("\n\n\n" not in write(kind).text for kind in REQUIRED)


def test_a_registration_tells_the_next_live_session_on_the_readers_clock_first() -> None:
    text = write("registered").text
    assert "Saturday 2 May 2020, 11:45 in Kathmandu (14:00 in Kuala Lumpur), 150 minutes" in text


def test_a_registration_without_a_date_yet_tells_none() -> None:
    letter = write_letter("registered", BISHNU, SITE, {"path": "/series/x/", "series": "Weaving"})
    assert "next live session" not in letter.text


def test_who_waits_is_told_so() -> None:
    assert "waiting list" in write("registered", place="waiting").text


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("", "Saturday 2 May 2020, 14:00 in Kuala Lumpur"),
        ("Asia/Singapore", "Saturday 2 May 2020, 14:00 in Singapore"),
        ("Asia/Yangon", "Saturday 2 May 2020, 12:30 in Yangon (14:00 in Kuala Lumpur)"),
        (
            "America/Los_Angeles",
            "Friday 1 May 2020, 23:00 in Los Angeles (Saturday 2 May, 14:00 in Kuala Lumpur)",
        ),
    ],
)
def test_moments_are_told_with_weekday_and_both_clocks(zone: str, words: str) -> None:
    assert tell_moment(SATURDAY, zone, "Asia/Kuala_Lumpur") == words


def test_a_name_is_never_a_template() -> None:
    letter = write("registered", series="{{ 7 * 7 }} {% raw %} ${7*7}")
    assert letter.subject == "You are registered: {{ 7 * 7 }} {% raw %} ${7*7}"


@given(name=st.text(min_size=1, max_size=80))
def test_no_name_can_add_a_header_or_a_paragraph(name: str) -> None:
    letter = write("registered", series=name)
    mail = make_mail(
        sender="SSE Academy <academy@example.org>", address="a@example.org", at=SATURDAY,
        subject=letter.subject, text=letter.text, message_id="<1@example.org>",
    )  # fmt: skip
    read = read_mail(mail)
    assert len(read.keys()) == len(set(read.keys())) == HEADERS
    assert letter.text.count("\n") == write("registered").text.count("\n")


@pytest.mark.parametrize(
    "name", ["x\r\nBcc: all@example.org", "x\nSubject: y", "x\u2028y", "x\x0by"]
)
def test_line_breaks_in_a_name_become_spaces(name: str) -> None:
    assert "\n" not in write("registered", series=name).subject
    assert len(write("registered", series=name).subject.splitlines()) == 1


def test_a_mail_says_that_a_machine_wrote_it_and_when() -> None:
    mail = make_mail(
        sender="SSE Academy <academy@example.org>", address="sreymom@example.org", at=SATURDAY,
        subject="សួស្តី", text="ស្រីមុំ\n", message_id="<1@example.org>",
    )  # fmt: skip
    raw = mail.content
    assert raw.isascii()
    assert b"\nSubject: =?utf-8?" in raw
    read = read_mail(mail)
    assert (read["Subject"], read["Auto-Submitted"]) == ("សួស្តី", "auto-generated")
    assert str(read["From"]) == "SSE Academy <academy@example.org>"
    assert read["Date"] == "Sat, 02 May 2020 06:00:00 +0000"
    assert text_of(read).strip() == "ស្រីមុំ"


def test_an_address_in_another_script_keeps_its_script() -> None:
    mail = make_mail(
        sender="academy@example.org", address="ស្រីមុំ@example.org", at=SATURDAY,
        subject="x", text="y\n", message_id="<1@example.org>",
    )  # fmt: skip
    assert "To: ស្រីមុំ@example.org".encode() in mail.content
