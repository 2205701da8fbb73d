"""The page of a group in the reader's language: rows in words, heads that sort, tabs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask_babel import gettext as _

from academy.i18n.setup import country_in_words, number
from academy.learning.groups.needs import LARGEST_FIRST, Choice, Learner, Totals
from academy.learning.groups.queries import PAGE, Part
from academy.learning.groups.statements import Group
from academy.learning.groups.wording import HEADS, SHOWS, TABS, say_reason, say_seen


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column by which the rows can be ordered."""

    words: str
    url: str
    #: "ascending" or "descending" where the rows are ordered by it, else "".
    direction: str


@dataclass(frozen=True, slots=True)
class Row:
    """One learner in words."""

    learner: Learner
    country: str
    read: str
    #: How many are passed, and the mean of the best attempts ("" where none was made).
    quizzes: str
    mean: str
    live: str
    seen: str
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class GroupPage:
    """Everything that the page of a group shows."""

    group: Group
    choice: Choice
    totals: Totals
    part: Part
    heads: Sequence[Head]
    rows: Sequence[Row]
    tabs: Sequence[dict[str, object]]
    previous_url: str
    next_url: str

    @property
    def first(self) -> int:
        """The position of the first row, counted from 1."""
        return (self.choice.page - 1) * PAGE + 1

    @property
    def last(self) -> int:
        """The position of the last row."""
        return self.first + len(self.rows) - 1


def show_group(group: Group, choice: Choice, totals: Totals, part: Part) -> GroupPage:
    """Turn what was read into what the reader sees."""
    more = choice.page * PAGE < part.total
    return GroupPage(
        group, choice, totals, part, list(_heads(choice)), list(show_rows(group, part)),
        [_tab(show, choice, totals) for show in TABS],
        address(choice.on_page(choice.page - 1)) if choice.page > 1 else "",
        address(choice.on_page(choice.page + 1)) if more else "",
    )  # fmt: skip


def address(choice: Choice) -> str:
    """Return the address of the choice on the page itself."""
    return "?" + urlencode(choice.to_address())


def _heads(choice: Choice) -> Iterator[Head]:
    for order, words in HEADS.items():
        falls = (order in LARGEST_FIRST) != choice.is_reversed
        direction = "descending" if falls else "ascending"
        shown = direction if order == choice.order else ""
        yield Head(str(words), address(choice.sorted_by(order)), shown)


def _tab(show: str, choice: Choice, totals: Totals) -> dict[str, object]:
    return {
        "title": str(SHOWS[show]), "url": address(choice.showing(show)),
        "active": choice.show == show, "count": totals.of(show),
    }  # fmt: skip


def show_rows(group: Group, part: Part) -> Iterator[Row]:
    """Yield the rows of these people."""
    titles = {line.id: title_of(group, line.id) for line in group.lines}
    for one in part.people:
        failed = {titles[lesson]: times for (person, lesson), times in part.failed.items()
                  if person == one.id}  # fmt: skip
        yield Row(
            one, country_in_words(one.country), _of(one.read, len(group.lines)),
            _quizzes(one, group), _mean(one),
            _live(one, group), say_seen(one.seen_at),
            [say_reason(reason, one, group, failed) for reason in one.reasons],
        )  # fmt: skip


def title_of(group: Group, lesson_id: int) -> str:
    """Return the title of a lesson in the language in which the course was written."""
    line = next(line for line in group.lines if line.id == lesson_id)
    return line.titles[group.plan.languages[0]]


def _of(part: int, whole: int) -> str:
    return str(_("%(part)s of %(whole)s", part=number(part), whole=number(whole)))


def _quizzes(one: Learner, group: Group) -> str:
    if not group.quizzes:
        return "–"
    return _of(one.passed, len(group.quizzes))


def _mean(one: Learner) -> str:
    if one.mean is None:
        return ""
    return str(_("%(percent)s %% on average", percent=number(one.mean)))


def _live(one: Learner, group: Group) -> str:
    if group.series is None:
        return "–"
    needed = group.plan.completion.live_sessions
    return _of(one.live, needed) if needed else number(one.live)
