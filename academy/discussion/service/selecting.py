"""The week's selection: put together by moderators, closed on Sundays, told to who asked for it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from academy.db import now, session, table_of, transaction
from academy.discussion.errors import AlreadyChosen, ListClosed, ListFull, NotForEverybody, NotYours
from academy.discussion.models import Selection, SelectionItem
from academy.discussion.policy import can_moderate
from academy.discussion.selection_news import tell_subscribers
from academy.discussion.selections import (
    MOST_CHOSEN,
    Thing,
    find_thing,
    only_shown,
    read_list,
)
from academy.discussion.weeks import Week, week_of
from academy.people.models import Person
from academy.security import audit

#: Characters of a sentence why: ten of them fit into a mail.
LONGEST_WHY = 240
_SELECTIONS = table_of(Selection)


def choose(address: str, moderator: Person, words: Mapping[str, str]) -> SelectionItem:
    """Put what an address leads to on this week's list, with why in a sentence by language.

    Raises NotYours, NotForEverybody where not everybody may see it (or there is no such thing),
    AlreadyChosen, ListFull, or ListClosed where a clock was set back.
    """
    _demand(moderator)
    thing = find_thing(address)
    if thing is None:
        raise NotForEverybody
    with transaction() as current:
        selection = _open_list(current)
        if selection.published_at is not None:
            raise ListClosed
        column = _column_of(thing)
        mine = select(SelectionItem).where(SelectionItem.selection_id == selection.id)
        if current.scalars(mine.where(column == thing.id)).one_or_none() is not None:
            raise AlreadyChosen
        counted = mine.with_only_columns(func.count(), func.max(SelectionItem.position))
        count, last = current.execute(counted).one()
        if count >= MOST_CHOSEN:
            raise ListFull
        item = SelectionItem(
            selection_id=selection.id, words=_clean(words), position=(last or 0) + 1,
            added_by=moderator.id, **{column.key: thing.id},
        )  # fmt: skip
        current.add(item)
        current.flush()
        audit.note("selection.choose", f"{thing.kind}:{thing.id}", actor_id=moderator.id)
        return item


def _demand(moderator: Person) -> None:
    if not can_moderate(moderator):
        raise NotYours


def _column_of(thing: Thing) -> InstrumentedAttribute[int | None]:
    columns = {
        "thread": SelectionItem.thread_id, "post": SelectionItem.post_id,
        "case": SelectionItem.case_id,
    }  # fmt: skip
    return columns[thing.kind]


def _clean(words: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in words.items() if text.strip()}


def _open_list(current: Session) -> Selection:
    """Return this week's list, locked until the transaction ends; made where there was none."""
    week = week_of(now())
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = {"year": week.year, "week": week.number, "created_at": now()}
    current.execute(dialect.insert(_SELECTIONS).values(row).on_conflict_do_nothing())
    same = select(Selection).where(Selection.year == week.year, Selection.week == week.number)
    return current.scalars(same.with_for_update()).one()


def rewrite(item: SelectionItem, moderator: Person, words: Mapping[str, str]) -> None:
    """Say otherwise why something is on a list; mails that have not left say it so, too."""
    _demand(moderator)
    with transaction() as current:
        item.words = _clean(words)
        current.flush()
        audit.note("selection.rewrite", f"selection_item:{item.id}", actor_id=moderator.id)


def choose_no_more(item: SelectionItem, moderator: Person) -> None:
    """Take something off a list; mails that have not left do without it."""
    _demand(moderator)
    with transaction() as current:
        audit.note("selection.choose_no_more", f"selection_item:{item.id}", actor_id=moderator.id)
        current.delete(item)


def move_chosen(item: SelectionItem, moderator: Person, step: int) -> None:
    """Let it change places with the line before (-1) or after it (1); raises ListClosed."""
    _demand(moderator)
    with transaction() as current:
        selection = current.get_one(Selection, item.selection_id, with_for_update=True)
        if selection.published_at is not None:
            raise ListClosed
        lines = select(SelectionItem).where(SelectionItem.selection_id == selection.id)
        ordered = list(current.scalars(lines.order_by(SelectionItem.position, SelectionItem.id)))
        here = ordered.index(item)
        there = here + step
        if not 0 <= there < len(ordered):
            return
        ordered[here], ordered[there] = ordered[there], ordered[here]
        for place, one in enumerate(ordered, start=1):
            one.position = place
        current.flush()


def publish_closed(at: datetime | None = None) -> int:
    """Give every list whose week is over its page, and hand it to who asked for it; how many.

    A list of which nobody may see anything stays closed. It may run at any time and twice: a row
    is claimed by a conditional UPDATE, and each person is told once.
    """
    moment = at or now()
    this_week = week_of(moment)
    waiting = select(Selection).where(Selection.published_at.is_(None))
    published = 0
    for selection in session.scalars(waiting.order_by(Selection.id)).all():
        if Week(selection.year, selection.week) < this_week and only_shown(read_list(selection)):
            published += _publish(selection, moment)
    return published


def _publish(selection: Selection, moment: datetime) -> int:
    with transaction() as current:
        claimed = current.execute(
            update(Selection)
            .where(Selection.id == selection.id, Selection.published_at.is_(None))
            .values(published_at=moment)
        )
        if not claimed.rowcount:  # type: ignore[attr-defined]
            return 0
        current.refresh(selection)
        tell_subscribers(selection)
        return 1
