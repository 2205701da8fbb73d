"""Moments as files write them, in the writing of many languages; each date with its readings.

Files carry local times without a zone, and a date may be read in two orders of day and month:
which of them is meant is for the whole file to say (`ordering.py`).
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, get_args

DateOrder = Literal["month-first", "day-first", "year-first"]
ORDERS: tuple[DateOrder, ...] = get_args(DateOrder)

#: In ten languages and Indonesian, without accents, as a name and within a date.
_MONTH_NAMES = """
    jan january enero ene januari januar janvier janv gennaio gen janeiro sty stycznia tammi
      tammikuuta |
    feb february febrero februari februar fevrier fevr febbraio fevereiro fev lut lutego
      helmi helmikuuta |
    mar march marzo maret marz mars marco mrz maart mrt marca maalis maaliskuuta |
    apr april abril abr avril avr aprile kwi kwietnia huhti huhtikuuta |
    may mei mayo mai maggio mag maio maja touko toukokuuta |
    jun june junio juni juin giugno giu junho cze czerwca kesa kesakuuta |
    jul july julio juli juillet juil luglio lug julho lip lipca heina heinakuuta |
    aug august agosto ago agustus agu aout augustus sie sierpnia elo elokuuta |
    sep sept september septiembre septembre settembre set setembro wrz wrzesnia syys
      syyskuuta |
    oct october octubre oktober okt octobre ottobre ott outubro out paz pazdziernika loka
      lokakuuta |
    nov november noviembre novembre novembro nopember lis listopada marras marraskuuta |
    dec december diciembre dic desember des dezember dez decembre dicembre dezembro gru
      grudnia joulu joulukuuta
    """
_MONTHS = {
    name: number
    for number, names in enumerate(_MONTH_NAMES.split("|"), start=1)
    for name in names.split()
}
_NUMBERS = re.compile(r"(\d{1,4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,4})\.?")
_IDEOGRAPHS = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_MONTH_NAMED = re.compile(r"([^\W\d_]{3,14})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_DAY_NAMED = re.compile(
    r"(\d{1,2})\.?[\s-]+(?:de\s+)?([^\W\d_]{3,14})\.?[,\s-]+(?:de\s+)?(\d{4}|\d{2})"
)
_WEEKDAY = re.compile(r"([^\W\d_]{2,12})[.,]{0,2}\s+(?=\S)")
#: The same languages; a word before a date that is none of these makes it a title, as of a topic.
_WEEKDAY_NAMES = """
    mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday
    lun mie jue vie sab dom lunes martes miercoles jueves viernes sabado domingo segunda terca
    quarta quinta sexta mar mer jeu ven sam dim lundi mardi mercredi jeudi vendredi samedi dimanche
    gio lunedi martedi mercoledi giovedi venerdi domenica mo di mi do fr sa so montag dienstag
    mittwoch donnerstag freitag samstag sonntag ma wo vr za zo maandag dinsdag woensdag donderdag
    vrijdag zaterdag zondag ti ke to pe la su maanantai tiistai keskiviikko torstai perjantai
    lauantai sunnuntai maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina
    sunnuntaina pon wt sr czw pt sob niedz poniedzialek wtorek sroda czwartek piatek sobota
    niedziela senin selasa rabu kamis jumat sabtu minggu
    """
_WEEKDAYS = frozenset(_WEEKDAY_NAMES.split())
#: What a spreadsheet keeps of a moment whose cell is no date any more: days since 1899.
_SERIAL = re.compile(r"([2-7]\d{4})[.,](\d{3,})")
_SERIAL_BEGINS = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - as local as the moments of a file
_HOURS_IN_WORDS = re.compile(r"(\d{1,2})\s*[時时시]\s*(\d{1,2})\s*[分분](?:\s*(\d{1,2})\s*[秒초])?")
_CLOCK = re.compile(
    r"(?P<before>[^\W\d_]{1,5}\s+|[上下]午\s*|오[전후]\s*|午[前後]\s*)?"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<after>[ap]\.?\s?m\.?|[上下]午|오[전후]|午[前後]|SA|CH|PTG|PG|ÖÖ|ÖS|[صم])?\s*"
    r"(?:\(?(?:(?P<zone>Z|UTC|GMT)\s?(?P<far>[+-]\d{1,2}(?::?\d{2})?)?"
    r"|(?P<offset>[+-]\d{2}:?\d{2}))\)?)?$",
    re.IGNORECASE,
)
_AFTERNOON = ("p", "下午", "오후", "午後", "ch", "ptg", "ös", "م")
#: Words between a date and a time of day.
_AT = frozenset(("at", "klo", "kl", "à", "às", "um", "om", "ore", "o", "pukul", "jam"))
_MORNING = ("a", "上午", "오전", "午前", "sa", "pg", "öö", "ص")
_ABSENT = frozenset(("", "-", "--", "—", "–", "n/a", "na", "null", "none", "n/d"))
#: Years in which a meeting may have been; of others no zone's clock can tell the moment.
_YEARS = range(1970, 2200)
_TWELVE = 12
_MIDNIGHT = (24, 0, 0)
#: The Buddhist era as Thailand counts it: 2563 is 2020.
_BUDDHIST = 543
_BUDDHIST_YEARS = range(2_500, 2_700)


class NotAMoment(ValueError):
    """A cell that should hold a moment and does not."""


class AnotherClock(NotAMoment):
    """A cell that names a time zone where the file does not, or the other way round."""


@dataclass(frozen=True, slots=True, eq=False)
class DateText:
    """A date as written: its readings, one for each order of day and month that it allows.

    Compared by identity, because a reader makes one for each text and they serve as keys.
    """

    month_first: dt.date | None
    day_first: dt.date | None
    year_first: dt.date | None
    #: A month written as a word; it proves nothing about dates in digits.
    is_spelled: bool = False
    #: Divided by dots: every locale of CLDR that writes dots puts the day before the month.
    is_dotted: bool = False

    def readings(self) -> dict[DateOrder, dt.date]:
        """Return the orders in which the date exists, each with the day it then means."""
        every: tuple[tuple[DateOrder, dt.date | None], ...] = (
            ("month-first", self.month_first),
            ("day-first", self.day_first),
            ("year-first", self.year_first),
        )
        return {order: day for order, day in every if day is not None}

    def after(self, days: int) -> "DateText":
        """Return the date so many days later, in every order."""
        first, second, third = (
            day and day + dt.timedelta(days=days)
            for day in (self.month_first, self.day_first, self.year_first)
        )
        return replace(self, month_first=first, day_first=second, year_first=third)


class Moment(NamedTuple):
    """A cell that was understood: the date as written, if any, and the time of day."""

    date: DateText | None
    time: dt.time | None

    @property
    def differs(self) -> bool:
        """Whether two orders of day and month read the date differently."""
        return self.date is not None and len(set(self.date.readings().values())) > 1


_NOTHING = Moment(None, None)


def is_absent(cell: str) -> bool:
    """Say whether the cell stands for nothing, as `--` does in Zoom's reports."""
    return cell.strip().casefold() in _ABSENT


