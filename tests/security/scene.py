"""The academy in which the matrix of rights is tried: one of everything, each somebody's own."""

import re
from datetime import UTC, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Select, select

from academy.attendance import service as attendance
from academy.attendance.models import AttendanceImport, Identity, ListeningPoint
from academy.attendance.service.recomputes import begin_recompute
from academy.db import now, session, transaction
from academy.discussion.models import Post, Selection, SelectionItem
from academy.discussion.service import reply, start_thread
from academy.discussion.service.writing import appear
from academy.library.content import CaseFile
from academy.library.models import CaseStudy, CaseWriter, FeaturedCase
from academy.library.service import comment, invite_writer, load_cases
from academy.messaging.choosing import choices_path
from academy.messaging.models import Message
from academy.moderation.models import Waiting, WatchedWord
from academy.moderation.service import appeal, decide_on_person, watch
from academy.people.models import EmailAddress, Person, SignIn
from academy.people.service import create_person
from academy.people.service.api_tokens import create_api_token
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.programme.personal_links import Named, calendar_path, link_path
from academy.programme.registration_import import keep_upload, read_file
from academy.programme.service import create_series, register
from academy.security.scopes import SCOPES
from tests.attendance.zoom_files import zoom_file
from tests.cast import Cast, sign_in_to
from tests.learning.group_scene import a_facilitated_course
from tests.learning.writing import a_course
from tests.library.cases import a_draft as a_case
from tests.library.cases import a_submission
from tests.library.conftest import record
from tests.library.picture_files import keep_picture
from tests.reminders.announcements.drafts import a_draft

ROLES = (
    "anonymous", "learner", "other_learner", "organiser", "focal_point", "moderator",
    "administrator",
)  # fmt: skip
#: The one live session that has taken place, to which the learner objects.
HELD = "held-1"
#: The digests of the pictures of both cases.
PICTURES = {"weaving": "a" * 32, "draft": "b" * 32}
#: A secret that nobody was ever sent.
UNKNOWN_SECRET = "A" * 43
PLACEHOLDER = re.compile(r"<(?:\w+:)?(\w+)>")
#: Addresses that name a course and its parts.
OF_COURSES = ("/courses/", "/desk/courses/", "/threads/lesson/", "/threads/reflections/")
#: Addresses whose slug is that of a live session, not of a series.
ONE_LIVE_SESSION = re.compile(r"(live-sessions|^/listening-points|^/codes)/.*<slug>")
#: What a program sends, where the verdict depends on it.
BODIES: dict[str, dict[str, object]] = {
    "POST /api/v1/series": {
        "slug": "new", "title": "New", "zone": "Asia/Manila", "starts": "2030-05-04T14:00",
        "minutes": 90,
    },
    "PATCH /api/v1/series/<slug>": {"summary": "By hand"},
    "POST /api/v1/series/<slug>/registrations": {
        "name": "Gita", "email": "gita@example.net", "country": "NP",
    },
}  # fmt: skip


