"""What moderators find: held posts, flags, an appeal and a submitted case, each of another age."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from academy.db import now, session, transaction
from academy.discussion import service as discussion
from academy.discussion.models import Post, Thread
from academy.library.content import CaseFile
from academy.library.models import CaseStudy, CaseSubmission
from academy.library.service import load_cases
from academy.moderation.models import Appeal, Waiting
from academy.moderation.service import appeal, decide_on_person, flag
from academy.people.models import Person
from tests.cast import Cast
from tests.library.conftest import record


class Desk:
    """A thread of the moderator's; what people do there waits."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.thread = discussion.start_thread(cast.moderator, "Welcome", "Ask here.")[0]

    def hold(self, author: Person, words: str, *, days: int = 0, language: str = "en") -> Waiting:
        """Let a first post wait for so many days."""
        post = discussion.reply(self.thread.id, author, words, language=language).post
        return self._age(post, days)

    def flag(self, author: Person, words: str, reader: Person, *, days: int = 0) -> Waiting:
        """Let a reader flag a post that everybody sees."""
        post = discussion.reply(self.thread.id, author, words).post
        flag(post, reader, "spam", "It sells.")
        return self._age(post, days)

    def _age(self, post: Post, days: int) -> Waiting:
        waiting = session.scalars(select(Waiting).where(Waiting.post_id == post.id)).one()
        with transaction():
            waiting.created_at = now() - timedelta(days=days, minutes=1)
        return waiting

    def appeal(self, person: Person, *, days: int = 0) -> Appeal:
        """Let somebody speak against a warning."""
        made = appeal(decide_on_person(person, self.cast.moderator, "warn", "spam"), person, "Why?")
        with transaction():
            made.created_at = now() - timedelta(days=days, minutes=1)
        return made

    def submit_case(self, person: Person, *, days: int = 0) -> CaseSubmission:
        """Let somebody submit a case."""
        load_cases([CaseFile("forest", record())])
        with transaction() as current:
            case_id = current.scalars(select(CaseStudy.id)).one()
            current.execute(update(CaseStudy).values(status="submitted", origin="member"))
            made = CaseSubmission(
                case_id=case_id, record=record().model_dump(mode="json"), state="waiting",
                submitted_by=person.id, submitted_at=now() - timedelta(days=days, minutes=1),
                words="Please read.",
            )  # fmt: skip
            current.add(made)
        return made

    def thread_now(self) -> Thread:
        """Return the thread as it stands."""
        session.expire_all()
        return session.get_one(Thread, self.thread.id)


@pytest.fixture
def desk(app: Flask, cast: Cast) -> Desk:
    """Return a desk at which nothing waits yet."""
    return Desk(cast)
