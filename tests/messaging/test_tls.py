"""Mail over TLS: to a server that proves who it is, and never with a password in the open."""

import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from academy.messaging.channels import DeliveryFailed, SmtpChannel
from tests.messaging.test_channels import Sink, free_port, mail

pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="openssl makes the certificate: install it"
)
Serve = Callable[..., tuple[Sink, int]]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with key and certificate of 127.0.0.1, signed by itself."""
    folder = tmp_path_factory.mktemp("tls")
    both = folder / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    both.write_text((folder / "key.pem").read_text() + (folder / "cert.pem").read_text())
    return both


@pytest.fixture
def serve(certificate: Path) -> Iterator[Serve]:
    """Return what starts a mail server with TLS, from the start or when it is asked for."""
    started: list[Controller] = []

    def start(*, from_the_start: bool = False) -> tuple[Sink, int]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        handler, port = Sink(), free_port()
        controller = _Server(context, handler, port, from_the_start=from_the_start)
        controller.start()
        started.append(controller)
        return handler, port

    yield start
    for one in started:
        one.stop()


class _Server(Controller):
    def __init__(
        self, context: ssl.SSLContext, sink: Sink, port: int, *, from_the_start: bool
    ) -> None:
        self.starttls = None if from_the_start else context
        more: dict[str, Any] = {"ssl_context": context} if from_the_start else {}
        super().__init__(sink, hostname="127.0.0.1", port=port, **more)

    def factory(self) -> SMTP:
        """Return the protocol of one connection."""
        return SMTP(self.handler, tls_context=self.starttls, require_starttls=bool(self.starttls))


def _send(url: str) -> None:
    channel = SmtpChannel(url)
    try:
        channel.send(mail())
    finally:
        channel.close()


@pytest.fixture
def trusting(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this machine trust the certificate, as an operator does for their own server."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


@pytest.mark.usefixtures("trusting")
@pytest.mark.parametrize(("scheme", "from_the_start"), [("smtp", False), ("smtps", True)])
def test_a_mail_travels_in_secret(serve: Serve, scheme: str, from_the_start: bool) -> None:  # noqa: FBT001
    sink, port = serve(from_the_start=from_the_start)
    _send(f"{scheme}://127.0.0.1:{port}")
    assert [one.rcpt_tos for one in sink.envelopes] == [["sreymom@example.org"]]


@pytest.mark.parametrize(("scheme", "from_the_start"), [("smtp", False), ("smtps", True)])
def test_a_server_that_cannot_prove_who_it_is_gets_nothing_and_the_reason_is_clear(
    serve: Serve, scheme: str, from_the_start: bool  # noqa: FBT001
) -> None:  # fmt: skip
    sink, port = serve(from_the_start=from_the_start)
    with pytest.raises(DeliveryFailed, match="certificate verify failed"):
        _send(f"{scheme}://127.0.0.1:{port}")
    assert sink.envelopes == []


def test_a_password_never_travels_without_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    handler, port = Sink(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setattr("academy.messaging.channels.LOOPBACK", frozenset())
    try:
        with pytest.raises(DeliveryFailed, match="offers no TLS, so the password was not sent"):
            _send(f"smtp://maya:secret@127.0.0.1:{port}")
    finally:
        controller.stop()
    assert handler.envelopes == []
