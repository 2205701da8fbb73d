"""Mail that comes back: what is read of a report, what follows, and what does not."""

from pathlib import Path

import pytest

from academy.db import session
from academy.messaging import service
from academy.messaging.bounces import NotAMailboxError, read_mailbox, read_report
from academy.messaging.models import Message
from academy.messaging.service.bounced import take_bounces
from tests.cast import Cast
from tests.messaging.conftest import Pigeonhole

VALUES = {"path": "/series/x/", "series": "Weaving"}
REPORT = """\
From: Mail Delivery System <mailer-daemon@mx.example.org>
To: academy@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

This is the mail system.

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; sreymom@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <sreymom@example.org>: no such
 user here

--x
Content-Type: {returned}

From: academy@example.org
Message-ID: {message_id}
Subject: You are no longer registered

text

--x--
"""


def report(
    message_id: str, *, status: str = "5.1.1", action: str = "failed",
    returned: str = "message/rfc822",
) -> bytes:  # fmt: skip
    words = REPORT.format(message_id=message_id, status=status, action=action, returned=returned)
    return words.encode()


def tell(cast: Cast, occasion: str, kind: str = "cancelled") -> Message:
    values = VALUES if kind == "cancelled" else {"path": "/sign-in/secret", "minutes": 15}
    number = service.post(cast.learner.id, "sreymom@example.org", kind, occasion, values)
    service.deliver_due()
    return session.get_one(Message, number, populate_existing=True)


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_names_the_mail_and_why_it_came_back(returned: str) -> None:
    bounce = read_report(report("<1@example.org>", returned=returned))
    assert bounce is not None
    assert (bounce.message_id, bounce.is_final) == ("<1@example.org>", True)
    assert bounce.reason == "5.1.1 550 5.1.1 <sreymom@example.org>: no such user here"


@pytest.mark.parametrize(
    ("status", "action"), [("4.2.2", "delayed"), ("5.0.0", "relayed"), ("4.4.1", "failed")]
)
def test_what_is_only_late_is_not_final(status: str, action: str) -> None:
    bounce = read_report(report("<1@example.org>", status=status, action=action))
    assert bounce is not None
    assert not bounce.is_final


@pytest.mark.parametrize(
    "content",
    [b"", b"Subject: hello\n\nI am on holiday", b"\xff\xfe", report("no brackets"),
     report("<1@x>", status="nonsense")],
)  # fmt: skip
def test_what_is_no_report_says_nothing(content: bytes) -> None:
    assert read_report(content) is None


def test_an_address_from_which_mail_came_back_gets_no_more_and_the_outbox_says_why(
    cast: Cast, pigeonhole: Pigeonhole
) -> None:
    first = tell(cast, "registration:1:1")
    found = [
        read_report(report(first.message_id)),
        read_report(report("<other@example.org>")),
        None,
    ]
    assert take_bounces(found).bounced == 1
    assert take_bounces(found).bounced == 0
    second = tell(cast, "registration:2:1")
    assert (second.state, second.cause) == ("suppressed", "returned")
    assert "no such user here" in second.reason
    assert len(pigeonhole.mails) == 1


def test_what_somebody_asks_for_is_tried_all_the_same_and_another_try_mends_it(
    cast: Cast, pigeonhole: Pigeonhole
) -> None:
    first = tell(cast, "registration:1:1")
    take_bounces([read_report(report(first.message_id))])
    assert tell(cast, "token:1", "sign_in_link").state == "sent"
    service.resend_message(first.id, cast.organiser.id)
    service.deliver_due()
    assert tell(cast, "registration:2:1").state == "sent"


def test_a_mailbox_is_read_whole_and_another_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "mbox"
    file.write_bytes(b"From a@b Sat May  2 06:00:00 2026\n" + report("<1@example.org>") +
                     b"\nFrom a@b Sat May  2 06:00:00 2026\nSubject: hello\n\nhello\n")  # fmt: skip
    found = list(read_mailbox(file))
    assert [one and one.message_id for one in found] == ["<1@example.org>", None]
    file.write_bytes(b"name,address\n")
    with pytest.raises(NotAMailboxError):
        list(read_mailbox(file))


def test_a_mailbox_tells_what_came_back_what_is_late_and_what_is_not_ours(
    cast: Cast, pigeonhole: Pigeonhole, tmp_path: Path
) -> None:
    gone, late = tell(cast, "registration:1:1"), tell(cast, "registration:2:1")
    file = tmp_path / "mbox"
    file.write_bytes(b"".join(
        b"From a@b Sat May  2 06:00:00 2026\n" + one + b"\n"
        for one in (report(gone.message_id), report(late.message_id, status="4.4.1",
                    action="delayed"), report("<of@others>"), b"Subject: hello\n\nhello\n")
    ))  # fmt: skip
    said = take_bounces(read_mailbox(file))
    assert said.as_document() == {
        "read": 4, "bounced": 1, "delayed": 1, "other": 2, "unknown": ["<of@others>"],
    }  # fmt: skip
    session.expire_all()
    assert session.get_one(Message, late.id).state == "sent"
    assert session.get_one(Message, late.id).reason.startswith("4.4.1")
