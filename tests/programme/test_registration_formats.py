"""Reading lists of registrations: the makers' shapes, columns, questions, dates, refused rows."""

import io
from datetime import UTC, datetime

import pytest
from openpyxl import Workbook

from academy.lib.tables import FileRefused, read_table
from academy.programme.formats.entries import Entry, RegistrationFile
from academy.programme.formats.headings import Role
from academy.programme.formats.reading import read_registrations


def read(text: str, encoding: str = "utf-8", **chosen: int | None) -> RegistrationFile:
    roles: dict[str, Role] = {"name": "name", "email": "email", "country": "country"}
    columns = {roles[role]: place for role, place in chosen.items()}
    return read_registrations(read_table(text.encode(encoding)), columns)


def only(file: RegistrationFile) -> Entry:
    assert file.refused == ()
    (entry,) = file.entries
    return entry


GOOGLE = (
    'Timestamp,Email Address,What is your full name?,"Which country are you from?\n'
    '(as in your passport)",Your organisation,Why do you join?\n'
    "4/25/2020 10:00:00,siti@example.org,Siti Aminah,Viet Nam,Koperasi Maju,To weave\n"
)


def test_a_google_form_is_read_by_its_questions_with_line_breaks() -> None:
    file = read(GOOGLE)
    entry = only(file)
    assert file.format == "google-forms"
    assert (entry.name, entry.email, entry.country) == ("Siti Aminah", "siti@example.org", "VN")
    assert entry.organisation == "Koperasi Maju"
    assert entry.answers == {"Why do you join?": "To weave"}
    assert entry.answered_at == datetime(2020, 4, 25, 10)  # noqa: DTZ001  on the series' clock
    assert entry.row == 3


def test_a_localised_google_form_is_known_by_its_first_column() -> None:
    file = read(
        "Stempel waktu,Alamat email,Nama Lengkap,Negara\n25/04/2020 9:00:00,a@b.id,Budi,Laos\n"
    )
    assert (file.format, only(file).country) == ("google-forms", "LA")


def test_a_form_whose_username_is_an_address_needs_no_question() -> None:
    file = read("Timestamp,Username,Your name\n4/25/2020 10:00:00,siti@example.org,Siti\n")
    assert only(file).normal == "siti@example.org"


EVENTBRITE = (
    "Order #,Order Date,First Name,{surname},Email,Quantity,Ticket Type,Attendee #,Currency,"
    "Total Paid,Attendee Status,Home Country,Which field?\n"
    "1,2020-04-15 10:22:33,Siti,Aminah,s@x.org,1,Free,11,MYR,0,Attending,Malaysia,Rice\n"
    "1,2020-04-15 10:22:33,Budi,Santoso,s@x.org,1,Free,12,MYR,0,Checked In,Indonesia,\n"
    "2,2020-04-15 10:22:33,Bo,Lin,b@x.org,1,Free,13,MYR,0,Not Attending,Nepal,\n"
)


@pytest.mark.parametrize("surname", ["Last Name", "Surname"])
def test_eventbrite_attendees_keep_their_own_names_and_no_money(surname: str) -> None:
    file = read(EVENTBRITE.format(surname=surname))
    siti, budi = file.entries
    assert file.format == "eventbrite"
    assert (siti.name, budi.name, siti.attendee) == ("Siti Aminah", "Budi Santoso", "11")
    assert siti.answers == {"Ticket Type": "Free", "Which field?": "Rice", "Attendee #": "11"}
    assert [(row.number, row.why) for row in file.refused] == [
        (4, "The row is marked “Not Attending”: this is no registration.")
    ]


def test_luma_guests_are_named_even_where_the_halves_are_empty() -> None:
    file = read(
        "\ufeffapi_id,name,first_name,last_name,email,phone_number,created_at,approval_status,"
        "checked_in_at,custom_source,qr_code_url,ticket_name,Country\n"
        "g1,Siti Aminah,,,s@x.org,,2020-04-15T10:22:33.000Z,approved,,,https://x.org,Free,USA\n"
        "g2,,Tan,Wei,t@x.org,,2020-04-15T10:22:33.000Z,approved,,,,Free,\n"
        "g3,Bo,,,b@x.org,,2020-04-15T10:22:33.000Z,declined,,,,Free,\n"
    )
    siti, tan = file.entries
    assert (file.format, siti.name, tan.name) == ("luma", "Siti Aminah", "Tan Wei")
    assert siti.answered_at == datetime(2020, 4, 15, 10, 22, 33, tzinfo=UTC)
    assert siti.answers == {"ticket_name": "Free"}
    assert len(file.refused) == 1