class MomentReader:
    """Understands the cells of one file; dates and times repeat, so each is read once."""

    def __init__(self, *, names_zones: bool | None = None) -> None:
        """`names_zones`: every time names its zone, and all are given on UTC's clock; or none does.

        None takes every time as it stands: it is known whose clock it is.
        """
        self._dates: dict[str, DateText] = {}
        self._times: dict[str, dt.time] = {}
        self._names_zones = names_zones

    def read(self, cell: str) -> Moment:
        """Return what the cell says; raise NotAMoment where that is no date and no time."""
        date_text, time_text = _divided(cell)
        date, time = self._dates.get(date_text), self._times.get(time_text)
        if date is not None and time is not None:
            return Moment(date, time)
        return self._read_slowly(_level(cell))

    def find(self, cell: str) -> Moment:
        """Return what the cell says, or a moment with neither date nor time."""
        try:
            return self.read(cell)
        except NotAMoment:
            return _NOTHING

    def _read_slowly(self, cell: str) -> Moment:
        if serial := _SERIAL.fullmatch(cell):
            return _of_serial(serial)
        clock = _CLOCK.search(cell)
        before = cell[: clock.start()].rstrip(" ,T") if clock else cell
        if clock and clock["before"] and not _stands_before_a_time(clock["before"]):
            before = cell[: clock.start("hour")].rstrip(" ,T")
        date = _read_date(before) if before else None
        time, days = _read_clock(clock) if clock else (None, 0)
        if date is None and time is None:
            raise NotAMoment(cell)
        if clock and time is not None and self._names_zones is not None:
            if bool(clock["zone"] or clock["offset"]) != self._names_zones:
                raise AnotherClock(cell)
            time, days = _in_utc(clock, time, days) if self._names_zones else (time, days)
        if days:
            return Moment(date.after(days) if date else None, time)
        if clock and date and time is not None and not self._names_zones:
            self._remember(cell, clock.start(), date, time)
        return Moment(date, time)

    def _remember(self, cell: str, start: int, date: DateText, time: dt.time) -> None:
        """Keep the date and the time apart where a single space divides them."""
        date_text, time_text = _divided(cell)
        if len(cell) - len(time_text) == start:
            self._dates[date_text] = date
            self._times[time_text] = time


def _divided(cell: str) -> tuple[str, str]:
    """Divide a cell at the last space before its first colon; without a colon at the last one."""
    colon = cell.find(":")
    place = cell.rfind(" ", 0, colon) if colon > 0 else cell.rfind(" ")
    return cell[: max(place, 0)], cell[place + 1 :]


def names_zone(cell: str) -> bool:
    """Say whether a moment names its own zone or offset, as ISO 8601 does."""
    clock = _CLOCK.search(_level(cell))
    return bool(clock and (clock["zone"] or clock["offset"]))


