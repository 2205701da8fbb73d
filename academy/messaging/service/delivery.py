"""Delivering what is due: in batches, one hand-over after another, each outcome on record."""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, select
from sqlalchemy.exc import OperationalError

from academy.db import now, session, transaction
from academy.lib import jobs
from academy.messaging import post_office
from academy.messaging.channels import (
    DeliveryFailed,
    DeliveryRefused,
    DeliveryUncertain,
    FolderChannel,
)
from academy.messaging.choosing import unsubscribe_path
from academy.messaging.kinds import GROUP_OF, SECRET
from academy.messaging.letters import Letter, language_of
from academy.messaging.mails import Enclosure, NotAnAddress, make_mail
from academy.messaging.outbox import AGES
from academy.messaging.ports import (
    Due,
    enclose,
    find_outdated,
    find_sleeping,
    tell_followers,
    write,
    written_again,
)
from academy.messaging.service.bounced import find_bounced
from academy.messaging.service.claims import (
    MOST_ATTEMPTS,
    Claim,
    Outcome,
    claim_due,
    hand_over,
    line_to_ledger,
    release,
    settle,
)
from academy.people.models import EmailAddress, Person

log = logging.getLogger(__name__)
LONGEST_WAIT = timedelta(hours=6)
#: So many messages are claimed at once.
BATCH = 200
#: A batch that takes longer than this (a slow mail server) is given back: claims must stay young.
SECONDS_A_BATCH = 30.0
#: A look ends before the queue would end it (queues.URGENT), the last mail's wait included.
SECONDS_A_LOOK = 30.0
#: So often a worker tries to put on record what it sent when the database went away.
TRIES_TO_NOTE = 100
SECONDS_BETWEEN_TRIES = 0.5
CLOSED = "the account is closed"
ASLEEP = "the quiet hours of the person last until it is too late"
NO_ADDRESS = "the person has no address"


def deliver(message_id: int) -> bool:
    """Send one message if it is due and nobody else is sending it; return whether it was sent."""
    return deliver_claims(claim_due(1, only=message_id)) == 1


def deliver_due(limit: int = 2_000) -> int:
    """Deliver what is due, oldest first, `limit` at most; return how many were sent.

    Beat asks for it every minute, so a lost queue loses no message. What a worker that died had
    handed over is sent again with the same Message-ID and marked as perhaps arriving twice. Where
    there is more than one batch, others are asked to help; where there is more than this look
    may take, or has time for, another look is asked for.
    """
    started, sent, taken = time.monotonic(), 0, 0
    while claims := claim_due(min(BATCH, limit - taken)):
        if taken == 0 and len(claims) == BATCH:
            jobs.ask_for("message.sweep")
        taken += len(claims)
        sent += deliver_claims(claims)
        if taken >= limit or time.monotonic() - started > SECONDS_A_LOOK:
            jobs.ask_for("message.sweep")
            break
    return sent


@dataclass(frozen=True, slots=True)
class _Ready:
    """A claim with its words, and what goes with them."""

    claim: Claim
    language: str
    enclosures: Sequence[Enclosure]


def deliver_claims(claims: Sequence[Claim]) -> int:
    """Send the batch; the outcome of each is committed together with the next one's hand-over."""
    run = _Run()
    try:
        with line_to_ledger() as line:
            for ready in _still_to_tell(claims):
                run.send(ready, line)
    except BaseException:
        # Whatever it was: what was sent stays sent, and what was not reached was not tried.
        run.note_again()
        release(claims)
        raise
    run.note_last()
    tell_followers((claim.kind, claim.occasion) for claim in claims)
    return run.sent


@dataclass(slots=True)
class _Run:
    """How far a batch is: what became of those that were sent, and of the one not yet on record."""

    outcomes: list[Outcome] = field(default_factory=list)
    last: Outcome | None = None

    @property
    def sent(self) -> int:
        return sum(outcome.values["state"] == "sent" for outcome in self.outcomes)

    def send(self, ready: _Ready, line: Connection | None) -> None:
        """Send it, unless somebody stopped it or took it over."""
        is_ours = hand_over(ready.claim, self.last, line)
        self.last = None
        if is_ours:
            self.last = _send(ready)
            self.outcomes.append(self.last)

    def note_last(self) -> None:
        """Write what became of the last one; with it, all before it is on the disk."""
        if self.last is not None:
            settle(self.last)

    def note_again(self) -> None:
        """Write what became of each, where the database was away: it may have forgotten some."""
        for tries_left in reversed(range(TRIES_TO_NOTE)):
            try:
                for outcome in self.outcomes:
                    settle(outcome)
            except OperationalError:
                if not tries_left:
                    raise
                log.warning("the database is away: what was sent is noted as soon as it is back")
                time.sleep(SECONDS_BETWEEN_TRIES)
            else:
                return


