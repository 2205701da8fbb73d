"""The command `academy attendance rules`."""

from dataclasses import replace
from typing import Any

import click
from sqlalchemy import select

from academy.attendance.rules.rules import Break, ImpossibleRules, Rules, breaks_of, rules_of
from academy.attendance.service.recomputes import FiguresAreFrozen
from academy.attendance.service.rule_changes import apply_rules
from academy.attendance.service.rule_preview import Preview, preview_rules
from academy.commandline import fail, open_database, tell
from academy.db import session
from academy.programme.models import Series


class BreakType(click.ParamType[Break]):
    """From and to in minutes after the start, such as 60-75."""

    name = "from-to"

    def convert(
        self, value: str | Break, param: click.Parameter | None, ctx: click.Context | None
    ) -> Break:
        """Return the two minutes; fail in words for what is no break."""
        if isinstance(value, tuple):
            return value
        first, _dash, last = value.partition("-")
        if not (first.strip().isdecimal() and last.strip().isdecimal()):
            self.fail(f"{value} is no break; write one such as 60-75.", param, ctx)
        return int(first), int(last)


@click.command()
@click.option("--series", "slug", required=True, help="The series' slug.")
@click.option("--smallest-stay", type=int, help="Minutes; a known shorter stay does not count.")
@click.option("--break", "breaks", type=BreakType(), multiple=True, help="Such as 60-75; several.")
@click.option("--no-breaks", is_flag=True, help="Take all breaks away.")
@click.option("--door-minutes", type=int, help="The door opens so many minutes before the start.")
@click.option("--door-counts/--no-door-counts", default=None, help="Whether it alone counts.")
@click.option("--apply", "is_applied", is_flag=True, help="Put the rules into force.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document only.")
def rules(
    slug: str, *, breaks: tuple[Break, ...], no_breaks: bool, is_applied: bool, as_json: bool,
    **wanted: int | bool | None,
) -> None:  # fmt: skip
    """Say the rules of a series, or what others would do; with --apply put them into force."""
    open_database()
    series = session.scalars(select(Series).where(Series.slug == slug)).one_or_none()
    if series is None:
        raise fail(f"There is no series “{slug}”.")
    in_force = rules_of(series)
    given: dict[str, Any] = {name: value for name, value in wanted.items() if value is not None}
    if breaks or no_breaks:
        given["breaks"] = breaks_of(breaks)
    document = _preview(series, in_force, replace(in_force, **given), is_applied=is_applied)
    tell(document, _in_words(document), as_json=as_json)


def _preview(series: Series, in_force: Rules, wanted: Rules, *, is_applied: bool) -> dict[str, Any]:
    document: dict[str, Any] = {"series": series.slug, "rules": in_force.as_json()}
    if wanted == in_force:
        return document
    try:
        preview = _take(series, wanted, is_applied=is_applied)
    except ImpossibleRules as error:
        raise fail(f"{error.field}: {error.reason.replace('_', ' ')} {error.values}") from error
    except FiguresAreFrozen as error:
        raise fail("Its people were made anonymous: the figures are frozen.") from error
    return {
        **document, "wanted": wanted.as_json(), "applied": is_applied,
        "gone": preview.count("gone"), "come": preview.count("come"),
        "other_minutes": preview.count("other"),
        "before": preview.before, "after": preview.after,
    }  # fmt: skip


def _take(series: Series, wanted: Rules, *, is_applied: bool) -> Preview:
    if is_applied:
        return apply_rules(series, wanted, seen=None, actor_id=None)
    return preview_rules(series, wanted)


def _in_words(document: dict[str, Any]) -> str:
    lines = [f"{name}: {value}" for name, value in document["rules"].items()]
    if "wanted" not in document:
        return "\n".join(lines)
    wanted = document["wanted"]
    changed = [f"{name}: {value} -> {wanted[name]}" for name, value in document["rules"].items()
               if value != wanted[name]]  # fmt: skip
    figures = [
        f"  {name}: {document['before'][name]} -> {document['after'][name]}"
        for name in ("attendances", "mean", "largest", "smallest", "people", "returning")
    ]
    moves = (
        f"{document['gone']} attendances go, {document['come']} come, "
        f"{document['other_minutes']} have other minutes."
    )
    end = "Applied." if document["applied"] else "Nothing is applied; add --apply."
    return "\n".join([*changed, *figures, moves, end])
