"""The group as a table to take away: a row for each learner, with what every column means."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from academy.i18n.setup import country_in_words
from academy.learning.groups.needs import REASONS, Choice, Learner
from academy.learning.groups.queries import stream_learners
from academy.learning.groups.statements import Group
from academy.lib import sheets

_HEADINGS = (
    "person", "name", "organisation", "country", "country name", "state", "lessons opened",
    "lessons read", "of lessons", "quizzes passed", "of quizzes", "mean of best (%)",
    "quizzes as completion counts (%)", "live sessions", "live sessions asked for",
    "last seen (UTC)", "completed at (UTC)", *(f"hand: {reason}" for reason in REASONS),
)  # fmt: skip
_MEANINGS = (
    ("person", "the academy's number of the person"),
    ("state", "not_begun: no lesson opened; completed: written down; underway: between the two"),
    ("quizzes passed", "lessons whose quiz was passed, at the mark that the quiz sets"),
    ("mean of best (%)", "mean of the best attempts at the quizzes that were tried; empty: none"),
    ("quizzes as completion counts (%)", "the same over all quizzes: what was not tried is 0"),
    ("live sessions", "of the series, to which the person came, as attendance counts them"),
    ("last seen (UTC)", "when a lesson of the course was last open; empty: never"),
    ("hand: away", "not completed, opened a lesson, and none in the last 14 days"),
    ("hand: stuck", "not completed, failed one quiz twice or more, and has not passed it since"),
    ("hand: only_live", "not completed, came to a live session, and opened no lesson"),
    ("hand: almost", "not completed, read all that is asked for, exactly one other thing missing"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Export:
    """What is taken away: whom, at which moment."""

    group: Group
    choice: Choice
    at: datetime

    def rows(self) -> Iterator[list[sheets.Cell]]:
        """Yield a row for each learner; they are read part by part."""
        return (self._row(one) for one in stream_learners(self.group, self.choice))

    def _row(self, one: Learner) -> list[sheets.Cell]:
        group, quizzes = self.group, len(self.group.quizzes)
        return [
            one.id, one.name, one.organisation, one.country,
            country_in_words(one.country) if one.country else "", one.state, one.opened, one.read,
            len(group.lines), one.passed, quizzes, one.mean, one.percent(quizzes), one.live,
            group.plan.completion.live_sessions, _moment(one.seen_at), _moment(one.completed_at),
            *("yes" if reason in one.reasons else "" for reason in REASONS),
        ]  # fmt: skip

    def definitions(self) -> Iterator[list[sheets.Cell]]:
        """Yield what the table holds and what its words mean: word, meaning."""
        yield ["course", self.group.course.slug]
        series = self.group.series
        yield ["group", f"registrants of {series.slug}" if series else "whoever opened a lesson"]
        yield ["as of (UTC)", _moment(self.at)]
        given = {**self.choice.to_address(), "page": ""}
        chosen = ", ".join(f"{name} {value}" for name, value in given.items() if value)
        yield ["chosen", chosen or "everybody whom you may see"]
        for word, meaning in _MEANINGS:
            yield [word, meaning]

    def csv(self) -> Iterator[bytes]:
        """Yield a CSV in parts: the table, an empty line, the definitions as word and meaning."""
        return sheets.stream_csv(_HEADINGS, self._with_definitions())

    def _with_definitions(self) -> Iterator[list[sheets.Cell]]:
        yield from self.rows()
        yield []
        yield ["definition", "meaning"]
        yield from self.definitions()

    def workbook(self) -> Iterator[bytes]:
        """Yield an XLSX in parts: the table, and its definitions on a sheet of their own."""
        pages = [
            sheets.Sheet("learners", _HEADINGS, self.rows()),
            sheets.Sheet("definitions", ("definition", "meaning"), self.definitions()),
        ]
        return sheets.read_parts(sheets.write_workbook(pages))


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else ""