def _still_to_tell(claims: Sequence[Claim]) -> Iterator[_Ready]:
    """Yield what still has something to tell, while the batch is young; give back the rest."""
    prepared = _prepare_together(claims)
    started = time.monotonic()
    for place, claim in enumerate(claims):
        if time.monotonic() - started > SECONDS_A_BATCH:
            release(claims[place:])
            return
        one = prepared[claim.id]
        if isinstance(one, Outcome):
            settle(one)
        else:
            yield one


def _prepare_together(claims: Sequence[Claim]) -> dict[int, _Ready | Outcome]:
    """Prepare the batch; where one of it spoils that, each alone, so that only this one fails."""
    try:
        return _prepare(claims)
    except Exception:
        log.exception("a batch of mail could not be written: each is written alone")
    return {claim.id: _prepare_alone(claim) for claim in claims}


def _prepare_alone(claim: Claim) -> _Ready | Outcome:
    try:
        return _prepare([claim])[claim.id]
    except Exception as error:
        log.exception("message %s could not be written", claim.id)
        return _failed(claim, DeliveryFailed(f"it could not be written: {type(error).__name__}"))


def _prepare(claims: Sequence[Claim]) -> dict[int, _Ready | Outcome]:
    """Return what leaves, with its words, and what becomes of the others."""
    claims = _addressed(claims)
    languages = _read_languages({claim.person_id for claim in claims})
    prepared: dict[int, _Ready | Outcome] = {**_find_staying(claims, languages)}
    leaving = [claim for claim in claims if claim.id not in prepared]
    letters, enclosures = _write(leaving), _enclose(leaving)
    for claim in leaving:
        letter = letters.get(claim.id)
        written = _with_words(claim, letter)
        own = letter.language if letter else ""
        language = own or language_of(claim.kind, languages[claim.person_id])
        prepared[claim.id] = _Ready(written, language, enclosures.get(claim.id, ()))
    return prepared


def _addressed(claims: Sequence[Claim]) -> list[Claim]:
    """Put in the primary address of now where the message was planned without words.

    Words that stand are for the address that they were planned for ("is this yours?"); what is
    written as it leaves is for the person, who may have another one since.
    """
    person_ids = {claim.person_id for claim in claims if not claim.text}
    statement = select(EmailAddress.person_id, EmailAddress.address).where(
        EmailAddress.person_id.in_(person_ids), EmailAddress.is_primary
    )
    with transaction():
        found = session.execute(statement).all() if person_ids else []
    primary = {row[0]: row[1] for row in found}
    return [
        claim if claim.text else replace(claim, address=primary.get(claim.person_id, ""))
        for claim in claims
    ]


def _with_words(claim: Claim, letter: Letter | None) -> Claim:
    return replace(claim, subject=letter.subject, text=letter.text) if letter else claim


def _write(claims: Sequence[Claim]) -> dict[int, Letter]:
    """Write in the words that hold now what was planned without any, and what may have changed."""
    due = [_due(claim) for claim in claims if not claim.text or claim.kind in written_again]
    with transaction():
        return write(due) if due else {}


def _enclose(claims: Sequence[Claim]) -> dict[int, Sequence[Enclosure]]:
    with transaction():
        return enclose([_due(claim) for claim in claims])


def _due(claim: Claim) -> Due:
    return Due(claim.id, claim.person_id, claim.kind, claim.occasion, claim.address)


def _find_staying(claims: Sequence[Claim], languages: Mapping[int, str]) -> dict[int, Outcome]:
    """Return what becomes of those that do not leave now."""
    outdated = _find_outdated(claims, languages)
    left = [claim for claim in claims if claim.id not in outdated]
    returned = _find_returned([claim for claim in left if claim.address])
    reasons = {
        **{claim.id: ("no_address", NO_ADDRESS) for claim in left if not claim.address},
        **{number: ("outdated", why) for number, why in outdated.items()},
        **{number: ("returned", why) for number, why in returned.items()},
    }
    stays = {
        claim.id: _suppressed(claim, *reasons[claim.id]) for claim in claims if claim.id in reasons
    }
    return stays | _find_waiting([claim for claim in claims if claim.id not in stays])


