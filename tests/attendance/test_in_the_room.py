"""In the room: the roll on phones whose connection comes and goes, and the code on the wall."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Route, expect
from sqlalchemy import insert, select, update

from academy.attendance.models import Evidence
from academy.attendance.service.roll import Mark, mark_roll
from academy.db import now, transaction
from academy.people.models import Person, SignIn
from academy.programme.models import LiveSession, Registration, Series
from tests.attendance.at_the_door import (
    SECONDS,
    Door,
    browser,
    door,
    expect_words,
    tick,
    wait_for_all,
)

__all__ = ["browser", "door"]

pytestmark = pytest.mark.browser

WALL = "/desk/live-sessions/may-1/attendance/code/"


def test_a_tick_is_sent_at_once_and_counted_on_the_page(door: Door) -> None:
    page = door.open_roll(door.open_phone(door.cast.organiser))
    tick(page, "Siti")
    expect(page.locator("[data-roll-ticked]")).to_contain_text("1 of 3 ticked")
    expect(page.locator(".tick", has_text="Siti")).to_contain_text("ticked by you")
    expect_words(page, "Every tick is saved.")
    assert door.came() == ["Siti"]


def test_ticks_made_without_a_connection_wait_and_are_sent_when_it_is_back(door: Door) -> None:
    phone = door.open_phone(door.cast.organiser)
    page = door.open_roll(phone)
    wait_for_all(page)
    phone.set_offline(True)
    tick(page, "Siti", "Maya", "Budi", "Maya")
    expect_words(page, "No connection. Waiting to be sent: 3.")
    expect(page.get_by_text("not sent yet")).to_have_count(3)
    assert door.count_evidence() == 0
    phone.set_offline(False)
    expect_words(page, "Every tick is saved.")
    expect(page.get_by_text("not sent yet")).to_have_count(0)
    assert door.came() == ["Budi", "Siti"]


def test_ticks_that_wait_survive_a_reload_and_a_closed_page(door: Door) -> None:
    phone = door.open_phone(door.cast.organiser)
    door.line.loses = "ticks"
    page = door.open_roll(phone)
    tick(page, "Siti", "Maya")
    expect_words(page, "Waiting to be sent: 2.")
    page.reload()
    expect_words(page, "Waiting to be sent: 2.")
    expect(page.locator(".tick", has_text="Siti").locator("input[type=checkbox]")).to_be_checked()
    page.close()
    assert door.count_evidence() == 0
    door.line.loses = ""
    expect_words(door.open_roll(phone), "Every tick is saved.")
    assert door.came() == ["Maya", "Siti"]


def test_an_answer_that_was_lost_on_its_way_ticks_nobody_twice(door: Door) -> None:
    phone = door.open_phone(door.cast.organiser)
    page = door.open_roll(phone)
    door.line.loses = "answers"
    tick(page, "Siti")
    expect_words(page, "Waiting to be sent: 1.")
    assert door.count_evidence() == 1
    door.line.loses = ""
    expect_words(page, "Every tick is saved.")
    assert door.count_evidence() == 1


def test_whoever_was_signed_out_meanwhile_is_told_and_loses_notick(door: Door) -> None:
    phone = door.open_phone(door.cast.organiser)
    page = door.open_roll(phone)
    with transaction() as current:
        current.execute(update(SignIn).values(ended_at=now()))
    tick(page, "Siti")
    expect_words(page, "You are signed out. Waiting to be sent: 1.")
    expect(page.locator("[data-roll-sign-in]")).to_be_visible()
    assert door.count_evidence() == 0
    door.sign_in(phone, door.cast.organiser)
    expect_words(page, "Every tick is saved.")
    assert door.came() == ["Siti"]


def test_signing_out_asks_first_while_ticks_wait(door: Door) -> None:
    page = door.open_roll(door.open_phone(door.cast.organiser))
    door.line.loses = "ticks"
    tick(page, "Siti")
    expect_words(page, "Waiting to be sent: 1.")
    with page.expect_event("dialog") as asked:
        page.once("dialog", lambda dialog: dialog.dismiss())
        page.evaluate("document.querySelector('form[action$=\"/sign-out\"]').requestSubmit()")
    assert "Some ticks are not sent yet" in asked.value.message
    expect_words(page, "Waiting to be sent: 1.")


def test_a_page_that_is_too_old_to_be_believed_renews_itself(door: Door) -> None:
    page = door.open_roll(door.open_phone(door.cast.organiser))
    page.evaluate("document.querySelector('[data-roll] [name=csrf_token]').value = 'old'")
    tick(page, "Siti")
    expect_words(page, "Every tick is saved.")
    assert door.came() == ["Siti"]


def test_the_later_act_holds_and_whoever_lost_is_told(door: Door) -> None:
    other = door.cast.administrator.id
    phone = door.open_phone(door.cast.organiser)
    page = door.open_roll(phone)
    wait_for_all(page)
    phone.set_offline(True)
    tick(page, "Siti")
    expect_words(page, "Waiting to be sent: 1.")
    for is_here in (True, False):
        page.wait_for_timeout(20)
        with transaction() as current:
            siti = current.scalars(select(Person.id).where(Person.name == "Siti")).one()
            here = current.get_one(LiveSession, door.live_session_id)
            mark_roll(here, [Mark(siti, is_here, now())], actor_id=other)
    phone.set_offline(False)
    told = page.locator("[data-roll-told]")
    expect(told).to_contain_text("Tenzin took the tick of Siti back after yours.")
    expect(
        page.locator(".tick", has_text="Siti").locator("input[type=checkbox]")
    ).not_to_be_checked()
    assert door.came() == []


def test_a_phone_whose_clock_is_an_hour_late_ticks_at_the_right_moment(door: Door) -> None:
    phone = door.open_phone(door.cast.organiser)
    phone.add_init_script("""
        const now = Date.now, { timeOrigin } = performance;
        Date.now = () => now() - 3600e3;
        Object.defineProperty(performance, "timeOrigin", { get: () => timeOrigin - 3600e3 });
    """)
    page = door.open_roll(phone)
    tick(page, "Siti")
    expect_words(page, "Every tick is saved.")
    with transaction() as current:
        ticked_at = current.scalars(select(Evidence.recorded_at)).one()
    assert abs(now() - ticked_at) < timedelta(seconds=30)


def test_two_at_the_door_see_each_others_ticks(door: Door) -> None:
    one = door.open_roll(door.open_phone(door.cast.organiser))
    other = door.open_roll(door.open_phone(door.cast.administrator))
    tick(one, "Siti")
    tick(other, "Maya")
    for page in (one, other):
        for name in ("Siti", "Maya"):
            box = page.locator(".tick", has_text=name).locator("input[type=checkbox]")
            expect(box).to_be_checked(timeout=10 * SECONDS)
        expect(page.locator("[data-roll-ticked]")).to_contain_text("2 of 3 ticked")
    assert door.came() == ["Maya", "Siti"]


def test_another_ticker_on_the_same_phone_sends_only_her_own(door: Door) -> None:
    phone = door.open_phone(door.cast.organiser)
    door.line.loses = "ticks"
    page = door.open_roll(phone)
    tick(page, "Siti")
    expect_words(page, "Waiting to be sent: 1.")
    page.close()
    door.line.loses = ""
    door.sign_in(phone, door.cast.administrator)
    page = door.open_roll(phone)
    expect(page.locator("[data-roll-others]")).to_contain_text("until they sign in: 1")
    tick(page, "Maya")
    expect_words(page, "Every tick is saved.")
    assert door.came() == ["Maya"]


def test_a_thousand_are_searched_without_a_connection(door: Door) -> None:
    _register_a_thousand()
    phone = door.open_phone(door.cast.organiser)
    page = door.open_roll(phone)
    expect(page.locator(".tick")).to_have_count(1003, timeout=30 * SECONDS)
    phone.set_offline(True)
    page.locator("#q").fill("JOSÉ 777")
    expect(page.locator(".tick:visible")).to_have_count(1)
    page.locator("#q").fill("777 jose")
    page.locator("#show").select_option("ticked")
    expect(page.locator("[data-roll-nobody]")).to_be_visible()
    page.locator("#show").select_option("open")
    tick(page, "José 777")
    phone.set_offline(False)
    expect_words(page, "Every tick is saved.")
    assert door.came() == ["José 777"]


def _register_a_thousand() -> None:
    with transaction() as current:
        series_id = current.scalars(select(Series.id)).one()
        people = [{"name": f"José {n}", "country": "PH"} for n in range(1000)]
        ids = list(current.scalars(insert(Person).returning(Person.id), people))
        rows = [{"person_id": one, "series_id": series_id, "source": "import"} for one in ids]
        current.execute(insert(Registration), rows)


def _begin_now() -> None:
    with transaction() as current:
        current.execute(update(LiveSession).values(starts_at=now()))


def test_the_wall_shows_the_next_code_when_the_minute_turns(door: Door) -> None:
    _begin_now()
    screen = door.open_phone(door.cast.organiser)
    screen.route("**" + WALL, _as_if_its_minute_were_over)
    page = door.open(screen, WALL)
    shown = page.locator(".wall__code")
    expect(shown).to_have_text("00000")
    expect(shown).not_to_have_text("00000")
    expect(shown).to_have_text(re.compile(r"^\d{5}$"))
    assert page.locator("progress").evaluate("bar => bar.value") > 0


def _as_if_its_minute_were_over(route: Route) -> None:
    answer = route.fetch()
    page = re.sub(r'data-code-left="\d+"', 'data-code-left="1"', answer.text())
    page = re.sub(r">\d{5}</p>", ">00000</p>", page)
    route.fulfill(response=answer, body=page)


def test_the_wall_counts_those_who_enter_it_and_says_when_it_is_out_of_date(door: Door) -> None:
    _begin_now()
    screen = door.open_phone(door.cast.organiser)
    page = door.open(screen, WALL)
    with transaction() as current:
        siti = current.scalars(select(Person).where(Person.name == "Siti")).one()
    learner = door.open(door.open_phone(siti), "/codes/may-1")
    learner.locator("[name=code]").fill(page.locator(".wall__code").inner_text())
    learner.get_by_role("button", name="I am here").click()
    expect(learner.locator("main")).to_contain_text("You are noted as here")
    expect(page.locator(".wall__entered")).to_contain_text("1", timeout=15 * SECONDS)
    screen.set_offline(True)
    expect(page.get_by_role("alert")).to_contain_text("may be too old", timeout=15 * SECONDS)
    screen.set_offline(False)
    expect(page.get_by_role("alert")).to_have_count(0, timeout=15 * SECONDS)
