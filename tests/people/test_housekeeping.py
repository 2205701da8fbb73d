"""What is over is forgotten, what still counts stays."""

from datetime import timedelta

from academy.db import now, session, transaction
from academy.people.models import OneTimeToken, SignIn
from academy.people.service import start_sign_in
from academy.people.service.housekeeping import forget_what_is_over
from academy.people.service.mailed_tokens import RESET, issue_token
from academy.security.models import Attempts
from academy.security.throttle import Allowance, count_attempt
from tests.cast import Cast

ALLOWANCE = Allowance("test", 3, timedelta(minutes=1))


def _make_old_and_new(cast: Cast) -> None:
    for age in (timedelta(0), timedelta(days=121)):
        start_sign_in(cast.learner)
        issue_token(cast.learner, RESET, "sreymom@example.org")
        count_attempt(ALLOWANCE, str(age))
        if age:
            _make_last_ones_older(age)


def _make_last_ones_older(age: timedelta) -> None:
    newest = (session.query(table).order_by(table.id.desc()) for table in (SignIn, OneTimeToken))
    sign_in, token = (query.first() for query in newest)
    assert isinstance(sign_in, SignIn)
    assert isinstance(token, OneTimeToken)
    with transaction() as current:
        sign_in.created_at, token.expires_at = now() - age, now() - age
        current.query(Attempts).filter(Attempts.since < now()).update({"since": now() - age})


def test_what_is_long_over_is_deleted_and_the_rest_stays(cast: Cast) -> None:
    _make_old_and_new(cast)
    count_attempt(ALLOWANCE, "somebody new")
    assert forget_what_is_over() == 4
    assert forget_what_is_over() == 0
    left = [session.query(table).count() for table in (SignIn, OneTimeToken, Attempts)]
    assert left == [1, 1, 1]
