"""Reads of weekly selections: what stands on a list, and what of it everybody may see now."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from sqlalchemy import func, select

from academy.db import session
from academy.discussion.models import Post, Selection, SelectionItem, Thread
from academy.discussion.policy import may_read_post, visible_threads
from academy.discussion.weeks import Week
from academy.lib.paging import Page
from academy.lib.prose import beginning_of
from academy.library.models import CaseStudy
from academy.library.policy import visible_cases
from academy.people.models import Person

#: A mail has room for so many; more is no selection.
MOST_CHOSEN = 10
#: So much of a post stands below it; of its body so much is read for that.
LONGEST_BEGINNING, MOST_READ = 200, 1_600
WEEKS_ON_A_PAGE = 20


class Thing(NamedTuple):
    """A thread, a post or a case that everybody may see, as a list names it."""

    kind: str
    id: int
    title: str
    path: str
    #: Of a post: who wrote it, how it begins, in which language.
    author: str = ""
    beginning: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One line of a list: why it is there, and what it is; None where not everybody may see it."""

    item: SelectionItem
    thing: Thing | None

    def words_in(self, language: str) -> tuple[str, str]:
        """Return why, and in which language: the one asked for, else English, else any."""
        words = self.item.words
        for tag in (language.partition("-")[0], "en", *words):
            if words.get(tag):
                return str(words[tag]), tag
        return "", "en"


def find_selection(week: Week) -> Selection | None:
    """Return the list of a week, if anything was ever chosen for it; one statement."""
    same = select(Selection).where(Selection.year == week.year, Selection.week == week.number)
    return session.scalars(same).one_or_none()


def read_chosen(selection_ids: Collection[int]) -> dict[int, list[Chosen]]:
    """Return the lines of lists in their order, as everybody may see them now.

    Five statements at most, whatever is on the lists.
    """
    chosen = select(SelectionItem).where(SelectionItem.selection_id.in_(selection_ids))
    items = session.scalars(chosen.order_by(SelectionItem.position, SelectionItem.id)).all()
    threads = _threads({one.thread_id for one in items if one.thread_id})
    posts = _posts({one.post_id for one in items if one.post_id})
    cases = _cases({one.case_id for one in items if one.case_id})
    found: dict[int, list[Chosen]] = {number: [] for number in selection_ids}
    for one in items:
        thing = (
            threads.get(one.thread_id or 0)
            or posts.get(one.post_id or 0)
            or cases.get(one.case_id or 0)
        )
        found[one.selection_id].append(Chosen(one, thing))
    return found


def read_list(selection: Selection | None) -> list[Chosen]:
    """Return the lines of one list; none where there is no list."""
    return read_chosen([selection.id])[selection.id] if selection else []


def only_shown(chosen: Sequence[Chosen]) -> list[Chosen]:
    """Return those that everybody may see now."""
    return [one for one in chosen if one.thing is not None]


def _threads(ids: Collection[int]) -> Mapping[int, Thing]:
    """Return the threads; one that was merged into another is that other one."""
    if not ids:
        return {}
    merged = select(Thread.id, Thread.merged_into).where(Thread.id.in_(ids))
    places = {number: into or number for number, into in session.execute(merged)}
    known = visible_threads(None).where(
        Thread.id.in_(set(places.values())), Thread.merged_into.is_(None)
    )
    rows = session.execute(known.with_only_columns(Thread.id, Thread.title, Thread.language))
    there = {
        number: Thing("thread", number, title, f"/threads/{number}/", language=language)
        for number, title, language in rows
    }
    return {number: there[place] for number, place in places.items() if place in there}


def _posts(ids: Collection[int]) -> Mapping[int, Thing]:
    if not ids:
        return {}
    known = (
        visible_threads(None)
        .join(Post, Post.thread_id == Thread.id)
        .outerjoin(Person, Person.id == Post.author_id)
        .where(Post.id.in_(ids), may_read_post(None))
        .with_only_columns(
            Post.id, Thread.title, Thread.id, Post.number, Person.name,
            func.substr(Post.body, 1, MOST_READ), Post.language,
        )
    )  # fmt: skip
    return {
        number: Thing(
            "post", number, title, f"/threads/{thread}/posts/{place}/", author or "",
            beginning_of(body, LONGEST_BEGINNING), language,
        )
        for number, title, thread, place, author, body, language in session.execute(known)
    }  # fmt: skip


def _cases(ids: Collection[int]) -> Mapping[int, Thing]:
    if not ids:
        return {}
    known = visible_cases(None).where(CaseStudy.id.in_(ids))
    rows = session.execute(
        known.with_only_columns(CaseStudy.id, CaseStudy.title, CaseStudy.slug, CaseStudy.language)
    )
    return {
        number: Thing("case", number, title, f"/cases/{slug}/", language=language)
        for number, title, slug, language in rows
    }


_POST = re.compile(r"/threads/(\d{1,9})/posts/(\d{1,9})/?")
_THREAD = re.compile(r"/threads/(\d{1,9})/?")
_CASE = re.compile(r"/cases/([^/]+)/?")
_MARK = re.compile(r"post-(\d{1,9})")


def find_thing(address: str) -> Thing | None:
    """Return what an address of ours, pasted whole or in part, leads everybody to.

    A thread's address that ends in a post's mark ("#post-4") is that post's; two statements.
    """
    parts = urlsplit(address.strip())
    path, mark = unquote(parts.path), _MARK.fullmatch(parts.fragment)
    if (found := _POST.fullmatch(path)) is not None:
        return _post_at(int(found[1]), int(found[2]))
    if (found := _THREAD.fullmatch(path)) is not None:
        thread = int(found[1])
        return _post_at(thread, int(mark[1])) if mark else _threads({thread}).get(thread)
    if (found := _CASE.fullmatch(path)) is not None:
        same = select(CaseStudy.id).where(CaseStudy.slug == found[1])
        number = session.scalar(same)
        return _cases({number}).get(number) if number else None
    return None


def _post_at(thread_id: int, number: int) -> Thing | None:
    same = select(Post.id).where(Post.thread_id == thread_id, Post.number == number)
    post_id = session.scalar(same)
    return _posts({post_id}).get(post_id) if post_id else None


def list_published(page: int = 1) -> Page[Selection]:
    """Return the lists that have a page for everybody, the newest first; two statements."""
    published = select(Selection).where(Selection.published_at.is_not(None))
    total = session.scalar(select(func.count()).select_from(published.subquery())) or 0
    newest = published.order_by(Selection.year.desc(), Selection.week.desc())
    part = newest.limit(WEEKS_ON_A_PAGE).offset((page - 1) * WEEKS_ON_A_PAGE)
    return Page(session.scalars(part).all(), page, total, WEEKS_ON_A_PAGE)


def list_weeks(most: int = 26) -> Sequence[Selection]:
    """Return the newest lists, also those that are not closed yet; one statement."""
    newest = select(Selection).order_by(Selection.year.desc(), Selection.week.desc())
    return session.scalars(newest.limit(most)).all()
