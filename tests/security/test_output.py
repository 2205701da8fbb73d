"""Whatever people write comes out as text: on pages, in mails and files (SECURITY.md 3.1-3.7).

tests/site drive a browser; here the markup itself is looked at, on every address there is.
"""

import csv
import re
from datetime import datetime
from html.parser import HTMLParser
from io import BytesIO, StringIO

import pytest
from flask import Flask
from markupsafe import escape
from openpyxl import load_workbook

from academy.attendance import service as attendance
from academy.db import transaction
from academy.messaging.models import Message
from academy.people.service import create_person
from academy.programme.models import Series
from academy.programme.service import SeriesFacts, change_series, register
from academy.security import audit
from tests.cast import Cast
from tests.security.addresses import addresses, words_of
from tests.security.scene import Scene, came_on_the_day

MARKUP = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    "</title><script>alert(1)</script>",
    "<a href=javascript:alert(1)>x</a>",
    "</textarea><iframe src=//evil.example>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "--><script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "</script><script>alert(1)</script>",
    "<input formaction=javascript:alert(1)>",
    "<b onclick=alert(1)>x",
    "]]><script>alert(1)</script>",
)
LINKS = (
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,alert)",
    "[x](vbscript:a)",
    "<javascript:alert(1)>",
    "[x](java&#115;cript:alert(1))",
    "[x](//evil.example)",
    "[x](&#x6A;avascript:alert(1))",
    "![x](javascript:alert(1))",
    "[x]:javascript:alert(1)",
)
#: Elements that no page of ours has.
FOREIGN = frozenset({"iframe", "math", "style", "base", "object", "embed", "applet", "frame"})
#: The HTML of a mail alone, which its page shows in a frame.
MAIL = re.compile(
    r"/dev/mail/\d+/html|/desk/series/[\w-]+/(reminders/\w+|announcements/\d+)/preview/html"
    r"|/moderation/selection/[\d-]+/preview/html"
)
FORMULAS = ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", '=HYPERLINK("//evil")')


@pytest.fixture
def scene(app: Flask, cast: Cast) -> Scene:
    return Scene(app, cast)


def write_everywhere(scene: Scene, text: str) -> None:
    """Put `text` wherever somebody can write something."""
    series = scene.series
    facts = SeriesFacts(title=text.strip(), summary=text, description=text, illustrative=text)
    change_series(series, facts, capacity=None, registration_closes_at=None)
    with transaction() as current:
        live_session = current.merge(series).live_sessions[0]
        live_session.title = live_session.summary = text
        live_session.hosts = [text]
        current.merge(series).citations = [
            {"label": text, "value": text, "source": text, "note": text}
        ]
        audit.note("series.change", f"series:{series.slug}", title=text)
        person = create_person(text, "mallory@example.org", organisation=text, country="MY")
        person.called = text
    register(person, current.merge(series), answers={text: text}, name_given=text, source="api")
    came = came_on_the_day(text.replace(",", "").replace('"', ""))
    attendance.import_attendance(live_session, came, text + ".csv")


