"""What readers noted of a thread goes with its posts: who follows, and how far they have read."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from academy.db import table_of
from academy.discussion.models import Reading, Thread
from academy.discussion.service.carrying import Carried

_READINGS = table_of(Reading)


def carry_readings(
    current: Session, source: Thread, target: Thread, posts: Sequence[Carried], *,
    read_before: int, only: Collection[int] | None = None,
) -> None:  # fmt: skip
    """Let the readers of `source` (or `only` some) know the posts in `target` as they knew them.

    Who had read `target` to its end (`read_before`) has read of what came what they had read
    before; for whom something in it is new, all that follows is. What they wish for `target`
    holds; who wished nothing there keeps the wish that they had.
    """
    there = {row.person_id: row for row in current.execute(_of(target.id))}
    new, changed = [], []
    for row in current.execute(_of(source.id)):
        if only is not None and row.person_id not in only:
            continue
        read, known = _read_of(posts, row.read_number), there.get(row.person_id)
        if known is None:
            number = 0 if read_before else read
            new.append({"person": row.person_id, "read": number, "wished": row.wish})
        else:
            has_read = known.read_number >= read_before
            number = max(read, known.read_number) if has_read else known.read_number
            wish = known.wish or row.wish
            changed.append({"person": row.person_id, "read": number, "wished": wish})
    _store(current, target.id, new, changed)


def _of(thread_id: int) -> Select[int, int, str]:
    return select(Reading.person_id, Reading.read_number, Reading.wish).where(
        Reading.thread_id == thread_id
    )


def _read_of(posts: Sequence[Carried], read_number: int) -> int:
    """Return the new number of the last post of those that somebody had read one by one."""
    read = 0
    for post in posts:
        if post.before > read_number:
            break
        read = post.after
    return read


def _store(
    current: Session, thread_id: int, new: list[dict[str, object]], changed: list[dict[str, object]]
) -> None:
    values: dict[object, object] = {
        _READINGS.c.read_number: bindparam("read"), _READINGS.c.wish: bindparam("wished"),
    }  # fmt: skip
    key = {_READINGS.c.thread_id: thread_id, _READINGS.c.person_id: bindparam("person")}
    if new:
        current.execute(_READINGS.insert().values(key | values), new)
    if changed:
        theirs = [column == value for column, value in key.items()]
        current.execute(_READINGS.update().where(*theirs).values(values), changed)