class Scene:
    """A published series and a draft, the learner's own things, and those of a woman of Nepal."""

    def __init__(self, app: Flask, cast: Cast) -> None:
        self.app, self.cast = app, cast
        self.clients = {role: self._client(role) for role in ROLES}
        tokens = {role: _token_of(person_of(cast, role)) for role in ROLES[1:]}
        self.secrets = {role: secret for role, (_id, secret) in tokens.items()}
        self.series, self.draft = _series("weaving"), _series("draft", published=False)
        self.slugs = {each.slug: each.live_sessions[0].slug for each in (self.series, self.draft)}
        _cases()
        self.threads = _threads(cast.learner)
        self.moderated = _moderated(cast, self.threads["weaving"])
        self.course = a_course(cast.learner)
        self.written = _written(cast)
        self.nepali = create_person("Maya", "maya@example.org", country="NP")
        self.registrations = {
            person.id: register(person, self.series, source="api").id
            for person in (cast.learner, self.nepali)
        }
        self.numbers = {
            **a_facilitated_course(self.series, cast),
            **self._of_the_learner(),
            **self._of_imports(),
            "objection_id": _objection(cast.learner),
            "grant_id": cast.moderator.roles[0].id,
            "own_token": tokens["organiser"][0],
            "others_token": tokens["administrator"][0],
        }

    def _client(self, role: str) -> FlaskClient:
        client = self.app.test_client()
        return client if role == "anonymous" else sign_in_to(client, person_of(self.cast, role))

    def _of_the_learner(self) -> dict[str, int]:
        person_id = self.cast.learner.id
        with transaction() as current:
            second = EmailAddress(
                person_id=person_id, address="two@example.org", normal="two@example.org",
                verified_at=datetime(2026, 1, 1, tzinfo=UTC), source="added",
            )  # fmt: skip
            current.add(second)
        place = Place.registration_id == self.registrations[person_id]
        return {
            "address_id": second.id,
            "sign_in_id": _first(select(SignIn.id).where(SignIn.person_id == person_id)),
            "place_id": _first(select(Place.id).where(place)),
        }

    def _of_imports(self) -> dict[str, int]:
        live_session, people = self.series.live_sessions[0], b"Name,Email\nSiti,siti@example.org\n"
        file = read_file(people, "people.csv")
        kept = keep_upload(self.series, "people.csv", people, file, self.cast.organiser.id)
        came = came_on_the_day("Siti")
        attendance.import_attendance(live_session, came, "zoom.csv")
        waiting = attendance.offer_file(self.series, came_on_the_day("Budi"), "other.csv").file
        identity = session.scalars(select(Identity)).one()
        match = attendance.exclude(identity, "staff", seen=None, actor_id=self.cast.organiser.id)
        point = _listening_point(live_session, self.cast.learner)
        return {
            "registration_import": kept.id,
            "attendance_import": _first(select(AttendanceImport.id)),
            "offered_id": waiting.id,
            "identity_id": identity.id,
            "match_id": match.id,
            "point_id": point,
            **_announcements(self.series, self.cast),
            "recompute_id": begin_recompute(self.series, self.cast.organiser.id).id,
        }

    def fill_in(self, rule: str, case: str) -> str:
        """Return an address: `rule` with the things of `case` in place of its placeholders."""
        slug = "draft" if case == "draft" else "weaving"
        person = self.nepali if case == "Nepal" else self.cast.learner
        writer = "focal_announcement" if case == "Nepal" else "organisers_announcement"
        imports = "attendance_import" if "attendance-imports" in rule else "registration_import"
        parts: dict[str, object] = {
            **self.numbers,
            "slug": self._slug(rule, slug),
            "import_id": self.numbers[imports],
            "announcement_id": self.numbers[writer],
            "person_id": person.id,
            "message_id": _first(select(Message.id).where(Message.person_id == person.id)),
            "registration_id": self.registrations[person.id],
            "token_id": self.numbers["others_token" if case == "others" else "own_token"],
            "token": self.token_of(rule) if case == "own" else UNKNOWN_SECRET,
            "kind": "csv",
            "key": "spam",
            "run_id": 1,
            "number": 1,
            "filename": "css/site.css",
            "thread_id": self.threads[slug],
            "year": now().year,
            "week": "2026-02" if case == "draft" else "2026-01",
            **_of_writing(self.written, rule),
            **self.moderated,
            "plan": "reminder_one_day",
            "group": "announcements",
            "language": "en",
            "digest": PICTURES[slug],
            "name": f"{PICTURES[slug]}-480.webp",
            **self._of_courses(rule),
        }
        return PLACEHOLDER.sub(lambda found: str(parts[found[1]]), rule)

    def _of_courses(self, rule: str) -> dict[str, object]:
        """Return what addresses of a course name; what is shared was handed in."""
        if rule.startswith("/threads/attempts/"):
            return {**self.course, "attempt_id": self.course["handed_in_id"]}
        return self.course if rule.startswith(OF_COURSES) else {}

    def _slug(self, rule: str, slug: str) -> str:
        """Return the slug of a series or of a live session; one's attendance needs a held one."""
        if rule.startswith("/attendance/"):
            return self.slugs[slug] if slug == "draft" else HELD
        return self.slugs[slug] if ONE_LIVE_SESSION.search(rule) else slug

    def link_of(self, person_id: int) -> Named:
        """Return the registration of a person and which of its links holds now."""
        registration_id = self.registrations[person_id]
        statement = select(Registration.link_version).where(Registration.id == registration_id)
        return Named(registration_id, session.scalars(statement).one())

    def token_of(self, rule: str) -> str:
        """Return the learner's token for a personal link, its calendar, or choices of mail."""
        if rule.startswith("/mail/"):
            return choices_path(self.cast.learner.id).split("/")[-1]
        named = self.link_of(self.cast.learner.id)
        path = calendar_path(named) if rule.startswith("/calendar/") else link_path(named)
        return path.split("/")[-1].removesuffix(".ics")


def _objection(person: Person) -> int:
    """Let a person object to a live session of yesterday, "held-1"."""
    with transaction() as current:
        series = Series(slug="held", title="Held", zone="Asia/Manila", status="published")
        series.live_sessions.append(LiveSession(
            slug=HELD, number=1, title="Held", minutes=60, zone="Asia/Manila",
            starts_at=now() - timedelta(days=1), status="published",
        ))  # fmt: skip
        current.add(series)
        current.flush()
        current.add(Registration(series_id=series.id, person_id=person.id))
    word = attendance.Word("was_there")
    return attendance.object_to(series.live_sessions[0], person.id, word).id