class Danger(HTMLParser):
    """Collects what a browser would run, or load from elsewhere, of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.is_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note elements and attributes that no page of ours has."""
        self.is_script = tag == "script"
        if tag in FOREIGN and not is_frame_of_mail(tag, dict(attrs)):
            self.found.append(tag)
        for name, value in attrs:
            scheme = re.sub(r"[\x00-\x20]", "", value or "").lower().partition(":")[0]
            if name.startswith("on") or name in {"autofocus", "srcdoc", "style"}:
                self.found.append(f"{tag} {name}")
            # Our own buttons lead to threads by their number, and to the moderators' desk.
            ours = r"/threads/[\w/]+|/moderation/[a-z/]+"
            if name == "formaction" and not re.fullmatch(ours, value or ""):
                self.found.append(f"{tag} {name}={value}")
            if name in {"href", "src", "action"} and scheme in {"javascript", "data", "vbscript"}:
                self.found.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        """Note scripts that hold what somebody wrote."""
        if self.is_script and "alert" in data:
            self.found.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Leave the script."""
        self.is_script = False


def is_frame_of_mail(tag: str, attrs: dict[str, str | None]) -> bool:
    """Whether this is the frame in which a mail is shown: our own address, and no script runs."""
    sandbox = (attrs.get("sandbox", "allow-scripts") or "").split()
    is_ours = MAIL.fullmatch((attrs.get("src") or "").partition("?")[0]) is not None
    return tag == "iframe" and is_ours and not {"allow-scripts", "allow-same-origin"} & set(sandbox)


def dangers_of(page: str, address: str = "") -> list[str]:
    """Return what a browser would run; a mail brings its own style, for it has no other."""
    parser = Danger()
    parser.feed(page)
    if MAIL.fullmatch(address):
        own = [one for one in parser.found if one in {"style", "base"} or one.endswith(" style")]
        assert (own.count("style"), own.count("base") <= 1) == (1, True)
        return [one for one in parser.found if one not in own]
    return parser.found


@pytest.mark.parametrize("text", [text for text in MARKUP if "<" in text])
def test_the_eye_of_these_tests_sees_what_a_browser_would_run(text: str) -> None:
    assert dangers_of(f"<p>{text}</p>")


@pytest.mark.parametrize("text", MARKUP)
def test_markup_that_somebody_wrote_is_shown_as_text(scene: Scene, text: str) -> None:
    write_everywhere(scene, text)
    shown = 0
    for address in addresses(scene, "GET"):
        answer = scene.clients["administrator"].get(address, buffered=True)
        if answer.mimetype == "text/html":
            words = words_of(answer)
            assert dangers_of(words, address) == [], address
            shown += escape(text) in words or text in words
    assert shown > 5


@pytest.mark.parametrize("text", LINKS)
def test_links_that_somebody_wrote_lead_to_the_web_or_a_mail_only(scene: Scene, text: str) -> None:
    write_everywhere(scene, text)
    for address in ("/series/weaving/", "/live-sessions/weaving-1/", "/figures/weaving/", "/"):
        page = scene.clients["anonymous"].get(address).text
        assert dangers_of(page) == [], address


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_file_begins_a_formula(scene: Scene, text: str) -> None:
    write_everywhere(scene, text)
    client = scene.clients["administrator"]
    files = [a for a in addresses(scene, "GET") if a.endswith(".csv")]
    assert files
    for address in files:
        rows = list(csv.reader(StringIO(client.get(address, buffered=True).text)))
        assert not [c for row in rows for c in row if c[:1] in "=+-@\t\r" and c and not number(c)]


def number(cell: str) -> bool:
    """Whether a cell is a plain number, which may be negative."""
    return cell.lstrip("-").replace(".", "", 1).isdigit()


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula(scene: Scene, text: str) -> None:
    write_everywhere(scene, text)
    answer = scene.clients["administrator"].get(
        "/desk/series/weaving/registrants.xlsx", buffered=True
    )
    sheets = load_workbook(BytesIO(answer.data)).worksheets
    kinds = {cell.data_type for sheet in sheets for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


@pytest.mark.parametrize(
    "text", ["{{ 7 * 7 }}", "{% include '/etc/passwd' %}", "%(x)s", "{0}", "$x"]
)
def test_what_somebody_wrote_is_no_template(scene: Scene, text: str) -> None:
    write_everywhere(scene, text)
    page = scene.clients["anonymous"].get("/series/weaving/").text
    assert "49" not in page.partition("<main")[2].partition("</h1>")[0]
    with transaction() as current:
        mail = current.query(Message).filter_by(kind="registered", address="mallory@example.org")
        assert text in mail.one().text


def test_a_series_keeps_its_words(scene: Scene) -> None:
    write_everywhere(scene, MARKUP[0])
    with transaction() as current:
        assert current.get_one(Series, scene.series.id).title == MARKUP[0]
        assert isinstance(current.get_one(Series, scene.series.id).created_at, datetime)
