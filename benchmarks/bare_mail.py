"""The control of the delivery benchmark: Celery tasks that send a mail made once, and nothing else.

No ledger, no words to write, no promise for the case that a worker dies. `benchmarks.bare_mail:app`
is the app; ACADEMY_REDIS_URL and BENCH_SINK_PORT say with whom it talks.
"""

import os
import smtplib

from celery import Celery

app = Celery("bare", broker=os.environ.get("ACADEMY_REDIS_URL", "memory://"), set_as_current=False)
app.conf.update(task_ignore_result=True, task_default_queue="bare", worker_prefetch_multiplier=100)

SENDER = "academy@example.org"
MAIL = (
    f"From: {SENDER}\r\nTo: reader@example.org\r\nSubject: One mail\r\n\r\n"
    + "A line of some seventy letters, as many as one reads in a single glance.\r\n" * 80
).encode()
_kept: list[smtplib.SMTP] = []


def _line() -> smtplib.SMTP:
    if not _kept:
        _kept.append(smtplib.SMTP("127.0.0.1", int(os.environ["BENCH_SINK_PORT"])))
    return _kept[0]


@app.task(name="bare.one")  # type: ignore[untyped-decorator]
def one(recipient: str) -> None:
    """Send one mail over the kept connection."""
    _line().sendmail(SENDER, [recipient], MAIL)


@app.task(name="bare.many")  # type: ignore[untyped-decorator]
def many(recipients: list[str]) -> None:
    """Send a batch of mails over the kept connection."""
    for recipient in recipients:
        _line().sendmail(SENDER, [recipient], MAIL)