ZOOM = (
    'Registration Report\nReport Generated:,"Apr 23, 2020 6:26 PM"\n'
    "Topic,Meeting ID,Scheduled Time,Duration (minutes),# Registered\n"
    'SSE,812 3456 7890,"May 2, 2020 2:00 PM",150,2\n\nAttendee Details,\n'
    "First Name,Last Name,Email,Registration Time,Approval Status,Country/Region,Organization\n"
    'Siti,Aminah,s@x.org,"Apr 22, 2020 19:13:27",approved,South Korea,K\n'
    'Bo,Lin,b@x.org,"Apr 22, 2020 19:13:27",cancelled,Nepal,K\n'
)


def test_zooms_registration_report_is_read_below_its_preamble() -> None:
    file = read(ZOOM)
    (siti,) = file.entries
    assert (file.format, siti.name, siti.country) == ("zoom-registration", "Siti Aminah", "KR")
    assert siti.row == 8
    assert file.rows == 2


def test_a_report_of_who_came_is_no_list_of_registrations() -> None:
    with pytest.raises(FileRefused, match="who came"):
        read("Name (Original Name),User Email,Join Time,Leave Time\nA,a@x.org,1,2\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_encoding_and_delimiter_is_read(encoding: str) -> None:
    file = read("Nombre;Correo electrónico;País\nJosé;jose@x.org;Perú\n", encoding)
    assert (only(file).name, only(file).country) == ("José", "PE")


def test_a_workbook_is_read_with_its_dates() -> None:
    book, stream = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Full name", "E-mail", "Country", "Registered at"])
    sheet.append(["សុខា", "sokha@x.org", "កម្ពុជា", datetime(2020, 4, 25, 10)])  # noqa: DTZ001
    book.save(stream)
    entry = only(read_registrations(read_table(stream.getvalue())))
    assert (entry.name, entry.country) == ("សុខា", "KH")
    assert entry.answered_at == datetime(2020, 4, 25, 10)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("typed", "code"),
    [("Viet Nam", "VN"), ("South Korea", "KR"), ("USA", "US"), ("Lao PDR", "LA"),
     ("Hong Kong", "HK"), ("ประเทศไทย", "TH"), ("-", None), ("", None)],
)  # fmt: skip
def test_countries_are_known_by_the_names_in_use(typed: str, code: str | None) -> None:
    assert only(read(f"Name,Email,Country\nSiti,s@x.org,{typed}\n")).country == code


def test_halves_of_a_name_are_joined_in_the_order_and_way_of_the_file() -> None:
    assert only(read("姓,名,邮箱\n王,小明,w@x.cn\n")).name == "王小明"
    assert only(read("Nom;Prénom;Courriel\nDupont;Jean;j@x.fr\n")).name == "Dupont Jean"
    assert only(read("First name,Name,Email\nSiti,Siti Aminah,s@x.org\n")).name == "Siti Aminah"


def test_a_column_in_an_unknown_language_is_known_by_its_values() -> None:
    file = read("სახელი?,ფოსტა,ქვეყანა\nNino,n@x.ge,Georgia\nLuka,l@x.ge,Nepal\n", name=0)
    assert [entry.country for entry in file.entries] == ["GE", "NP"]


def test_a_question_about_other_countries_is_not_where_somebody_is_from() -> None:
    entry = only(read("Name,Email,Which country would you like to visit?\nSiti,s@x.org,Nepal\n"))
    assert entry.country is None
    assert entry.answers == {"Which country would you like to visit?": "Nepal"}


