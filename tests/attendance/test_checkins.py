"""Check-ins at the door, of Eventbrite and of Luma: who came, and never for how long."""

from typing import Any

import pytest

from academy.attendance.reading.files import as_json, read_attendance
from academy.lib.tables import FileRefused
from tests.attendance.files import csv

EVENTBRITE = (
    "Order #,Order Date,First Name,{surname},Email,Quantity,Ticket Type,Attendee #,Total Paid,"
    "Attendee Status,Home Address 1,Cell Phone"
)
LUMA = (
    "api_id,name,first_name,last_name,email,phone_number,created_at,approval_status,"
    "{places},qr_code_url,ticket_name"
)


def _ticket(first: str, last: str, email: str, status: str = "Checked In") -> str:
    return f"9001,2020-04-15,{first},{last},{email},1,Free,11,0.00,{status},1 Road,+60123"


def _guest(name: str, email: str, came: str = "2020-05-02T06:03:11.123Z") -> str:
    return f"gst-1,{name},,,{email},+60123,2020-04-15T10:22:33.000Z,approved,{came},,https://q,Free"


def _eventbrite(*rows: str, surname: str = "Last Name", encoding: str = "utf-8") -> bytes:
    return csv(EVENTBRITE.format(surname=surname), *rows, encoding=encoding)


def _luma(*rows: str, encoding: str = "utf-8-sig") -> bytes:
    return csv(LUMA.format(places="checked_in_at,custom_source"), *rows, encoding=encoding)


def _read(data: bytes) -> dict[str, Any]:
    return as_json(read_attendance(data, "report.csv"))


def _people(data: bytes) -> dict[str, dict[str, Any]]:
    return {person["name"]: person for person in _read(data)["people"]}


@pytest.mark.parametrize("surname", ["Last Name", "Surname"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_only_who_is_checked_in_has_come(surname: str, encoding: str) -> None:
    data = _eventbrite(
        _ticket("José", "Aminah", "Jose@X.example"),
        _ticket("Budi", "Santoso", "budi@x.example", "Attending"),
        _ticket("Ana", "Cruz", "ana@x.example", "Not Attending"),
        _ticket("Eva", "Lim", "eva@x.example", "Refunded"),
        surname=surname,
        encoding=encoding,
    )
    people = _people(data)
    assert [name for name, person in people.items() if person["attended"]] == ["José Aminah"]
    assert people["José Aminah"]["email"] == "jose@x.example"
    assert {(person["intervals"], person["minutes"]) for person in people.values()} == {
        (None, None)
    }


def test_the_buyers_address_is_not_that_of_everybody_in_the_order() -> None:
    data = _eventbrite(
        _ticket("Siti", "Aminah", "office@x.example"),
        _ticket("Budi", "Santoso", "office@x.example", "Attending"),
        _ticket("Ana", "Cruz", "ana@x.example"),
        _ticket("Eva", "Lim", ""),
    )
    people = _people(data)
    assert {name: person["email"] for name, person in people.items()} == {
        "Ana Cruz": "ana@x.example",
        "Eva Lim": None,
        "Siti Aminah": None,
        "Budi Santoso": None,
    }
    assert any("address of another name" in text for text in _read(data)["warnings"])


def test_orders_say_yes_or_no() -> None:
    header = "Order #,First Name,Last Name,Email,Order Status,Checked In"
    people = _people(csv(header, "1,Siti,A,s@x.example,Completed,Yes", "2,Budi,B,,Completed,No"))
    assert [person["attended"] for person in people.values()] == [True, False]


def test_money_telephones_and_houses_are_not_kept() -> None:
    file = read_attendance(_eventbrite(_ticket("Siti", "A", "s@x.example")), "x.csv")
    guests = read_attendance(_luma(_guest("Siti", "s@x.example")), "x.csv")
    kept = [*file.connections[0].raw.values(), *guests.connections[0].raw.values()]
    assert not {"1 Road", "+60123", "0.00", "https://q"} & set(kept)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "utf-16-be"])
def test_a_guest_with_a_moment_of_check_in_has_come(encoding: str) -> None:
    document = _read(
        _luma(
            _guest("Siti Aminah", "siti@x.example"),
            _guest("Budi", "budi@x.example", ""),
            encoding=encoding,
        )
    )
    siti, budi = document["people"]
    assert (document["format"], document["zone"]) == ("luma-checkins", "UTC")
    assert (siti["attended"], siti["intervals"], siti["minutes"]) == (True, None, None)
    assert budi["attended"] is False


def test_the_columns_of_luma_swap_places_between_versions() -> None:
    header = LUMA.format(places="custom_source,checked_in_at")
    row = _guest("Siti", "s@x.example").replace(
        "2020-05-02T06:03:11.123Z,", "poster,2020-05-02T06:03:11.123Z"
    )
    assert _people(csv(header, row))["Siti"]["attended"] is True


def test_a_guest_without_a_whole_name_is_called_by_its_halves() -> None:
    row = _guest("", "s@x.example").replace(",,,,s@x", ",,Siti,Aminah,s@x")
    assert list(_people(_luma(row))) == ["Siti Aminah"]


def test_a_list_in_which_nobody_is_checked_in_says_so() -> None:
    document = _read(_eventbrite(_ticket("Siti", "A", "s@x.example", "Attending")))
    assert "Nobody in this list is checked in" in document["warnings"][0]


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (_guest("Budi", "b@x.example", "yesterday"), "moment"),
        (_guest("Budi", "b@x.example", "2020-05-02T06:03:61Z"), "moment"),
        (_guest("Bu\0di", "b@x.example"), "zero bytes"),
        (_guest("", ""), "neither a name"),
        (_guest("Hartono, Budi", "b@x.example"), "more cells"),
    ],
)
def test_a_bad_guest_is_listed_and_the_good_ones_are_used(row: str, word: str) -> None:
    document = _read(_luma(_guest("Siti", "s@x.example"), row))
    assert [word in refused["why"] for refused in document["refused"]] == [True]
    assert [person["name"] for person in document["people"]] == ["Siti"]


def test_short_rows_two_headers_and_formulas_do_no_harm() -> None:
    data = _eventbrite(
        _ticket('"=HYPERLINK(1)"', "A", "a@x.example"),
        EVENTBRITE.format(surname="Last Name"),
        "9001,2020-04-15,Budi",
    )
    document = _read(data)
    assert [person["name"] for person in document["people"]] == ["=HYPERLINK(1) A"]
    assert [(row["row"], row["why"][:22]) for row in document["refused"]] == [
        (4, "The row is cut off bef")
    ]


def test_a_list_of_guests_cut_inside_a_quotation_is_refused_whole() -> None:
    with pytest.raises(FileRefused, match="never closed"):
        _read(_luma('"Siti'))