def _find_waiting(claims: Sequence[Claim]) -> dict[int, Outcome]:
    """Return what becomes of those that would come in the night: they wait, unless in vain."""
    sleeping = find_sleeping([_due(claim) for claim in claims])
    return {
        claim.id: _postponed(claim, sleeping[claim.id]) for claim in claims if claim.id in sleeping
    }


def _find_outdated(claims: Sequence[Claim], languages: Mapping[int, str]) -> dict[int, str]:
    due = [_due(claim) for claim in claims]
    outdated = {one.id: CLOSED for one in due if one.person_id not in languages}
    return outdated | find_outdated([one for one in due if one.id not in outdated])


def _find_returned(claims: Sequence[Claim]) -> dict[int, str]:
    """Return what goes to an address from which mail came back, and why it did.

    What somebody asks for this minute is tried all the same: their mailbox may be mended.
    """
    ours = [claim for claim in claims if claim.kind not in AGES]
    with transaction():
        bounced = find_bounced({claim.person_id for claim in ours})
    return {
        claim.id: bounced[claim.person_id, claim.address]
        for claim in ours
        if (claim.person_id, claim.address) in bounced
    }


def _read_languages(person_ids: set[int]) -> dict[int, str]:
    """Return the languages of those whose account is open."""
    statement = select(Person.id, Person.language).where(
        Person.id.in_(person_ids), Person.disabled_at.is_(None)
    )
    with transaction():
        return {row[0]: row[1] for row in session.execute(statement)} if person_ids else {}


def _send(ready: _Ready) -> Outcome:
    claim = ready.claim
    office = post_office.current()
    try:
        office.channel.send(
            make_mail(
                sender=office.sender,
                address=claim.address,
                subject=claim.subject,
                text=claim.text,
                message_id=claim.message_id,
                at=claim.at,
                unsubscribe_url=_unsubscribe_url(claim, office.base_url),
                language=ready.language,
                enclosures=ready.enclosures,
            )
        )
    except NotAnAddress as error:
        return _suppressed(claim, "no_address", _short(error))
    except (DeliveryRefused, ValueError) as error:
        return _suppressed(claim, "refused", _short(error))
    except DeliveryFailed as error:
        return _failed(claim, error)
    return _sent(claim)


def _unsubscribe_url(claim: Claim, base_url: str) -> str:
    """Return the one click out of what a person may switch off; "" for what they asked for."""
    group = GROUP_OF.get(claim.kind)
    return base_url + unsubscribe_path(claim.person_id, group) if group else ""


def _sent(claim: Claim) -> Outcome:
    values: dict[str, object] = {
        "state": "sent", "sent_at": now(), "reason": "",
        "address": claim.address, "subject": claim.subject, "text": claim.text,
    }  # fmt: skip
    if claim.kind in SECRET and not isinstance(post_office.current().channel, FolderChannel):
        # Tokens are kept as hashes only. Where mail stays in the data folder, /dev/mail shows it.
        values["text"] = ""
    return Outcome(claim, values)


def _suppressed(claim: Claim, cause: str, reason: str) -> Outcome:
    return Outcome(claim, {"state": "suppressed", "cause": cause, "reason": reason})


def _postponed(claim: Claim, until: datetime) -> Outcome:
    if claim.expires_at is not None and until >= claim.expires_at:
        return _suppressed(claim, "missed", ASLEEP)
    values = {"state": "planned", "due_at": until, "attempts": claim.attempts - 1}
    return Outcome(claim, values)


def _failed(claim: Claim, error: DeliveryFailed) -> Outcome:
    if claim.attempts >= MOST_ATTEMPTS:
        return _suppressed(claim, "given_up", _short(error))
    values = {"state": "failed", "reason": _short(error), "due_at": _next_try(claim)}
    if isinstance(error, DeliveryUncertain):
        values["perhaps_twice"] = True
    return Outcome(claim, values)


def _next_try(claim: Claim) -> datetime:
    """Wait 1, 2, 4, 8, … minutes, six hours at most."""
    return now() + min(timedelta(minutes=2 ** (claim.attempts - 1)), LONGEST_WAIT)


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
