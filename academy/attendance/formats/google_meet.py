"""Google Meet's attendance report and what browser extensions write: times without a date.

One row is one person: the first joining, the last leaving, and the minutes in between in words.
Meet is known by its own words or, in any language, by bare times of day beside a length of time.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from academy.attendance.formats.blocks import cut_blocks, facts_of, levelled, list_below
from academy.attendance.formats.headers import field_of, has_digits, is_pair, level, names_in
from academy.attendance.formats.report import Columns, Field, Meeting, Report, Section
from academy.attendance.formats.several import Part, put_together
from academy.attendance.reading.durations import seconds_of
from academy.attendance.reading.moments import MomentReader, is_absent
from academy.lib.tables import Row, Table

FORMAT = "google-meet"
_HEADER_WITHIN = 30
_SAMPLE = 200
_MOST = 0.8

_NAMES: dict[Field, str] = {
    "first_name": """first name | given name | nombre | nome | prénom | vorname | voornaam
        etunimi | imię | 名 | nama depan""",
    "last_name": """last name | surname | family name | apellido | apellidos | sobrenome | apelido
        nom | nom de famille | cognome | nachname | familienname | achternaam | sukunimi
        nazwisko | 姓 | nama belakang""",
    "name": """name | full name | participant | participant name | nombre completo
        nombre y apellidos
        nome completo | nome e cognome | nom complet | vollständiger name | volledige naam | naam
        nimi | koko nimi | imię i nazwisko | 氏名 | 名前 | nama | nama lengkap""",
    "email": """sähköposti | sähköpostiosoite | adres e-mail | adresse e-mail | e-mail-adresse
        e-mailadres | alamat email | endereço de e-mail""",
    "minutes": """duration | time in call | total time | duración | duração | durée | durata | dauer
        duur | kesto | czas trwania | 所要時間 | 期間 | 時間 | 通話時間 | durasi
        tiempo en la llamada""",
    "joined": """time joined | first seen | hora a la que se unió | se unió a las | hora de entrada
        horário de entrada | hora em que entrou | entrou às | heure d'arrivée | heure de connexion
        a rejoint à | ora di accesso | ora di ingresso | ora di partecipazione | entrato alle
        beitrittszeit | beigetreten um | teilnahme um | deelgenomen om | tijd van deelname
        liittymisaika | liittyi | liittyi klo | dołączono o | godzina dołączenia | czas dołączenia
        参加時刻 | 参加した時刻 | 参加時間 | waktu bergabung | bergabung pukul""",
    "left": """time exited | last seen | hora a la que salió | salió a las | hora de salida
        horário de saída | hora em que saiu | saiu às | heure de départ | heure de sortie
        a quitté à | ora di uscita | uscito alle | verlassen um | austrittszeit | verlaten om
        tijd van vertrek | vertrokken om | poistumisaika | poistui | poistui klo | opuszczono o
        godzina wyjścia | godzina opuszczenia | czas wyjścia | 退出時刻 | 退出した時刻 | 退出時間
        waktu keluar | keluar pukul""",
}  # fmt: skip
_FIELDS = {name: field for field, names in _NAMES.items() for name in names_in(names)}
#: Words that only Meet, or an extension for Meet, uses.
_OWN = names_in("time joined | time exited | first seen | time in call")
#: What Meet never has: its presence names another maker.
_FOREIGN: tuple[Field, ...] = (
    "attended", "registered_at", "approval", "waiting", "guest", "country"
)  # fmt: skip
#: First and last name, address, length; nothing else stands in the oldest report.
_NARROW = 4


class GoogleMeet:
    """Reads the participants of one call of Google Meet."""

    def read(self, table: Table) -> Report | None:
        """Return the report, or None where no line heads bare times of day or a mere length."""
        for understand in (_known_language, _unknown_language):
            for place, row in enumerate(table.rows[:_HEADER_WITHIN]):
                columns = understand(row.cells, _Kinds(list_below(table.rows, place)))
                if columns:
                    return _report(table, place, columns)
        return None


def _report(table: Table, place: int, columns: Columns) -> Report:
    told_at = columns.get("joined", columns.get("minutes", 0))
    header = table.rows[place]
    names = levelled(header)

    def is_header(at: int) -> bool:
        return levelled(table.rows[at]) == names

    blocks = cut_blocks(table.rows, place, told_at, is_header)
    above = [row for block in blocks for row in block.above]
    report = Report(
        format=FORMAT,
        sections=(),
        meeting_dates=tuple(_dates(above)),
        refused=tuple(table.refused),
    )
    parts = [Part(_about(block.above), (Section(header, columns, block.rows),)) for block in blocks]
    return put_together(report, parts)


def _about(above: list[Row]) -> Meeting:
    """Return the meeting that the lines above a list name: a title, a day and two times of day."""
    dates = tuple(_dates(above))
    values = [value.strip() for _title, value in facts_of(above) if value.strip()]
    reader = MomentReader()
    title = next((value for value in values if reader.find(value) == (None, None)), "")
    return Meeting(" ".join(dict.fromkeys([title, *dates])) if dates else "", title, dates=dates)


def _dates(above: list[Row]) -> Iterator[str]:
    """Yield the cells above the header that hold a date; a bare time of day is none."""
    reader = MomentReader()
    return (cell for row in above for cell in row.cells if reader.find(cell).date is not None)


class _Kinds:
    """What the columns below a header hold, told by their values."""

    def __init__(self, below: Sequence[Row]) -> None:
        self._rows = list(islice(below, _SAMPLE))
        self._reader = MomentReader()

    def is_clock(self, place: int) -> bool:
        return self._mostly(place, self._is_bare_time)

    def is_length(self, place: int) -> bool:
        return self._mostly(place, lambda cell: seconds_of(cell) is not None)

    def is_minutes(self, place: int) -> bool:
        return self._mostly(place, lambda cell: seconds_of(cell) is not None or cell.isdigit())

    def is_address(self, place: int) -> bool:
        return self._mostly(place, lambda cell: "@" in cell)

    def is_empty(self, place: int) -> bool:
        return not any(self._cells(place))

    def _mostly(self, place: int, test: Callable[[str], bool]) -> bool:
        cells = self._cells(place)
        return bool(cells) and sum(map(test, cells)) / len(cells) >= _MOST

    def _cells(self, place: int) -> list[str]:
        cells = (row.cells[place].strip() for row in self._rows if place < len(row.cells))
        return [cell for cell in cells if not is_absent(cell)]

    def _is_bare_time(self, cell: str) -> bool:
        moment = self._reader.find(cell)
        return moment.time is not None and moment.date is None


def _known_language(header: list[str], kinds: _Kinds) -> Columns | None:
    """Return the columns by their names, if the values below are Meet's or the words its own."""
    columns = _named(header)
    people = columns.keys() & {"name", "first_name", "last_name"}
    if not people or any(map(is_pair, header)) or columns.keys() & set(_FOREIGN):
        return None
    has_halves = {"first_name", "last_name", "joined"} <= columns.keys()
    is_own = (has_halves or any(level(cell) in _OWN for cell in header)) and "minutes" in columns
    times = [columns[field] for field in ("joined", "left") if field in columns]
    if times:
        is_meets = any(map(kinds.is_clock, times)) and all(
            kinds.is_clock(place) or kinds.is_empty(place) for place in times
        )
    else:
        is_meets = _is_narrow(header, columns) and kinds.is_minutes(columns["minutes"])
    return columns if is_own or is_meets else None


