"""The week's selection as news: to whom it goes, and how it reads in the languages of our mails."""

from collections.abc import Iterator, Sequence
from datetime import date

from babel.dates import format_date
from sqlalchemy import select

from academy.db import session
from academy.discussion.models import Selection
from academy.discussion.selections import Chosen, Thing, only_shown, read_chosen
from academy.discussion.weeks import Week
from academy.messaging.models import MailChoices
from academy.messaging.notices import News, Part, Said, Waiting
from academy.messaging.rhythms import NEVER
from academy.messaging.service import hand_over_notices

KIND = "weekly_selection"
_TITLES = {
    "en": "Worth reading: {monday} to {sunday}",
    "id": "Layak dibaca: {monday} sampai {sunday}",
}
_LEADS = {
    "en": "The moderators chose these from what was written and told.",
    "id": "Para moderator memilih ini dari yang ditulis dan diceritakan.",
}
_POSTS = {"en": "{author} in “{title}”", "id": "{author} dalam “{title}”"}
_LEFT = {"en": "Somebody who left", "id": "Seseorang yang sudah pergi"}


def path_of(week: Week) -> str:
    """Return the page of a week's selection."""
    return f"/threads/selection/{week}/"


def tell_subscribers(selection: Selection) -> int:
    """Hand the selection to everybody who chose to hear of it; return how many they are."""
    return hand_over_notices(_news(selection))


def _news(selection: Selection) -> Iterator[News]:
    assert selection.published_at is not None  # noqa: S101 (only published ones are told)
    rhythm = MailChoices.rhythms[KIND].as_string()
    wanted = select(MailChoices.person_id).where(rhythm.is_not(None), rhythm != NEVER)
    for person_id in session.scalars(wanted):
        yield News(
            person_id=person_id, kind=KIND, occasion=f"selection:{selection.id}",
            path=path_of(Week(selection.year, selection.week)),
            happened_at=selection.published_at, facts={"selection": selection.id},
        )  # fmt: skip


def still_told(waiting: Sequence[Waiting]) -> set[int]:
    """Return which may still leave: something on the list is there for everybody."""
    chosen = read_chosen({one.facts["selection"] for one in waiting})
    return {one.id for one in waiting if only_shown(chosen[one.facts["selection"]])}


def write(waiting: Sequence[Waiting]) -> dict[int, Said]:
    """Write each with what everybody may see at this moment; five statements for them all."""
    ids = {one.facts["selection"] for one in waiting}
    chosen = read_chosen(ids)
    weeks = {
        one.id: Week(one.year, one.week)
        for one in session.scalars(select(Selection).where(Selection.id.in_(ids)))
    }
    return {
        one.id: say(weeks[number], chosen[number], one.language)
        for one in waiting
        if (number := one.facts["selection"]) in weeks
    }


def say(week: Week, chosen: Sequence[Chosen], language: str) -> Said:
    """Return the selection in the words of a mail: each with why, and where it stands."""
    tongue = language if language in _TITLES else "en"
    is_one_month = week.monday.month == week.sunday.month
    title = _TITLES[tongue].format(
        monday=_day(week.monday, tongue, "d" if is_one_month else "d MMMM"),
        sunday=_day(week.sunday, tongue),
    )
    parts = [
        Part(_name(one.thing, tongue), one.words_in(tongue)[0], one.thing.path)
        for one in chosen
        if one.thing is not None
    ]
    return Said(title, _LEADS[tongue], parts)


def _day(day: date, language: str, pattern: str = "d MMMM") -> str:
    return format_date(day, pattern, locale=language)


def _name(thing: Thing, language: str) -> str:
    if thing.kind != "post":
        return thing.title
    author = thing.author or _LEFT[language]
    return _POSTS[language].format(author=author, title=thing.title)
