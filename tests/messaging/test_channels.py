"""The ways out: a real SMTP server on loopback, and the folder of a newcomer."""

import asyncio
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from academy.messaging import channels
from academy.messaging.channels import (
    DeliveryFailed,
    DeliveryRefused,
    DeliveryUncertain,
    FolderChannel,
    SmtpChannel,
)
from academy.messaging.mails import Mail, make_mail


class Sink:
    """A mail server that keeps what it gets, or answers as it was told."""

    def __init__(self) -> None:
        self.envelopes: list[Any] = []
        self.answer = "250 OK"
        self.greetings = 0
        #: How many seconds it examines a mail.
        self.thinks = 0.0
        #: What else it says that it can.
        self.more: list[str] = []
        self.refuses = False
        #: Whether the line breaks when the mail has been taken, before that is confirmed.
        self.breaks = False

    async def handle_EHLO(  # noqa: N802
        self, _server: Any, session: Any, _envelope: Any, hostname: str, answers: list[str]
    ) -> list[str]:
        self.greetings += 1
        session.host_name = hostname
        return [*answers[:-1], *self.more, answers[-1]]

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if self.refuses:
            return "550 unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        await asyncio.sleep(self.thinks)
        self.envelopes.append(envelope)
        if self.breaks:
            server.transport.abort()
        return self.answer


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@pytest.fixture
def sink() -> Iterator[tuple[Sink, SmtpChannel]]:
    """Return a mail server on a free port, and the channel to it."""
    handler = Sink()
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    channel = SmtpChannel(f"smtp://127.0.0.1:{port}")
    yield handler, channel
    channel.close()
    controller.stop()


def mail(address: str = "sreymom@example.org") -> Mail:
    return make_mail(
        sender="SSE Academy <academy@example.org>", address=address, subject="សួស្តី",
        text="ស្រីមុំ\n", message_id="<abc@example.org>", at=datetime(2026, 5, 2, tzinfo=UTC),
    )  # fmt: skip


def test_a_mail_reaches_the_server_and_one_recipient(sink: tuple[Sink, SmtpChannel]) -> None:
    server, channel = sink
    channel.send(mail())
    envelope = server.envelopes[0]
    assert (envelope.mail_from, envelope.rcpt_tos) == (
        "academy@example.org", ["sreymom@example.org"],
    )  # fmt: skip
    assert message_from_bytes(envelope.content)["Message-ID"] == "<abc@example.org>"


def test_a_no_for_good_is_told_apart_from_a_not_now(sink: tuple[Sink, SmtpChannel]) -> None:
    server, channel = sink
    server.answer = "550 no such user"
    with pytest.raises(DeliveryRefused, match="550 no such user"):
        channel.send(mail())
    server.answer = "451 try later"
    with pytest.raises(DeliveryFailed, match="451 try later"):
        channel.send(mail())


def test_the_connection_is_kept_for_the_next_mail(sink: tuple[Sink, SmtpChannel]) -> None:
    server, channel = sink
    channel.send(mail())
    server.answer = "550 no such user"
    with pytest.raises(DeliveryRefused):
        channel.send(mail())
    server.answer = "250 OK"
    channel.send(mail())
    assert (server.greetings, len(server.envelopes)) == (1, 3)


def test_a_kept_connection_that_broke_is_made_anew(
    sink: tuple[Sink, SmtpChannel], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, channel = sink
    monkeypatch.setattr(channels, "SECONDS_TO_TRUST", -1.0)
    channel.send(mail())
    kept = channel.reach()
    assert kept.sock is not None
    kept.sock.shutdown(socket.SHUT_RDWR)
    channel.send(mail())
    assert (server.greetings, len(server.envelopes)) == (2, 2)


def test_a_kept_connection_that_breaks_unnoticed_costs_the_next_mail_nothing(
    sink: tuple[Sink, SmtpChannel],
) -> None:
    server, channel = sink
    channel.send(mail())
    kept = channel.reach()
    assert kept.sock is not None
    kept.sock.shutdown(socket.SHUT_RDWR)
    channel.send(mail())
    assert (server.greetings, len(server.envelopes)) == (2, 2)


def test_a_server_that_takes_its_time_with_the_whole_mail_is_waited_for(
    sink: tuple[Sink, SmtpChannel], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, channel = sink
    monkeypatch.setattr(channels, "SECONDS_TO_WAIT", 0.2)
    server.thinks = 0.5
    channel.send(mail())
    assert len(server.envelopes) == 1


def test_questions_are_asked_together_where_the_server_hears_several(
    sink: tuple[Sink, SmtpChannel],
) -> None:
    server, channel = sink
    server.more = ["250-PIPELINING"]
    channel.send(mail())
    server.refuses = True
    with pytest.raises(DeliveryRefused, match="550 unknown"):
        channel.send(mail())
    server.refuses = False
    channel.send(mail())
    assert (server.greetings, len(server.envelopes)) == (1, 2)
    assert server.envelopes[0].content == server.envelopes[1].content


def test_a_line_that_begins_with_a_dot_arrives_with_one(sink: tuple[Sink, SmtpChannel]) -> None:
    server, channel = sink
    dotted = make_mail(
        sender="academy@example.org", address="sreymom@example.org", subject="Dots",
        text="first\n.second\n..third\n", message_id="<dots@example.org>",
        at=datetime(2026, 5, 2, tzinfo=UTC),
    )  # fmt: skip
    channel.send(dotted)
    assert server.envelopes[0].content == dotted.content
    assert b"\r\n.second\r\n..third\r\n" in dotted.content


def test_a_line_that_breaks_after_the_mail_left_leaves_it_uncertain(
    sink: tuple[Sink, SmtpChannel],
) -> None:
    server, channel = sink
    server.breaks = True
    with pytest.raises(DeliveryUncertain, match="before the server confirmed"):
        channel.send(mail())
    server.breaks = False
    channel.send(mail())
    assert len(server.envelopes) == 2


def test_a_server_that_is_away_is_tried_again() -> None:
    with pytest.raises(DeliveryFailed, match="out of reach"):
        SmtpChannel("smtp://127.0.0.1:9").send(mail())


def test_user_and_password_are_read_from_the_address() -> None:
    channel = SmtpChannel("smtps://aca%40demy:p%2Fw@mail.example.org")
    assert (channel.host, channel.port, channel.user, channel.password) == (
        "mail.example.org", 465, "aca@demy", "p/w",
    )  # fmt: skip


def test_trying_twice_leaves_one_file_in_the_folder(tmp_path: Path) -> None:
    channel = FolderChannel(tmp_path / "mail")
    channel.send(mail())
    channel.send(mail())
    assert [path.name for path in (tmp_path / "mail").iterdir()] == ["abc.eml"]


def test_a_folder_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file is in the way")
    with pytest.raises(DeliveryFailed, match="mail folder"):
        FolderChannel(tmp_path / "mail").send(mail())