def _named(header: list[str]) -> dict[Field, int]:
    columns: dict[Field, int] = {}
    for place, cell in enumerate(header):
        field = _FIELDS.get(level(cell)) or field_of(cell)
        if field:
            columns.setdefault(field, place)
    if "last_name" in columns and "first_name" not in columns and "name" in columns:
        columns["first_name"] = columns.pop("name")
    elif "first_name" in columns and "last_name" not in columns and "name" not in columns:
        columns["name"] = columns.pop("first_name")
    elif "last_name" in columns and not columns.keys() & {"first_name", "name"}:
        columns["name"] = columns.pop("last_name")
    return columns


def _is_narrow(header: list[str], columns: Columns) -> bool:
    """Zoom's list without times says Total and Guest; Meet's has a name, an address, a length."""
    width = sum(1 for cell in header if cell.strip())
    says_total = any("total" in level(cell) for cell in header)
    return width <= _NARROW and width == len(columns) and "minutes" in columns and not says_total


def _unknown_language(header: list[str], kinds: _Kinds) -> Columns | None:
    """Two columns of bare times and one of lengths: the rest is known by where it stands."""
    if has_digits(header) or any(map(is_pair, header)) or len(header) < 4:  # noqa: PLR2004
        return None
    places = [place for place, cell in enumerate(header) if cell.strip()]
    lengths = [place for place in places if kinds.is_length(place)]
    clocks = [place for place in places if kinds.is_clock(place)]
    minutes = next((place for place in lengths if place not in clocks), None)
    if minutes is None and len(clocks) > 2:  # noqa: PLR2004 - all three are written alike
        minutes = clocks[0]
    clocks = [place for place in clocks if place != minutes]
    if minutes is None or len(clocks) != 2:  # noqa: PLR2004 - joining and leaving
        return None
    return _by_place(places, kinds, minutes, clocks)


def _by_place(places: list[int], kinds: _Kinds, minutes: int, clocks: list[int]) -> Columns | None:
    email = next((place for place in places if kinds.is_address(place)), None)
    end = min(minutes, *clocks, *([] if email is None else [email]))
    names = [place for place in places if place < end and not kinds.is_empty(place)]
    found: dict[Field, int] = {"minutes": minutes, "joined": clocks[0], "left": clocks[1]}
    if email is not None:
        found["email"] = email
    if len(names) == 2:  # noqa: PLR2004 - first and last
        found |= {"first_name": names[0], "last_name": names[1]}
    elif len(names) == 1:
        found["name"] = names[0]
    return found if names else None
