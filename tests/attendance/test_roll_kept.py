"""The roll opens without a connection once it was opened, for whoever opened it, for half a day."""

from threading import Event

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect
from sqlalchemy import insert, select, update

from academy.attendance.models import Evidence
from academy.db import now, transaction
from academy.people.models import Person, SignIn
from academy.programme.models import LiveSession, Registration
from tests.attendance.at_the_door import (
    ROLL,
    Door,
    browser,
    door,
    expect_words,
    tick,
    wait_for_all,
)

__all__ = ["browser", "door"]
pytestmark = pytest.mark.browser

KEPT = "async () => (await caches.keys()).filter((name) => name.startsWith('roll:'))"
MAKE_IT_OLD = """async () => {
  const [name] = (await caches.keys()).filter((one) => one.startsWith("roll:"));
  const shelf = await caches.open(name), kept = await shelf.match(location.pathname);
  const headers = new Headers(kept.headers);
  headers.set("Date", new Date(Date.now() - 13 * 3600e3).toUTCString());
  await shelf.put(location.pathname, new Response(await kept.text(), { headers }));
}"""


def _open_and_close(door: Door, phone: BrowserContext) -> None:
    page = door.open_roll(phone)
    wait_for_all(page)
    page.close()


def _go_offline(door: Door, phone: BrowserContext) -> Page:
    """Open the roll on a phone that has lost its connection."""
    phone.set_offline(True)
    return door.open_roll(phone)


def _opens_nothing(door: Door, phone: BrowserContext) -> bool:
    phone.set_offline(True)
    page = phone.new_page()
    with pytest.raises(Error, match=r"ERR_INTERNET_DISCONNECTED|ERR_FAILED"):
        page.goto(door.url + ROLL)
    return True


def test_it_opens_ticks_and_is_sent_when_the_connection_is_back(door: Door) -> None:
    phone = door.open_phone(door.cast.organiser)
    _open_and_close(door, phone)
    page = _go_offline(door, phone)
    expect(page.locator("[data-roll-is-kept]")).to_be_visible()
    expect(page.locator(".tick__name")).to_have_text(["Budi", "Maya", "Siti"])
    place = page.evaluate("getComputedStyle(document.querySelector('.roll-bar')).position")
    assert place == "sticky"  # so its styles were kept, too
    tick(page, "Siti")
    expect_words(page, "No connection. Waiting to be sent: 1.")
    assert door.count_evidence() == 0
    phone.set_offline(False)
    expect_words(page, "Every tick is saved.")
    assert door.came() == ["Siti"]
    with transaction() as current:
        ticked_at = current.scalars(select(Evidence.recorded_at)).one()
    assert abs((now() - ticked_at).total_seconds()) < 30


def test_a_fresh_page_says_nothing_of_being_kept(door: Door) -> None:
    phone = door.open_phone(door.cast.organiser)
    for _time in range(2):
        page = door.open_roll(phone)
        wait_for_all(page)
        expect(page.locator("[data-roll-is-kept]")).to_be_hidden()


def test_a_long_roll_is_kept_whole_and_searched(door: Door) -> None:
    with transaction() as current:
        series_id = current.get_one(LiveSession, door.live_session_id).series_id
        people = [Person(name=f"Weaver {number}") for number in range(300)]
        current.add_all(people)
        current.flush()
        current.execute(
            insert(Registration),
            [{"series_id": series_id, "person_id": one.id, "link_version": 1} for one in people],
        )
    phone = door.open_phone(door.cast.organiser)
    _open_and_close(door, phone)
    page = _go_offline(door, phone)
    wait_for_all(page)
    page.locator("[data-roll-filters] [name=q]").fill("weaver 299")
    expect(page.locator(".tick:visible")).to_have_count(1)


def test_signing_out_leaves_nothing(door: Door) -> None:
    phone = door.open_phone(door.cast.organiser)
    page = door.open_roll(phone)
    wait_for_all(page)
    assert len(page.evaluate(KEPT)) == 1
    page.evaluate("document.querySelector('form[action$=\"/sign-out\"]').requestSubmit()")
    page.wait_for_url(lambda url: "roll" not in url)
    assert page.evaluate(KEPT) == []
    assert _opens_nothing(door, phone)


def test_whoever_is_signed_out_elsewhere_keeps_nothing(door: Door) -> None:
    phone = door.open_phone(door.cast.organiser)
    _open_and_close(door, phone)
    with transaction() as current:
        current.execute(update(SignIn).values(ended_at=now()))
    page = door.open_roll(phone)
    assert "/sign-in" in page.url
    assert page.evaluate(KEPT) == []
    assert _opens_nothing(door, phone)


def test_whoever_opens_it_next_keeps_their_own(door: Door) -> None:
    phone = door.open_phone(door.cast.organiser)
    _open_and_close(door, phone)
    door.sign_in(phone, door.cast.focal_point)
    page = door.open_roll(phone)
    expect(page.locator(".tick__name")).to_have_count(0)
    page.close()
    page = _go_offline(door, phone)
    expect(page.locator("body")).not_to_contain_text("Siti")


def test_a_line_that_hangs_shows_the_copy_after_eight_seconds(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = door.open_phone(door.cast.organiser)
    _open_and_close(door, phone)
    goes_on = Event()

    def hang(slug: str) -> LiveSession | None:
        goes_on.wait(30)
        return None

    monkeypatch.setattr("academy.attendance.roll.views._live_session", hang)
    page = door.open_roll(phone)
    expect(page.locator("[data-roll-is-kept]")).to_be_visible()
    goes_on.set()


def test_half_a_day_later_nothing_is_kept(door: Door) -> None:
    phone = door.open_phone(door.cast.organiser)
    page = door.open_roll(phone)
    wait_for_all(page)
    page.evaluate(MAKE_IT_OLD)
    assert _opens_nothing(door, phone)
