"""What messaging needs to know of this installation: who writes, from which address, by which way.

`wiring.plug_areas` opens it once in every process: web server, worker and command line.
"""

from dataclasses import dataclass

from academy.config import Settings
from academy.messaging.channels import Channel, FolderChannel, SmtpChannel


@dataclass(frozen=True, slots=True)
class PostOffice:
    """The sender, the public address that links begin with, and the channel that carries mail."""

    sender: str
    base_url: str
    channel: Channel


class PostOfficeClosed(RuntimeError):
    """Nobody called `open_for`: a process forgot wiring.plug_areas."""


_open: list[PostOffice] = []


def open_for(settings: Settings) -> None:
    """Use the mail server of the settings; without one, keep every mail in the data folder."""
    channel = (
        SmtpChannel(settings.smtp_url)
        if settings.smtp_url
        else FolderChannel(settings.var / "mail")
    )
    use(PostOffice(settings.mail_from, settings.base_url, channel))


def use(office: PostOffice) -> None:
    """Let messaging work with `office` from now on (tests plug their own channel)."""
    _open[:] = [office]


def current() -> PostOffice:
    """Return the post office of this process; raises PostOfficeClosed before `open_for`."""
    if not _open:
        raise PostOfficeClosed("call wiring.plug_areas(settings) first")
    return _open[0]
