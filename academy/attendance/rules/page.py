"""The effect of rules as the desk shows it: each figure before and after, and who moves."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

from academy.attendance.service.rule_preview import KINDS, Move, Preview
from academy.i18n.setup import country_in_words
from academy.lib.paging import Page

#: So many people are named on one page.
PAGE = 50


@dataclass(frozen=True, slots=True)
class Effect:
    """One figure before and after."""

    label: str
    before: str
    after: str

    @property
    def is_other(self) -> bool:
        """Whether it changes."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class SessionEffect:
    """The figures of one live session."""

    label: str
    figures: Sequence[Effect]

    @property
    def is_other(self) -> bool:
        """Whether any of them changes."""
        return any(figure.is_other for figure in self.figures)


@dataclass(frozen=True, slots=True)
class EffectPage:
    """Everything that the preview shows."""

    totals: Sequence[Effect]
    live_sessions: Sequence[SessionEffect]
    #: Only those that change, and how many do not.
    countries: Sequence[SessionEffect]
    other_countries: int
    #: The names of the columns of live sessions and of countries.
    session_columns: Sequence[str]
    country_columns: Sequence[str]
    #: Who goes, comes or stays for another time: which of these the page lists, and how many.
    kind: str
    counts: dict[str, int]
    moves: Page[Move]

    @property
    def has_effect(self) -> bool:
        """Whether any figure or person changes."""
        return any(self.counts.values()) or any(effect.is_other for effect in self.totals)


def show_effect(preview: Preview, titles: dict[str, str], kind: str, page: int) -> EffectPage:
    """Put figures side by side; `titles` are the names of live sessions by their slugs.

    `kind` says whose names are listed; where it is none of KINDS, the first that anybody is of.
    """
    counts = {one: preview.count(one) for one in KINDS}
    if kind not in counts:
        kind = next((one for one in KINDS if counts[one]), KINDS[0])
    moves = [move for move in preview.moves if move.kind == kind]
    number = max(1, min(page, -(-len(moves) // PAGE)))
    countries = list(_countries(preview))
    changed = [country for country in countries if country.is_other]
    return EffectPage(
        totals=_totals(preview),
        live_sessions=list(_live_sessions(preview, titles)),
        countries=changed,
        other_countries=len(countries) - len(changed),
        session_columns=[str(words) for words, _take in _session_figures()],
        country_columns=[_("People"), _("Attendances")],
        kind=kind,
        counts=counts,
        moves=Page(moves[(number - 1) * PAGE : number * PAGE], number, len(moves), PAGE),
    )


def _totals(preview: Preview) -> list[Effect]:
    figures = {
        "attendances": _("Attendances"),
        "mean": _("Came on average"),
        "largest": _("Largest live session"),
        "smallest": _("Smallest live session"),
        "people": _("People"),
        "returning": _("Came back"),
        "attended_all": _("Came every time"),
    }
    return [
        Effect(words, _number(preview.before.get(name)), _number(preview.after.get(name)))
        for name, words in figures.items()
    ]


_Take = Callable[[dict[str, Any]], float | None]


def _session_figures() -> list[tuple[str, _Take]]:
    return [
        (_("Came"), lambda line: line["attended"]),
        (_("Matched"), lambda line: line["matched"]),
        (_("Not matched"), lambda line: line["unmatched"]),
        (_("Minutes, mean"), lambda line: line["minutes"]["mean"]),
        (_("Most at once"), lambda line: line["peak"]),
    ]


def _live_sessions(preview: Preview, titles: dict[str, str]) -> Iterator[SessionEffect]:
    lines = zip(preview.before["live_sessions"], preview.after["live_sessions"], strict=True)
    for before, after in lines:
        slug = before["live_session"]
        yield SessionEffect(titles.get(slug, slug), [
            Effect(words, _number(take(before)), _number(take(after)))
            for words, take in _session_figures()
        ])  # fmt: skip


def _countries(preview: Preview) -> Iterator[SessionEffect]:
    """Yield each country from which somebody came before or would come then."""
    before, after = (
        {line["country"]: line for line in report["by_country"]}
        for report in (preview.before, preview.after)
    )
    for code in dict.fromkeys([*before, *after]):
        label = country_in_words(code) if code else _("Not matched, or country not known")
        yield SessionEffect(label, [
            Effect(words, _number(_of(before, code, name)), _number(_of(after, code, name)))
            for words, name in ((_("People"), "people"), (_("Attendances"), "attendances"))
        ])  # fmt: skip


def _of(lines: dict[str | None, Any], code: str | None, name: str) -> int:
    value: int = lines[code][name] if code in lines else 0
    return value


def _number(value: float | None) -> str:
    return "–" if value is None else str(format_decimal(value))
