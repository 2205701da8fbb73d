"""Importing registrations: who is created, who is known, what later answers and files change."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from academy.db import now, session, transaction
from academy.people.models import EmailAddress, Person
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.programme.registration_import import Report, import_registrations, read_file
from academy.programme.service import cancel_registration, register
from tests.cast import Cast
from tests.programme.scenes import a_series, check_counts, somebody

pytestmark = pytest.mark.usefixtures("app")
FORM = (
    "Timestamp,Email Address,Full name,Country,Organisation,Why?\n"
    "4/25/2020 10:00:00,siti@example.org,Siti,Viet Nam,Koperasi,Rice\n"
    "4/26/2020 10:00:00,bo@example.org,Bo,Atlantis,,\n"
    "4/27/2020 10:00:00,somying@example.org,สมหญิง,Hong Kong,,\n"
)


def bring(series: Series, text: str, *, dry_run: bool = False) -> Report:
    return import_registrations(series, read_file(text.encode()), dry_run=dry_run)


def numbers(report: Report) -> tuple[int, int, int, int]:
    assert report.accepted + len(report.refused) == report.rows
    return report.created, report.updated, report.unchanged, len(report.refused)


def registered(series: Series) -> list[Registration]:
    session.expire_all()
    statement = select(Registration).where(Registration.series_id == series.id)
    return list(session.scalars(statement.order_by(Registration.id)))


def row_counts() -> tuple[int | None, ...]:
    tables = (Person, EmailAddress, Registration, Place)
    return tuple(session.scalar(select(func.count()).select_from(each)) for each in tables)


def test_everybody_of_a_file_gets_a_registration_and_a_place() -> None:
    series = a_series(weeks=2)
    report = bring(series, FORM)
    siti, somying = registered(series)
    assert numbers(report) == (2, 0, 0, 1)
    assert (siti.person.name, siti.person.country, siti.source) == ("Siti", "VN", "import")
    assert (somying.person.name, somying.person.country) == ("สมหญิง", "HK")
    assert [place.state for place in siti.places] == ["going", "going"]


def test_imported_people_have_no_password_and_nothing_verified() -> None:
    series = a_series()
    bring(series, FORM)
    person = registered(series)[0].person
    (address,) = person.addresses
    assert person.password_hash is None
    assert (address.source, address.verified_at, address.is_primary) == ("import", None, True)


def test_a_time_without_an_offset_is_on_the_clock_of_the_series() -> None:
    series = a_series()
    bring(series, FORM)
    assert registered(series)[0].registered_at == datetime(2020, 4, 25, 2, tzinfo=UTC)


def test_the_same_file_twice_writes_nothing() -> None:
    series = a_series()
    bring(series, FORM)
    session.refresh(series)
    before = series.version, row_counts()
    assert numbers(bring(series, FORM)) == (0, 0, 2, 1)
    session.refresh(series)
    assert (series.version, row_counts()) == before


def test_a_dry_run_says_the_same_numbers_and_writes_nothing() -> None:
    series = a_series()
    before = row_counts()
    assert numbers(bring(series, FORM, dry_run=True)) == (2, 0, 0, 1)
    assert row_counts() == before


def test_answering_twice_counts_once_and_the_later_answer_wins() -> None:
    series = a_series()
    text = FORM + "4/20/2020 9:00:00,SITI@example.org,Siti A,Nepal,Old,Maize\n"
    assert numbers(bring(series, text)) == (2, 1, 0, 1)
    siti = registered(series)[0]
    assert (siti.person.country, siti.answers["Why?"]) == ("VN", "Rice")
    assert siti.registered_at == datetime(2020, 4, 20, 1, tzinfo=UTC)
    assert numbers(bring(series, text)) == (0, 0, 3, 1)


def test_an_older_file_does_not_bring_back_an_older_answer() -> None:
    series = a_series()
    bring(series, FORM)
    older = "Timestamp,Email,Name,Why?\n4/13/2020 9:00:00,siti@example.org,Siti,Maize\n"
    assert numbers(bring(series, older)) == (0, 0, 1, 0)
    assert registered(series)[0].answers["Why?"] == "Rice"


def test_a_mended_answer_updates_only_that_person() -> None:
    series = a_series()
    bring(series, FORM)
    assert numbers(bring(series, FORM.replace("Viet Nam", "Laos"))) == (0, 1, 1, 1)
    assert registered(series)[0].person.country == "LA"


def test_what_people_said_of_themselves_is_not_overwritten(cast: Cast) -> None:
    series = a_series()
    text = "Name,Email,Country,Organisation\nSrey Mom,Sreymom@Example.org,Nepal,Coop\n"
    learner = cast.learner
    assert numbers(bring(series, text)) == (1, 0, 0, 0)
    (registration,) = registered(series)
    assert registration.person_id == learner.id
    assert (registration.person.name, registration.person.country) == (learner.name, "KH")
    assert (registration.person.organisation, registration.name_given) == ("Coop", "Srey Mom")


def test_a_file_without_times_does_not_overwrite_answers_from_the_page() -> None:
    series, person = a_series(), somebody()
    register(person, series, answers={"Why?": "To weave"})
    text = f"Name,Email,Why?\nX,{person.addresses[0].address},Nothing\n"
    assert numbers(bring(series, text)) == (0, 0, 1, 0)
    assert registered(series)[0].answers == {"Why?": "To weave"}


def test_who_took_the_registration_back_stays_away_until_answering_again() -> None:
    series, person = a_series(), somebody()
    cancel_registration(register(person, series))
    address = person.addresses[0].address
    assert numbers(bring(series, f"Name,Email\nX,{address}\n")) == (0, 0, 1, 0)
    with transaction():
        (registration,) = registered(series)
        registration.registered_at = now() - timedelta(days=4)
        registration.cancelled_at = now() - timedelta(days=3)
    answered = (now() - timedelta(days=1)).strftime("%Y-%m-%d %H:%M:%S")
    text = f"Registered at,Name,Email\n{answered},X,{address}\n"
    assert numbers(bring(series, text)) == (0, 1, 0, 0)
    (registration,) = registered(series)
    assert registration.cancelled_at is None
    assert [place.state for place in registration.places] == ["going"]


def test_two_addresses_of_one_person_are_one_registration() -> None:
    series, person = a_series(), somebody()
    with transaction():
        person.addresses.append(EmailAddress(address="two@x.org", normal="two@x.org"))
    text = f"Name,Email\nX,{person.addresses[0].address}\nX,two@x.org\n"
    assert numbers(bring(series, text)) == (1, 0, 1, 0)
    assert len(registered(series)) == 1


TICKETS = (
    "Order #,Order Date,First Name,Last Name,Email,Ticket Type,Attendee #,Attendee Status\n"
    "1,2020-04-15,Siti,Aminah,s@x.org,Free,11,Attending\n"
    "1,2020-04-15,Budi,Santoso,s@x.org,Free,12,Attending\n"
    "1,2020-04-15,Siti,Aminah,s@x.org,Free,13,Attending\n"
)


def test_attendees_under_the_buyers_address_are_people_of_their_own() -> None:
    series = a_series()
    report = bring(series, TICKETS)
    siti, budi = registered(series)
    assert (report.created, report.rows) == (2, 3)
    assert [len(each.person.addresses) for each in (siti, budi)] == [1, 0]
    assert numbers(bring(series, TICKETS)) == (0, 0, 3, 0)


def test_attendees_stay_who_they_are_when_the_shop_turns_its_rows_around() -> None:
    series = a_series()
    bring(series, TICKETS)
    head, *rows = TICKETS.splitlines()
    assert numbers(bring(series, "\n".join([head, *rows[1:], rows[0]]))) == (0, 0, 3, 0)
    assert len(registered(series)) == 2


def test_a_full_live_session_takes_the_first_to_register_and_the_others_wait() -> None:
    series = a_series(capacity=2)
    lines = [f"2020-04-{30 - n} 10:00,P{n},p{n}@x.org" for n in range(1, 6)]
    bring(series, "\n".join(["Registered at,Name,Email", *lines]))
    (live_session,) = series.live_sessions
    check_counts(live_session)
    states = {each.person.name: each.places[0] for each in registered(series)}
    assert [states[f"P{n}"].state for n in (5, 4, 3)] == ["going", "going", "waiting"]
    assert [states[f"P{n}"].queue_number for n in (3, 2, 1)] == [1, 2, 3]


def test_nobody_gets_a_place_in_what_was_over_when_they_registered() -> None:
    series = a_series(in_days=-14, weeks=3)
    moment = (now() - timedelta(days=10)).strftime("%Y-%m-%d %H:%M")
    bring(series, f"Registered at,Name,Email\n{moment},A,a@x.org\n")
    assert len(registered(series)[0].places) == 2


def test_an_import_that_fails_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    series, before = a_series(), row_counts()

    def fail(*_anything: object) -> None:
        raise RuntimeError("the lights went out")

    monkeypatch.setattr("academy.programme.registration_import.storing.seat_newcomers", fail)
    with pytest.raises(RuntimeError):
        bring(series, FORM)
    session.rollback()
    assert row_counts() == before


def test_two_thousand_people_are_counted_right() -> None:
    series = a_series(weeks=2, capacity=1500)
    lines = [f"P{n},p{n}@x.org,Nepal" for n in range(2000)]
    report = bring(series, "\n".join(["Name,Email,Country", *lines]))
    assert numbers(report) == (2000, 0, 0, 0)
    states = session.scalars(
        select(Place.state).join(LiveSession).where(LiveSession.series_id == series.id)
    )
    assert Counter(states) == {"going": 3000, "waiting": 1000}
