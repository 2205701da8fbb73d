"""One row of a list of registrations: who it is, or the sentence that says why it is refused."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from zoneinfo import available_timezones

from academy.lib.countries import recognise_country
from academy.lib.tables import Row
from academy.programme.formats.answered_at import DateOrder, read_moment
from academy.programme.formats.consents import read_consent
from academy.programme.formats.entries import ATTENDEE, WHY_REFUSED, Entry
from academy.programme.formats.headings import Role, level
from academy.programme.formats.languages import recognise_language
from academy.programme.formats.shape import Heading, Shape
from academy.programme.formats.statuses import why_no_registration
from academy.programme.formats.typed_address import Address, NoAddress, read_address

LONGEST_NAME = LONGEST_ORGANISATION = 200
LONGEST_QUESTION, LONGEST_ANSWER = 500, 10_000
_NOTHING = frozenset({"", "-", "--", "–", "—", "n/a", "na", "none", "null", "nil", "."})
#: Signs that turn a line around or break it: they could make a name show as another one.
_TRICKS = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200b\u2028\u2029\ufeff]")
_DEFUSED = re.compile(r"^'(?= *[=+\-@\uff1d\uff0b\uff0d\uff20])")
_WRITTEN_TOGETHER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_SHOWN = 60


class RowRefused(ValueError):
    """The row cannot be used; `str(error)` is the sentence for whoever mends it."""


class RowReader:
    """Reads the rows of one file whose columns are known."""

    def __init__(
        self, heading: Heading, places: Mapping[Role, int], shape: Shape, order: DateOrder | None
    ) -> None:
        self.heading, self.places, self.shape, self.order = heading, places, shape, order
        halves: tuple[Role, Role] = ("first_name", "last_name")
        self._halves = sorted(places[role] for role in halves if role in places)
        self._questions = self._find_questions()

    def read(self, row: Row) -> Entry:
        """Return who the row speaks of; raise RowRefused with the reason where it is nobody."""
        self._refuse_shifted(row)
        address = self._address(row)
        name = self._name(row)
        self._refuse_by_status(row)
        answers, consents = self._answers(row)
        attendee = self._cell(row, "attendee") if self.shape.shares_addresses else ""
        if attendee:
            answers[ATTENDEE] = attendee
        language, zone = self._cell(row, "language"), self._cell(row, "zone")
        return Entry(
            row=row.number,
            name=name,
            email=address.written,
            normal=address.normal,
            country=self._country(row),
            organisation=_value(self._cell(row, "organisation"))[:LONGEST_ORGANISATION],
            language=recognise_language(language) or "" if language else "",
            zone=zone if zone in _zones() else "",
            answered_at=read_moment(self._cell(row, "at"), self.order),
            answers=answers,
            consents=consents,
            attendee=attendee,
        )

    def _cell(self, row: Row, role: Role) -> str:
        place = self.places.get(role)
        return row.cells[place].strip() if place is not None and place < len(row.cells) else ""

    def _refuse_shifted(self, row: Row) -> None:
        width = len(self.heading.cells)
        if width and any(cell.strip() for cell in row.cells[width:]):
            raise RowRefused(
                f"The row has {len(row.cells)} cells and the heading {width}: a comma or semicolon"
                " inside a value is not in quotation marks."
            )

    def _address(self, row: Row) -> Address:
        text = self._cell(row, "email")
        if text.lower() in _NOTHING:
            raise RowRefused("The row has no e-mail address.")
        try:
            return read_address(text)
        except NoAddress as error:
            raise RowRefused(f"“{_short(text)}” is no e-mail address: {error}.") from error

    def _name(self, row: Row) -> str:
        halves = [clean_text(row.cells[at]) for at in self._halves if at < len(row.cells)]
        together = _join([half for half in halves if half.lower() not in _NOTHING])
        name = clean_text(self._cell(row, "name"))
        if name and len(self._halves) == 1 and together:
            # "Nom" beside "Prénom" is the other half; a whole name contains the half already.
            is_whole = together.casefold() in name.casefold()
            halves_in_order = [name, together]
            if self._halves[0] < self.places["name"]:
                halves_in_order.reverse()
            name = name if is_whole else _join(halves_in_order)
        name = name or together
        if not any(unicodedata.category(sign)[0] in "LN" for sign in name):
            raise RowRefused("The row has no name.")
        if len(name) > LONGEST_NAME:
            raise RowRefused(f"The name is longer than {LONGEST_NAME} signs.")
        return name

    def _refuse_by_status(self, row: Row) -> None:
        why = why_no_registration(self._cell(row, "status"))
        if why is not None:
            raise RowRefused(why)

    def _country(self, row: Row) -> str | None:
        text = _value(self._cell(row, "country"))
        if not text:
            return None
        code = recognise_country(text)
        if code is None:
            raise RowRefused(f"The country “{_short(text)}” is not known.")
        return code

    def _find_questions(self) -> tuple[tuple[int, str], ...]:
        """The columns whose cells are answers: whatever is nothing else, and what was not plain."""
        # A shop's status is no answer, for it changes at the door; that of a plain table may be.
        kept = {"language", "zone"} | (set() if self.shape.roles else {"status", "attendee"})
        dropped = self.shape.dropped | {level(WHY_REFUSED)}
        taken = {place for role, place in self.places.items() if role not in kept}
        return tuple(
            (at, clean_text(cell)[:LONGEST_QUESTION])
            for at, cell in enumerate(self.heading.cells)
            if at not in taken and cell and self.heading.keys[at] not in dropped
        )

    def _answers(self, row: Row) -> tuple[dict[str, str], dict[str, bool]]:
        answers: dict[str, str] = {}
        consents: dict[str, bool] = {}
        for at, question in self._questions:
            answer = clean_answer(row.cells[at]) if at < len(row.cells) else ""
            if answer:
                answers[self._unused(question, answers)] = answer
                consent = read_consent(question, answer)
                if consent is not None:
                    consents[consent[0]] = consent[1]
        return answers, consents

    @staticmethod
    def _unused(question: str, answers: Mapping[str, str]) -> str:
        number = 2
        title = question
        while title in answers:
            title, number = f"{question} ({number})", number + 1
        return title


def _join(halves: list[str]) -> str:
    """Join the halves of a name as its script does: 王 and 小明 are 王小明."""
    is_together = bool(halves) and all(_WRITTEN_TOGETHER.fullmatch(half) for half in halves)
    return ("" if is_together else " ").join(halves)


@lru_cache(maxsize=50_000)
def clean_text(text: str) -> str:
    """Return one line without signs that hide or turn writing; letters stay as they are.

    An apostrophe that only keeps a spreadsheet from running a cell as a formula is taken off.
    """
    plain = unicodedata.normalize("NFC", _TRICKS.sub("", _DEFUSED.sub("", text)))
    visible = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in plain)
    return " ".join(visible.split())


def clean_answer(text: str) -> str:
    """Return an answer without control signs; its lines stay."""
    lines = (clean_text(line) for line in text.strip().splitlines())
    return "\n".join(lines).strip()[:LONGEST_ANSWER]


def _value(text: str) -> str:
    return "" if text.lower() in _NOTHING else clean_text(text)


def _short(text: str) -> str:
    line = clean_text(text)
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
