"""An academy where every field that people fill holds strings that want to run something."""

from collections.abc import Callable, Iterator
from datetime import date

from flask.testing import FlaskClient
from sqlalchemy import select

from academy.db import now, session, transaction
from academy.discussion.models import Post, PostVersion, Thread, ThreadSummary
from academy.library.content import CaseFile
from academy.library.models import CaseStudy, FeaturedCase
from academy.library.record import CaseRecord
from academy.library.service import load_cases
from academy.moderation.models import Appeal, Decision, Flag, Waiting, WatchedWord
from academy.people.models import Person
from tests.cast import Cast
from tests.library.picture_files import keep_picture
from tests.security.corpus import CORPUS

#: So many of the case's pictures are there; of the others only their words are left.
PICTURES = 10


def chunks(size: int) -> list[str]:
    """Return the corpus as texts of at most `size` characters; a longer string is cut."""
    texts: list[str] = []
    for one in CORPUS:
        if texts and len(texts[-1]) + len(one) + 1 <= size:
            texts[-1] += f"\n{one}"
        else:
            texts.append(one[:size])
    return texts


def take_turns(size: int) -> Callable[[], str]:
    """Return a function that gives one chunk after the other, in one line, and begins anew."""
    lines = [" ".join(text.split()) or "x" for text in chunks(size)]
    turn = iter(range(1_000_000))
    return lambda: lines[next(turn) % len(lines)]


