"""The step of pictures in a real browser: sent while one looks on, ordered, put back."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect

from academy.library.draft_queries import read_contents
from academy.library.service import save_section
from academy.people.models import Person
from tests.browser import real_browser, visit
from tests.cast import Cast
from tests.library.cases import a_draft
from tests.library.picture_files import encoded, halves, keep_picture

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Keep one browser for these pages."""
    with real_browser() as started:
        yield started


def test_pictures_are_sent_ordered_and_put_back_while_one_looks_on(
    app: Flask, cast: Cast, client_of: Callable[[Person], FlaskClient], browser: Browser
) -> None:
    case = a_draft(cast.learner)
    for digest in ("a" * 32, "b" * 32, "c" * 32):
        keep_picture(case.id, digest, person_id=cast.learner.id)
    rows = [{"file": f"{letter * 32}.webp", "alternative": letter} for letter in "ab"]
    save_section(case, "pictures", cast.learner, {"pictures": rows})
    with visit(browser, client_of(cast.learner), 360, "light") as reader:
        reader.open(f"/cases/write/{case.id}/pictures/")
        page = reader.page
        page.locator("#pictures-0-row [data-move=down]").click()
        expect(page.locator("[data-saving]")).to_contain_text("Saved at", timeout=20_000)
        page.locator("[data-put-back]").click()
        expect(page.locator("#pictures-2-row")).to_be_visible(timeout=20_000)
        photo = {"name": "a.png", "mimeType": "image/png", "buffer": encoded(halves(), "PNG")}
        page.locator("#picture-files").set_input_files(photo)  # type: ignore[arg-type]
        expect(page.locator("#pictures-3-row")).to_be_visible(timeout=30_000)
        assert reader.find_faults(f"/cases/write/{case.id}/pictures/") == []
    kept = read_contents(case.id)["pictures"]["pictures"]
    assert [row["file"][0] for row in kept[:3]] == ["b", "a", "c"]
    assert [row.get("alternative") for row in kept] == ["b", "a", None, None]
