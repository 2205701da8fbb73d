"""A learner sees her attendance, objects to it, and reads the answer: with and without a script."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.academy import Academy, Reader, visiting

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False])
def test_a_learner_objects_and_an_organiser_answers_and_takes_the_answer_back(
    browser: Browser, academy: Academy, tmp_path: Path, *, script: bool
) -> None:
    slug = f"heard-{int(script)}"
    _held_yesterday(academy, slug, tmp_path)
    with visiting(browser, academy, width=360, script=script) as learner:
        learner.sign_in("learner")
        _object(learner, slug)
        with visiting(browser, academy, script=script) as organiser:
            organiser.sign_in("organiser")
            _confirm(organiser)
            learner.open(f"/attendance/{slug}-1/")
            assert "You came" in learner.words
            assert "Maya remembers you." in learner.words
            organiser.press("Undo")
        learner.open(f"/attendance/{slug}-1/")
        assert "Waits for an answer" in learner.words
        learner.press("Take it back")
        assert "You can say it again at any time." in learner.words


def _held_yesterday(academy: Academy, slug: str, folder: Path) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    academy.command(
        "series", "create", slug, "--title", f"Heard {slug}", "--zone", "UTC",
        "--starts", f"{yesterday:%Y-%m-%d}T06:00", "--minutes", "150", "--weekly", "1",
    )  # fmt: skip
    file = folder / "registered.csv"
    address = academy.accounts["learner"][0]
    file.write_text(f"Name,Email\nJelani anak Ngumbang,{address}\n", encoding="utf-8")
    academy.command("import", "registrations", str(file), "--series", slug)


def _object(learner: Reader, slug: str) -> None:
    learner.open("/my/live-sessions/")
    learner.page.get_by_role("link", name="What we noted of you").click()
    learner.page.locator(f"a[href='/attendance/{slug}-1/']").first.click()
    assert "Nobody has told us yet who came" in learner.words
    learner.page.get_by_label("I was there").check()
    learner.page.get_by_label("How were you there?").select_option("with_others")
    learner.fill(words="With Maya, on her tablet.")
    learner.press("Tell the organisers")
    assert "Waits for an answer" in learner.words


def _confirm(organiser: Reader) -> None:
    organiser.open("/desk/objections/")
    organiser.page.get_by_role("link", name="Jelani anak Ngumbang").first.click()
    assert "With Maya, on her tablet." in organiser.words
    organiser.fill(reply="Maya remembers you.")
    organiser.press("Agree: counts as present, for how long is not known")
    assert "is told: Agreed, counts as present, for how long is not known." in organiser.words