class Spoiled:
    """Threads, decisions and a case that hold the corpus, and the pages that show it."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        with transaction():
            self._spoil_case()
            self._spoil_thread()
            self._spoil_lists()
            self._spoil_decisions()

    def _spoil_thread(self) -> None:
        whole = "\n\n".join(CORPUS)
        self.thread = Thread(
            subject_kind="case", subject_id=self.case_id, title=chunks(200)[0], language="en",
            started_by=self.cast.learner.id, last_number=len(CORPUS) + 1, summary=whole,
            visible_posts=len(CORPUS) + 1, summary_version=1,
        )  # fmt: skip
        session.add(self.thread)
        session.flush()
        posts = [
            Post(
                thread_id=self.thread.id, number=number, body=body, language="en",
                author_id=self.cast.learner.id, is_best=number < 9, moderator_note=body[:500],
            )
            for number, body in enumerate((whole, *CORPUS), start=1)
        ]  # fmt: skip
        session.add_all(posts)
        session.flush()
        self.first = posts[0]
        for version, body in enumerate(CORPUS[:90], start=1):
            session.add(PostVersion(post_id=posts[0].id, version=version, body=body, note=body))
        for version, body in enumerate(chunks(1_500), start=1):
            session.add(
                ThreadSummary(thread_id=self.thread.id, version=version, body=body, covers=1)
            )

    def _spoil_lists(self) -> None:
        for title in chunks(200):
            session.add(
                Thread(
                    subject_kind="topic", title=title, language="en", last_number=1,
                    visible_posts=1, started_by=self.cast.learner.id,
                )
            )  # fmt: skip
        for word in dict.fromkeys(one[:100] for one in CORPUS):
            session.add(WatchedWord(word=word))
        session.flush()

    def _spoil_decisions(self) -> None:
        self.waiting = Waiting(post_id=self.first.id, held_for="", flags=9)
        session.add(self.waiting)
        for number, words in enumerate(chunks(500)):
            person = Person(name=chunks(120)[number], country="KH", zone="")
            session.add(person)
            session.flush()
            session.add(
                Flag(post_id=self.first.id, person_id=person.id, reason="other", words=words)
            )
        texts = chunks(2_000)
        self.decisions = [
            Decision(
                action="hide", reason="other", note=note, post_id=self.first.id,
                thread_id=self.thread.id, person_id=self.cast.learner.id,
                decided_by=self.cast.administrator.id,
            )
            for note in texts
        ]  # fmt: skip
        session.add_all(self.decisions)
        session.flush()
        for decision, words in zip(self.decisions, texts, strict=True):
            session.add(
                Appeal(
                    decision_id=decision.id, words=words, answer=words, upheld=False,
                    answered_at=now(), answered_by=self.cast.moderator.id,
                )
            )  # fmt: skip

    def _spoil_case(self) -> None:
        load_cases([CaseFile("spoiled", spoiled_record())])
        case = session.scalars(select(CaseStudy)).one()
        self.case_id = case.id
        for number in range(PICTURES):
            keep_picture(case.id, f"{number:032x}")
        session.add(
            FeaturedCase(
                case_id=case.id, why=chunks(300)[0], language="en", from_on=date(2020, 1, 1),
                position=1,
            )
        )  # fmt: skip

    def pages(self) -> Iterator[str]:
        """Give every page that shows some of it to a moderator who is the author, too."""
        at = f"/threads/{self.thread.id}/"
        yield from (f"{at}?page={page}" for page in range(1, 6))
        yield from (f"/threads/?page={page}" for page in (1, 2, 3))
        yield from (f"{at}posts/1/history", f"{at}posts/1/edit", f"{at}posts/1/removal")
        yield from (f"{at}summary", f"{at}summary/history", f"{at}?answers=1&quote=1")
        yield from (f"/moderation/flags/{self.thread.id}/2", "/moderation/", "/moderation/words")
        yield from (f"/moderation/queue/{self.waiting.id}/", "/moderation/log", "/", "/cases/")
        yield from (f"/moderation/decisions/{one.id}/" for one in self.decisions[:3])
        yield from (
            "/cases/spoiled/",
            "/desk/featured-cases/",
            f"/moderation/threads/{self.thread.id}/",
        )
        yield "/cases/by-demand/"

    def feeds(self) -> tuple[str, ...]:
        """Give the addresses that programs read."""
        return f"/threads/{self.thread.id}/feed.atom", "/cases/feed.atom", "/cases/featured.atom"

    def address_of_edit(self) -> str:
        """Give the page on which the first post is edited."""
        return f"/threads/{self.thread.id}/posts/1/edit"


def spoiled_record() -> CaseRecord:
    """Return a case that holds the corpus in every field which takes words."""
    line, prose = take_turns(280), "\n\n".join(chunks(5_900)[:1])
    partner = {"name": line(), "country": "NP", "role": line()}
    fields = (
        "people_served", "demand", "approach", "technology", "innovation",
        "shared_across_borders", "shared_within_country",
    )  # fmt: skip
    told = {
        "title": line(), "language": "en", "kind": "peer", "summary": line(),
        "places": [{"country": "NP", "locality": line()} for _ in range(12)],
        "organisation": partner, "demands": ["commons"], "goals": [15], "toolkits": ["commons"],
        "partners": [{"name": line(), "role": line()} for _ in range(30)],
        "results": [{"what": line(), "value": 1, "unit": line()[:100], "source": "a"}] * 3,
        "lessons": chunks(900)[:20], **dict.fromkeys(fields, prose),
        "sources": [
            {"key": "a", "title": line(), "authors": line(), "publisher": line(), "part": line(),
             "address": "https://a.example/\"'><img/src=x/onerror=canary()>"},
        ],
        "dimensions": {"planet": prose, "people": prose},
        "disagreements": [
            {"about": line(), "sayings": [{"text": line(), "source": "a"}] * 2} for _ in range(9)
        ],
        "pictures": [
            {"file": f"{number:032x}.webp", "alternative": line(), "credit": line()}
            for number in range(PICTURES + 2)
        ],
    }  # fmt: skip
    return CaseRecord.model_validate(told)


def typed_into(client: FlaskClient, scene: Spoiled) -> Iterator[tuple[str, int, str]]:
    """Send the corpus through every form; give the address, the status and what came back.

    What a form takes is led on; what it refuses comes back in its boxes.
    """
    at = f"/threads/{scene.thread.id}/"
    decision = f"/moderation/decisions/{scene.decisions[0].id}/"
    boxes = {
        "/threads/new": ("title", "body", "language", "request_key"),
        f"{at}posts/": ("body", "language", "answers", "request_key"),
        f"{at}posts/1/edit": ("body", "version"),
        f"{at}summary": ("body", "version"),
        f"/moderation/flags/{scene.thread.id}/2": ("reason", "words"),
        f"/moderation/queue/{scene.waiting.id}/": ("action", "reason", "note", "days"),
        f"/moderation/threads/{scene.thread.id}/": ("action", "reason", "note"),
        "/moderation/words": ("word",),
        decision: ("words",),
        f"{decision}answer": ("upheld", "answer"),
    }  # fmt: skip
    for address, names in boxes.items():
        for text in chunks(6_000):
            answer = client.post(address, data=dict.fromkeys(names, text), follow_redirects=True)
            yield address, answer.status_code, answer.text


def asked_for(client: FlaskClient) -> Iterator[tuple[str, int, str]]:
    """Search for the corpus everywhere; give the address, the status and what came back."""
    for text in chunks(200):
        address = ("/threads/", "/search/", "/cases/")[len(text) % 3]
        answer = client.get(address, query_string={"words": text, "q": text, "language": text})
        yield address, answer.status_code, answer.text