def _threads(person: Person) -> dict[str, int]:
    """Begin a thread that everybody reads, and one that was hidden."""
    shown, hidden = (start_thread(person, f"Question {each}", "Words")[0] for each in range(2))
    with transaction():
        for thread in (shown, hidden):
            post = session.scalars(select(Post).where(Post.thread_id == thread.id)).one()
            appear(session(), thread, post)
        hidden.state = "hidden"
    return {"weaving": shown.id, "draft": hidden.id}


def _moderated(cast: Cast, thread_id: int) -> dict[str, int]:
    """Let a post wait, decide about the learner, who appeals, and watch a word."""
    waits = reply(thread_id, cast.other_learner, "A first answer").post
    decision = decide_on_person(cast.learner, cast.organiser, "warn", "other", note="A word.")
    appeal(decision, cast.learner, "Why?")
    watch("loan", cast.moderator)
    item = _selected(thread_id)
    return {
        "item_id": item,
        "waiting_id": _first(select(Waiting.id).where(Waiting.post_id == waits.id)),
        "decision_id": decision.id,
        "word_id": _first(select(WatchedWord.id)),
    }


def _selected(thread_id: int) -> int:
    """Let a thread be worth reading in a week that is over, and begin another list."""
    with transaction() as current:
        over, begun = (Selection(year=2026, week=week) for week in (1, 2))
        over.published_at = now()
        current.add_all([over, begun])
        current.flush()
        item = SelectionItem(
            selection_id=over.id, thread_id=thread_id, words={"en": "Read it."}, position=1
        )
        current.add(item)
        current.flush()
        return item.id


def _cases() -> None:
    """Put a case on the shelf, and take another one from it; each has a picture."""
    shown, gone = (CaseFile(slug, record(pictures=[
        {"file": f"{digest}.webp", "alternative": "Women at a loom"}
    ])) for slug, digest in PICTURES.items())  # fmt: skip
    load_cases([shown, gone])
    load_cases([shown])
    for case in session.scalars(select(CaseStudy)).all():
        keep_picture(case.id, PICTURES[case.slug])
    published = session.scalars(select(CaseStudy).where(CaseStudy.slug == "weaving")).one()
    with transaction() as current:
        current.add(FeaturedCase(
            case_id=published.id, why="It is new.", language="en", from_on=now().date(), position=1,
        ))  # fmt: skip


def _of_writing(written: dict[str, int], rule: str) -> dict[str, object]:
    """Return what addresses of cases that are written and reviewed name."""
    return {
        "case_id": written["submitted" if "/cases/review/" in rule else "begun"],
        "step": "about",
        "writer_id": written["invitation" if "invitations" in rule else "writer"],
        "comment_id": written["comment"],
        "older": 1,
        "newer": 1,
    }


def _written(cast: Cast) -> dict[str, int]:
    """Let the learner begin a case with somebody, submit another, and be asked to write a third."""
    begun, submitted = a_case(cast.learner), a_submission(cast.learner)[0]
    invite_writer(begun, cast.learner, "nobody@example.org")
    theirs = a_case(cast.other_learner)
    invite_writer(theirs, cast.other_learner, cast.learner.addresses[0].normal)
    return {
        "begun": begun.id,
        "submitted": submitted.id,
        "comment": comment(submitted, cast.learner, "", "Hello").id,
        "writer": _first(select(CaseWriter.id).where(CaseWriter.case_id == begun.id)),
        "invitation": _first(select(CaseWriter.id).where(CaseWriter.case_id == theirs.id)),
    }


def _announcements(series: Series, cast: Cast) -> dict[str, int]:
    """Let the organiser and the focal point of Nepal write a draft each."""
    return {
        "organisers_announcement": a_draft(series, cast.organiser).id,
        "focal_announcement": a_draft(series, cast.focal_point).id,
    }


def _listening_point(live_session: LiveSession, host: Person) -> int:
    """Store a listening point, though the live session is still to come."""
    with transaction() as current:
        point = ListeningPoint(
            live_session_id=live_session.id, place="Hall", country="NP", hosted_by=host.id, women=3
        )
        current.add(point)
    return point.id


def _token_of(person: Person) -> tuple[int, str]:
    token, secret = create_api_token(person, "matrix", SCOPES)
    return token.id, secret


def _series(slug: str, *, published: bool = True) -> Series:
    return create_series(
        slug, "Weaving", zone="Asia/Kuala_Lumpur", minutes=150, weeks=1, published=published,
        first_start=datetime(2030, 5, 4, 14),  # noqa: DTZ001  what the clock shows there
    )  # fmt: skip


def came_on_the_day(name: str) -> bytes:
    """Return the file of the first live session, to which somebody of that name came."""
    file = zoom_file([(name, "", "14:00:00", "15:00:00")])
    return file.replace(b"05/02/2020", b"05/04/2030")


def _first(statement: Select[int]) -> int:
    return session.execute(statement.limit(1)).scalar_one()


def person_of(cast: Cast, role: str) -> Person:
    """Return the member of the cast who plays `role`."""
    person = getattr(cast, role)
    assert isinstance(person, Person)
    return person
