"""What people type is shown as they typed it, and never runs: in every name, title and file."""

import csv
import io

import pytest
from playwright.sync_api import Browser

from tests.journeys.academy import Academy, Reader, visiting

pytestmark = pytest.mark.browser

#: Runs where a text lands in HTML, in an attribute or in a script.
EVIL = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>"
SLUG = "harm"
#: So many pages say it as a text; fewer would mean that this test looks at the wrong ones.
MANY = 10


def test_nothing_that_people_type_ever_runs(browser: Browser, academy: Academy) -> None:
    with visiting(browser, academy) as reader:
        reader.sign_in("organiser")
        _fill_with_harm(reader)
        shown = 0
        for path in _pages(reader):
            reader.open(path)
            shown += "onerror=alert(1)" in reader.page.locator("body").inner_text()
            assert reader.page.locator("img[src=x], main script").count() == 0, path
            assert reader.complaints == [], path
        assert shown >= MANY


def _fill_with_harm(reader: Reader) -> None:
    reader.open("/account/")
    reader.fill(name=EVIL)
    reader.page.locator("main form button[type=submit]").first.click()
    reader.open("/desk/series/new")
    reader.fill(
        title=EVIL, slug=SLUG, summary=EVIL, description=f"{EVIL}\n\n[x](javascript:alert(3))"
    )
    reader.fill(starts="2021-03-06T14:00", weeks="1", minutes="150", illustrative=EVIL)
    reader.press("Create the draft")
    reader.press("Publish")
    reader.open(f"/desk/series/{SLUG}/registrations/import")
    reader.upload(f"{EVIL}.csv".replace("/", ""), _registrations(), "Look at the file")
    reader.page.get_by_role("button", name="Import").first.click()
    reader.wait_for("1")
    reader.open(f"/desk/live-sessions/{SLUG}-1/attendance/import")
    reader.choose(f"{EVIL}.csv".replace("/", ""), _attendance())
    reader.wait_for("2 people in 2 rows")
    reader.press("Import this file")
    reader.wait_for("Undo")


def _registrations() -> bytes:
    return _file(
        ("Name", "Email", "Country", "Organisation"),
        (EVIL, "evil@example.org", "Malaysia", EVIL),
        (EVIL, EVIL, EVIL, EVIL),
    )


def _attendance() -> bytes:
    times = ("03/06/2021 02:00:10 PM", "03/06/2021 04:20:00 PM", 140)
    return _file(
        ("Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)"),
        (EVIL, "evil@example.org", *times),
        (f"{EVIL} guest", "", *times),
    )


def _file(*rows: tuple[object, ...]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _pages(reader: Reader) -> list[str]:
    """Every page that shows some of it, and what these link to on the desk."""
    pages = [
        "/", "/series/", f"/series/{SLUG}/", f"/live-sessions/{SLUG}-1/", f"/figures/{SLUG}/",
        "/account/", "/desk/series/", f"/desk/series/{SLUG}/", f"/desk/series/{SLUG}/edit",
        f"/desk/series/{SLUG}/registrants/", f"/desk/series/{SLUG}/registrations/import",
        f"/desk/live-sessions/{SLUG}-1/", f"/desk/live-sessions/{SLUG}-1/edit",
        f"/desk/live-sessions/{SLUG}-1/attendance/", "/desk/people/?q=img",
        f"/desk/series/{SLUG}/registrants/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
    ]  # fmt: skip
    for path in (pages[11], pages[13], pages[14], pages[10]):
        reader.open(path)
        links = reader.page.locator("main a[href^='/desk/']").evaluate_all(
            "links => links.map(link => link.getAttribute('href'))"
        )
        pages += [link for link in links if link not in pages and "." not in link][:12]
    return pages
