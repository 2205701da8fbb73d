"""The delivery ledger at work: plan a message once, claim it, send it, try again when it failed."""

from academy.messaging.service.bounced import take_bounces, take_delivered_bounces
from academy.messaging.service.claims import MOST_ATTEMPTS
from academy.messaging.service.delivery import deliver, deliver_due
from academy.messaging.service.notices import (
    forget_notices,
    hand_over_notices,
    plan_digests,
    plan_notices_anew,
    settle_notices,
)
from academy.messaging.service.outbox import (
    NothingToTellError,
    TooLateError,
    resend_message,
    stop_message,
)
from academy.messaging.service.planning import MAIL, plan_many, post

__all__ = [
    "MAIL",
    "MOST_ATTEMPTS",
    "NothingToTellError",
    "TooLateError",
    "deliver",
    "deliver_due",
    "forget_notices",
    "hand_over_notices",
    "plan_digests",
    "plan_many",
    "plan_notices_anew",
    "post",
    "resend_message",
    "settle_notices",
    "stop_message",
    "take_bounces",
    "take_delivered_bounces",
]
