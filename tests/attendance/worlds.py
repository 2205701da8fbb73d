"""Random small worlds of evidence, for tests that compare two ways of counting it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from academy.attendance.models import AttendanceImport, Evidence, Identity, Match
from academy.attendance.rules.rules import Rules, breaks_of
from academy.db import now, session
from academy.people.models import Person
from academy.programme.models import LiveSession, Series, UploadedFile

START = datetime(2020, 5, 2, 6, 0, tzinfo=UTC)
#: Whom an identity of a world is: one of three people, nobody known yet, or not counted.
WHO = ("first", "second", "third", "open", "excluded", "bot")
#: Where a row stands: in a file that counts or not, of times or of envelopes, or in none.
ORIGINS = ("zoom-participants", "google-meet", "undone", "roll", "link", "withdrawn")


@dataclass(frozen=True)
class Fact:
    """One row of evidence, in minutes after the start."""

    week: int
    identity: int
    origin: str
    joined: int | None
    left: int | None
    stated: int | None


_minutes = st.integers(-15, 170)
_times = st.one_of(
    st.tuples(_minutes, _minutes).map(lambda pair: (min(pair), max(pair))),
    st.tuples(_minutes, st.none()),
    st.just((None, None)),
)
facts = st.lists(
    st.builds(
        lambda week, identity, origin, times, stated: Fact(
            week, identity, origin, times[0], times[1], stated
        ),
        st.integers(0, 1),
        st.integers(0, len(WHO) + 2),
        st.sampled_from(ORIGINS),
        _times,
        st.one_of(st.none(), st.integers(0, 160)),
    ),
    max_size=25,
)


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    """Draw rules with up to two breaks."""
    edges = sorted(draw(st.sets(st.integers(0, 150), max_size=4)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return Rules(
        smallest_stay=draw(st.sampled_from((0, 1, 20))),
        breaks=breaks_of(pairs),
        door_counts=draw(st.booleans()),
    )


def make_series(people: int = 3) -> tuple[Series, list[Person]]:
    """Store a series of two live sessions of different lengths, and people."""
    series = Series(slug="world", title="World", zone="Asia/Kuala_Lumpur", status="published")
    for number, minutes in enumerate((150, 60)):
        series.live_sessions.append(LiveSession(
            slug=f"world-{number}", number=number, title="One", minutes=minutes,
            starts_at=START + timedelta(days=7 * number), zone="UTC", status="published",
        ))  # fmt: skip
    persons = [Person(name=f"Person {number}") for number in range(people)]
    session.add_all([series, *persons])
    session.flush()
    return series, persons


def store_facts(series: Series, persons: list[Person], told: list[Fact]) -> None:
    """Store evidence with its identities and the matches that humans made of them."""
    imports: dict[tuple[int, str], AttendanceImport] = {}
    identities: dict[tuple[int, int], Identity] = {}
    for fact in told:
        live_session = series.live_sessions[fact.week]
        identity = identities.get((fact.week, fact.identity))
        if identity is None:
            identity = _identity(live_session, fact.identity, persons)
            identities[fact.week, fact.identity] = identity
        record = None
        if fact.origin not in {"roll", "link", "withdrawn"}:
            key = (fact.week, fact.origin)
            record = imports.setdefault(key, _import(live_session, fact.origin))
        session.flush()
        session.add(_evidence(fact, live_session, identity, record))
    session.flush()


def _identity(live_session: LiveSession, number: int, persons: list[Person]) -> Identity:
    kind = WHO[number % len(WHO)]
    identity = Identity(
        live_session_id=live_session.id, key=f"name:{number}", shown_name=f"Shown {number}",
        names=[f"Shown {number}"], excluded_because="bot" if kind == "bot" else "",
    )  # fmt: skip
    session.add(identity)
    if kind in WHO[:3]:
        person = persons[WHO.index(kind)]
        identity.matches.append(_by_hand("person", person.id, persons[0].id))
    if kind == "excluded":
        identity.matches.append(_by_hand("excluded", None, persons[0].id))
    return identity


def _by_hand(decision: str, person_id: int | None, by: int) -> Match:
    return Match(decision=decision, person_id=person_id, rule="by_hand", decided_by=by)


def _import(live_session: LiveSession, origin: str) -> AttendanceImport:
    file = UploadedFile(name="x.csv", sha256=origin, size=1, content=b"x")
    record = AttendanceImport(
        live_session=live_session, file=file, zone="UTC",
        format="zoom-participants" if origin == "undone" else origin,
        state="undone" if origin == "undone" else "done",
    )  # fmt: skip
    session.add(record)
    return record


def _evidence(
    fact: Fact, live_session: LiveSession, identity: Identity, record: AttendanceImport | None
) -> Evidence:
    is_withdrawn = fact.origin == "withdrawn"
    source = "roll" if is_withdrawn else "file" if record else fact.origin
    return Evidence(
        live_session_id=live_session.id, identity_id=identity.id, source=source,
        import_id=record.id if record else None, row_number=1 if record else None, cells={},
        joined_at=_moment(live_session, fact.joined), left_at=_moment(live_session, fact.left),
        stated_minutes=fact.stated, withdrawn_at=now() if is_withdrawn else None,
    )  # fmt: skip


def _moment(live_session: LiveSession, minute: int | None) -> datetime | None:
    return None if minute is None else live_session.starts_at + timedelta(minutes=minute)
