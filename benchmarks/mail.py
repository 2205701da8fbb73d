"""Mails a second, made in two parts and handed to a mail server on this machine, beside smtplib.

The control sends a mail that was made once, by smtplib, over one connection to the same sink.
"""

import multiprocessing
import smtplib
import socket
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import BinaryIO

from academy.messaging.channels import SmtpChannel
from academy.messaging.letters import Reader, write_letter
from academy.messaging.mails import Enclosure, Mail, make_mail
from academy.programme.calendar_entries import Entry, People, write_object
from academy.security.digests import keep_key

MAILS = 1_500
#: What 10,000 reminders with two workers need, one worker's share.
PROMISED = 445
SITE = "https://academy.example.org"
ANSWERS = {b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}


def main() -> int:
    """Print both rates; return 1 where the academy's is too low."""
    keep_key("a key of the benchmark, and of nothing else")
    ready: multiprocessing.Queue[int] = multiprocessing.Queue()
    sink = multiprocessing.Process(target=_take_everything, args=(ready,), daemon=True)
    sink.start()
    port = ready.get(timeout=10)
    bare = _rate(_bare(port))
    channel = SmtpChannel(f"smtp://127.0.0.1:{port}")
    made = _rate(_make)
    ours = _rate(lambda number: channel.send(_make(number)))
    channel.close()
    sink.terminate()
    print(f"bare smtplib, a mail made once      {bare:8,.0f} mails a second")
    print(f"written and made, not sent          {made:8,.0f}")
    print(f"written, made and sent              {ours:8,.0f}   (at least {PROMISED})")
    print(f"one mail                            {len(_make(1).content):8,} bytes")
    return int(ours < PROMISED)


def _rate(send: Callable[[int], object]) -> float:
    for number in range(50):
        send(number)
    begin = time.perf_counter()
    for number in range(MAILS):
        send(number)
    return MAILS / (time.perf_counter() - begin)


def _bare(port: int) -> Callable[[int], object]:
    server, mail = smtplib.SMTP("127.0.0.1", port), _make(1)
    return lambda _number: server.sendmail(mail.sender, mail.recipient, mail.content)


def _make(number: int) -> Mail:
    """Return the reminder of one of many readers, in one of two languages."""
    reader = Reader(f"Siti {number}", ("en", "id")[number % 2], "Asia/Kathmandu", number + 1)
    starts_at = datetime(2026, 5, 2, 6, tzinfo=UTC)
    values = {
        "path": f"/j/{number}secret", "series": "SSE Academy", "series_path": "/series/sse/",
        "live_session": "Cooperatives – what holds them", "starts_at": starts_at,
        "zone": "Asia/Kuala_Lumpur", "minutes": 150, "door_minutes": 15,
    }  # fmt: skip
    letter = write_letter("reminder_one_day", reader, SITE, values)
    return make_mail(
        sender="SSE Academy <academy@example.org>", address=f"reader{number}@example.org",
        subject=letter.subject, text=letter.text, message_id=f"<{number}@example.org>",
        at=starts_at, unsubscribe_url=f"{SITE}/mail/{number}", language=reader.language,
        enclosures=[_invite(number, starts_at)],
    )  # fmt: skip


def _invite(number: int, starts_at: datetime) -> Enclosure:
    link = f"{SITE}/j/{number}secret"
    entry = Entry(
        "live-session-1@academy.example.org", 1, starts_at, 150, "Asia/Kuala_Lumpur",
        "Cooperatives – what holds them", f"Your own way in: {link}", link, "CONFIRMED",
    )  # fmt: skip
    people = People("SSE Academy", "academy@example.org", f"reader{number}@example.org")
    return Enclosure("REQUEST", write_object("REQUEST", [entry], people, starts_at))


def _take_everything(ready: "multiprocessing.Queue[int]") -> None:
    """Be a mail server that says yes to everything, one client after the other."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        ready.put(listening.getsockname()[1])
        while True:
            client, _address = listening.accept()
            with client, client.makefile("rwb") as line:
                _serve(line)


def _serve(line: BinaryIO) -> None:
    _say(line, b"220 sink\r\n")
    is_mail = False
    for words in line:
        if is_mail:
            is_mail = words != b".\r\n"
            if not is_mail:
                _say(line, b"250 kept\r\n")
        else:
            command = words[:4].upper()
            is_mail = command == b"DATA"
            _say(line, ANSWERS.get(command, b"250 yes\r\n"))
            if command == b"QUIT":
                return


def _say(line: BinaryIO, words: bytes) -> None:
    line.write(words)
    line.flush()


if __name__ == "__main__":
    sys.exit(main())