def _of_serial(serial: re.Match[str]) -> Moment:
    """Days and parts of a day, to the second: a spreadsheet's fractions are not exact."""
    seconds = round(float(f"{serial[1]}.{serial[2]}") * 86_400)
    moment = _SERIAL_BEGINS + dt.timedelta(seconds=seconds)
    return Moment(DateText(None, None, moment.date()), moment.time())


def _in_utc(clock: re.Match[str], time: dt.time, days: int) -> tuple[dt.time, int]:
    """Return the time on UTC's clock, and by how many days its date is another."""
    said = clock["offset"] or clock["far"] or "+0"
    hours, _, rest = said[1:].partition(":")
    hours, rest = (hours[:-2], hours[-2:]) if len(hours) > 2 else (hours, rest)  # noqa: PLR2004
    minutes = (int(hours) * 60 + int(rest or 0)) * (1 if said[0] == "-" else -1)
    seconds = (time.hour * 60 + time.minute + minutes) * 60 + time.second
    shift, left = divmod(seconds, 86_400)
    return (_SERIAL_BEGINS + dt.timedelta(seconds=left)).time(), days + shift


def _level(cell: str) -> str:
    """Make every kind of space one, and full-width digits and Arabic ones plain."""
    text = unicodedata.normalize("NFKC", cell)
    digits = "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
    plain = " ".join(digits.replace("\u200e", "").replace("\u200f", "").split())
    return _HOURS_IN_WORDS.sub(_on_a_clock, plain)


def _on_a_clock(hours: re.Match[str]) -> str:
    return f"{hours[1]}:{int(hours[2]):02}:{int(hours[3] or 0):02}"


def _read_clock(clock: re.Match[str]) -> tuple[dt.time, int]:
    """Return the time, and 1 for 24:00, which is the midnight after the date."""
    hour, minute, second = int(clock["hour"]), int(clock["minute"]), int(clock["second"] or 0)
    period = _period(clock["after"] or "") or _period(clock["before"] or "")
    if period == "afternoon" and hour < _TWELVE:
        hour += _TWELVE
    elif period == "morning" and hour == _TWELVE:
        hour = 0
    if (hour, minute, second) == _MIDNIGHT:
        return dt.time(), 1
    try:
        return dt.time(hour, minute, second), 0
    except ValueError as error:
        raise NotAMoment(clock.string) from error


def _stands_before_a_time(text: str) -> bool:
    return _period(text) is not None or text.strip().casefold() in _AT


def _period(text: str) -> str | None:
    word = text.strip().casefold().replace(".", "").replace(" ", "")
    if word in {"am", *_MORNING[1:]}:
        return "morning"
    return "afternoon" if word in {"pm", *_AFTERNOON[1:]} else None


def _read_date(text: str) -> DateText:
    """Return the readings of a date; raise NotAMoment if it has none."""
    numbers = _NUMBERS.fullmatch(text) or _IDEOGRAPHS.fullmatch(text)
    date = _from_numbers(*numbers.group(1, 2, 3, 0)) if numbers else _from_words(text)
    weekday = _WEEKDAY.match(text) if date is None else None
    if weekday and _without_accents(weekday[1]) in _WEEKDAYS:
        return _read_date(text[weekday.end() :])
    if date is None or not date.readings():
        raise NotAMoment(text)
    return date


def _from_numbers(first: str, second: str, third: str, text: str) -> DateText | None:
    one, two, three = int(first), int(second), int(third)
    if len(first) == 4 and len(third) <= 2:  # noqa: PLR2004 - digits of a year, of a day
        return DateText(None, None, _day(one, two, three))
    if len(third) in {2, 4} and len(first) <= 2:  # noqa: PLR2004 - digits of a day
        year = three if len(third) == 4 else 2000 + three  # noqa: PLR2004
        is_dotted = "." in text and "/" not in text and "-" not in text
        return DateText(_day(year, one, two), _day(year, two, one), None, is_dotted=is_dotted)
    return None


def _from_words(text: str) -> DateText | None:
    named = _MONTH_NAMED.fullmatch(text)
    if named:
        return DateText(_named_day(named[3], named[1], named[2]), None, None, is_spelled=True)
    named = _DAY_NAMED.fullmatch(text)
    if named:
        return DateText(None, _named_day(named[3], named[2], named[1]), None, is_spelled=True)
    return None


def _named_day(year: str, month: str, day: str) -> dt.date | None:
    number = _MONTHS.get(_without_accents(month))
    full = int(year) if len(year) == 4 else 2000 + int(year)  # noqa: PLR2004 - digits of a year
    return _day(full, number, int(day)) if number else None


def _without_accents(word: str) -> str:
    """The Polish ł has no accent that could be taken from it."""
    parts = unicodedata.normalize("NFKD", word.casefold().replace("ł", "l"))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _day(year: int, month: int, day: int) -> dt.date | None:
    """Return the day, or None if there is none; Thai browsers count the years of the Buddha."""
    year = year - _BUDDHIST if year in _BUDDHIST_YEARS else year
    try:
        return dt.date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None