@pytest.mark.parametrize(
    ("heading", "role"),
    [("Given,Email", "name"), ("Name,Email,E-mail", "email"), ("Name,Full name,Email", "name"),
     ("Name,Email,Country of residence,Nationality", "country")],
)  # fmt: skip
def test_what_two_columns_could_be_is_asked(heading: str, role: str) -> None:
    cells = {"Given": "Siti", "Name": "Siti", "Full name": "Aminah", "Email": "s@x.org",
             "E-mail": "t@x.org", "Country of residence": "Nepal",
             "Nationality": "India"}  # fmt: skip
    file = read(f"{heading}\n{','.join(cells[each] for each in heading.split(','))}\n")
    assert [question.role for question in file.columns.questions] == [role]
    assert file.entries == ()


def test_two_columns_that_say_the_same_are_no_question() -> None:
    assert only(read("Name,Email,E-mail\nSiti,s@x.org,s@x.org\n")).normal == "s@x.org"


def test_a_file_without_a_heading_asks_for_the_name_only() -> None:
    file = read("Siti,s@x.org,Nepal\nBo,b@x.org,India\n")
    assert [question.role for question in file.columns.questions] == ["name"]
    named = read("Siti,s@x.org,Nepal\nBo,b@x.org,India\n", name=0)
    assert [(e.row, e.name, e.country) for e in named.entries] == [
        (1, "Siti", "NP"),
        (2, "Bo", "IN"),
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [(",s@x.org,Nepal", "no name"), ("Siti,,Nepal", "no e-mail"), ("Siti,nope,Nepal", "no @"),
     ("Siti,a b@x.org,Nepal", "space"), ("Siti,r****@x.org,Nepal", "stars"),
     ("Siti,a@x.org;b@x.org,", "more than one"), ("Siti,s@x.org,Atlantis", "“Atlantis”"),
     ("Tamang, Bishnu,s@x.org,Nepal", "quotation marks"), (f"{'x' * 201},s@x.org,", "longer")],
)  # fmt: skip
def test_a_refused_row_has_its_line_and_its_reason(row: str, why: str) -> None:
    file = read(f"Name,Email,Country\nBo,bo@x.org,\n{row}\n")
    (refused,) = file.refused
    assert refused.number == 3
    assert why in refused.why


@pytest.mark.parametrize(
    "typed", ["mailto:Siti@X.org", "Siti <siti@x.org>", " siti@x.org. ", "siti＠x.org"]
)
def test_an_address_is_freed_from_what_surrounds_it(typed: str) -> None:
    assert only(read(f'Name,Email\nSiti,"{typed}"\n')).normal == "siti@x.org"


def test_dates_that_fit_two_orders_are_left_open() -> None:
    file = read("Name,Email,Registered at\nSiti,s@x.org,4/5/2020\n")
    assert file.has_open_dates
    assert file.entries[0].answered_at is None


def test_a_form_that_writes_in_the_order_of_time_settles_day_and_month() -> None:
    file = read("Timestamp,Email,Name\n4/5/2020 8:00:00,a@x.org,A\n5/1/2020 8:00:00,b@x.org,B\n")
    assert file.date_order == "month-first"


def test_consents_are_read_only_where_question_and_answer_are_clear() -> None:
    entry = only(read(
        "Name,Email,I agree that sessions are recorded,Do you consent to our newsletter?,Agree?\n"
        "Siti,s@x.org,Yes,Tidak,maybe\n"
    ))  # fmt: skip
    assert entry.consents == {"recording": True, "mail_news": False}


def test_signs_that_turn_a_name_around_and_defused_formulas_are_cleaned() -> None:
    entry = only(read("Name,Email,Phone\nSi\u202eti,s@x.org,'+60123\n"))
    assert entry.name == "Siti"
    assert entry.answers == {"Phone": "+60123"}


@pytest.mark.parametrize(
    "text",
    ["Once upon a time, there was a village.\nIt had a mill.\n", "A,B\n1,2\n", "Name,Email\n"],
)
def test_what_is_no_list_of_registrations_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(FileRefused, match=r"\.$"):
        read(text)


@pytest.mark.parametrize(
    ("at", "hour"), [("2020/04/01 10:00:00 AM GMT+99", 10), ("0001-01-01 00:00:00", None)]
)
def test_a_moment_beyond_every_clock_is_none_and_the_row_stays(at: str, hour: int | None) -> None:
    entry = only(read(f"Timestamp,Email Address,Full name\n{at},siti@example.org,Siti\n"))
    assert (entry.answered_at and entry.answered_at.hour) == hour
