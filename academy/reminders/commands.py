"""`academy reminders …`: what is due, and sending it now."""

from datetime import UTC, datetime

import click

from academy.commandline import fail, open_database, tell
from academy.db import now
from academy.messaging.service import deliver_due
from academy.reminders.service import list_due, plan_follow_ups, plan_reminders


@click.group()
def reminders() -> None:
    """Say which reminders are due, and send them."""


@reminders.command()
@click.option("--at", "moment", metavar="ISO", help="As if it were then: 2020-05-02T05:00:00Z.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def due(moment: str | None, *, as_json: bool) -> None:
    """Say who would be reminded; nothing is sent by asking."""
    at = _read_moment(moment) if moment else now()
    open_database()
    found = list_due(at)
    lines = [
        f"{one['due_at']}  {one['live_session']}  {one['kind']}  {one['person']}" for one in found
    ]
    words = "\n".join([*lines, f"{len(found)} due at {at:%Y-%m-%d %H:%M} UTC."])
    tell({"at": f"{at:%Y-%m-%dT%H:%M:%SZ}", "due": list(found)}, words, as_json=as_json)


@reminders.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def send(*, as_json: bool) -> None:
    """Plan what is near and send what is due, as the worker does every minute."""
    open_database()
    planned = plan_reminders() + plan_follow_ups()
    sent = deliver_due()
    tell({"planned": planned, "sent": sent}, f"{planned} planned, {sent} sent.", as_json=as_json)


def _read_moment(words: str) -> datetime:
    try:
        moment = datetime.fromisoformat(words)
    except ValueError as error:
        raise fail(f"“{words}” is no moment: write it as 2020-05-02T05:00:00Z.") from error
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
