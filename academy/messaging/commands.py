"""`academy mail …`: what came back."""

from pathlib import Path

import click

from academy.commandline import fail, open_database, tell
from academy.messaging.bounces import NotAMailboxError, read_mailbox
from academy.messaging.service import take_bounces


@click.group()
def mail() -> None:
    """Look after the mail that was sent."""


@mail.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def bounces(file: Path, *, as_json: bool) -> None:
    """Read delivery reports from a mailbox FILE, and write no more to addresses that are gone."""
    open_database()
    try:
        report = take_bounces(read_mailbox(file))
    except NotAMailboxError as error:
        raise fail(f"{file} is no mailbox: an mbox file begins with “From ”.") from error
    words = (
        f"{report.read} mails read: {report.bounced} came back, {report.delayed} only late, "
        f"{report.other} about no mail of ours."
    )
    words = "\n".join([words, *(f"Not ours: {one}" for one in report.unknown)])
    tell(report.as_document(), words, as_json=as_json)
