"""Deleting what nobody needs any more: spent links, old counters, sign-ins long over."""

from datetime import timedelta

from sqlalchemy import delete, or_

from academy.db import now, transaction
from academy.people.models import LEARNER_TIMEOUTS, SignIn
from academy.people.service.mailed_tokens import forget_old_tokens
from academy.security.throttle import forget_old_attempts

#: How long a sign-in that is over stays, for whoever asks what happened.
KEPT_FOR = timedelta(days=30)


def forget_what_is_over() -> int:
    """Delete mailed links, counters and sign-ins whose time is long over; return how many."""
    return forget_old_tokens() + forget_old_attempts() + _forget_old_sign_ins()


def _forget_old_sign_ins() -> int:
    _idle, whole = LEARNER_TIMEOUTS
    over = or_(SignIn.ended_at < now() - KEPT_FOR, SignIn.created_at < now() - whole - KEPT_FOR)
    with transaction() as current:
        return len(current.execute(delete(SignIn).where(over).returning(SignIn.id)).all())
