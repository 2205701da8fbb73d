"""An organiser's work: a series, its registrations from a file, who came from another, figures."""

import csv
import io

import pytest
from playwright.sync_api import Browser

from tests.journeys.academy import Academy, Reader, visiting

pytestmark = pytest.mark.browser

REGISTRATIONS = (
    "Timestamp,Email Address,Full name,Country\n"
    "2021/03/01 9:00:00 AM GMT+8,mei@example.org,Mei Ling,Malaysia\n"
    "2021/03/01 9:05:00 AM GMT+8,sutrisno@example.org,Sutrisno,Indonesia\n"
    "2021/03/01 9:10:00 AM GMT+8,no-address,Nobody,Nowhere\n"
)
HEADER = ("Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)")
DROP = """([input, name, text]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([text], name, {type: "text/csv"}));
  for (const kind of ["dragenter", "dragover", "drop"]) {
    input.closest("[data-drop]").dispatchEvent(
      new DragEvent(kind, {dataTransfer: carried, bubbles: true, cancelable: true}));
  }
  if (!input.files.length) input.files = carried.files;
}"""
#: Two files fall somewhere on the page.
DROP_MANY = """([input, report, letter]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([report], "zoom.csv", {type: "text/csv"}));
  carried.items.add(new File([letter], "letter.txt", {type: "text/plain"}));
  for (const kind of ["dragenter", "dragover", "drop"]) {
    document.querySelector("h1").dispatchEvent(
      new DragEvent(kind, {dataTransfer: carried, bubbles: true, cancelable: true}));
  }
}"""


@pytest.mark.parametrize("script", [True, False])
def test_an_organiser_goes_from_a_new_series_to_its_figures_and_back(
    browser: Browser, academy: Academy, *, script: bool
) -> None:
    slug = f"weaving-{'with' if script else 'without'}"
    with visiting(browser, academy, script=script) as reader:
        reader.sign_in("organiser")
        _create_series(reader, slug)
        _import_registrations(reader, slug, script=script)
        _import_attendance(reader, f"{slug}-1", script=script)
        reader.open(f"/figures/{slug}/")
        assert "Mean" not in reader.words
        assert "Malaysia" in reader.page.content()
        _undo(reader, f"{slug}-1")
        reader.open(f"/figures/{slug}/")
        assert "No attendance has been imported yet." in reader.words


def _create_series(reader: Reader, slug: str) -> None:
    reader.open("/desk/series/new")
    reader.fill(title="Weaving together", slug=slug, weeks="2", minutes="150")
    reader.fill(starts="2021-03-06T14:00")
    reader.page.locator("[name=zone]").select_option("Asia/Kuala_Lumpur")
    reader.press("Create the draft")
    reader.press("Publish")
    assert "Published" in reader.words


def _import_registrations(reader: Reader, slug: str, *, script: bool) -> None:
    reader.open(f"/desk/series/{slug}/registrations/import")
    if script:
        field = reader.page.locator("input[type=file]").element_handle()
        reader.page.evaluate(DROP, [field, "answers.csv", REGISTRATIONS])
        reader.press("Look at the file")
    else:
        reader.upload("answers.csv", REGISTRATIONS.encode(), "Look at the file")
    assert "These rows stay out" in reader.words
    reader.page.get_by_role("button", name="Import").first.click()
    reader.wait_for("2")
    reader.open(f"/desk/series/{slug}/registrants/")
    assert "Mei Ling" in reader.words
    assert "Nobody" not in reader.words


def _import_attendance(reader: Reader, live_session: str, *, script: bool) -> None:
    reader.open(f"/desk/live-sessions/{live_session}/attendance/import")
    if script:
        field = reader.page.locator("#files").element_handle()
        reader.page.evaluate(DROP_MANY, [field, _zoom_file().decode(), "Dear all,"])
        reader.wait_for("Refused")  # the letter, beside the report
    else:
        reader.upload("zoom.csv", _zoom_file(), "Look at the files")
    assert "2 people in 2 rows" in reader.words
    reader.press("Import this file")
    reader.wait_for("Undo")
    reader.open(f"/desk/live-sessions/{live_session}/attendance/")
    assert "Mei Ling" in reader.words


def _zoom_file() -> bytes:
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(HEADER)
    day = "03/06/2021"
    rows.writerow(("Mei Ling", "mei@example.org", f"{day} 02:00:10 PM", f"{day} 04:20:00 PM", 140))
    rows.writerow(("Guest", "", f"{day} 02:05:00 PM", f"{day} 03:05:00 PM", 60))
    return text.getvalue().encode()


def _undo(reader: Reader, live_session: str) -> None:
    reader.open(f"/desk/live-sessions/{live_session}/attendance/")
    reader.page.get_by_role("link", name="zoom.csv").first.click()
    reader.page.once("dialog", lambda dialog: dialog.accept())
    reader.page.get_by_role("button", name="Undo").first.click()
