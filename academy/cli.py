"""The `academy` command line: each group is imported only when it is called."""

import importlib
import sys

import click

from academy.config import Settings, SettingsError
from academy.joining import join_areas_by

#: name → where its click command is; the line shown by --help.
COMMANDS = {
    "up": ("academy.embedded:up", "Run the whole academy on this machine."),
    "worker": ("academy.production:worker", "Run jobs: mail, imports, reminders."),
    "beat": ("academy.production:beat", "Ask for what the timetable says."),
    "db": ("academy.site.database_commands:db", "Bring the database up to date, or check it."),
    "content": ("academy.learning.commands:content", "Check and load cases and courses."),
    "discussion": ("academy.discussion.commands:discussion", "Let posts be found anew."),
    "demo": ("academy.site.commands:demo", "Load the academy of May 2020."),
    "doctor": ("academy.site.doctor:doctor", "Say what is misconfigured, with the fix."),
    "people": ("academy.people.commands:people", "Create persons and give roles."),
    "series": ("academy.programme.commands:series", "Create series and their live sessions."),
    "import": ("academy.cli:import_", "Import registrations or attendance."),
    "attendance": ("academy.cli:attendance", "Read files, compute a series anew."),
    "mail": ("academy.messaging.commands:mail", "Read what came back."),
    "privacy": (
        "academy.programme.privacy_commands:privacy",
        "Forget people whose time is over; the figures stay.",
    ),
    "reminders": ("academy.reminders.commands:reminders", "Say what is due, and send it."),
    "report": ("academy.figures.commands:report", "Say who registered and who came."),
}
#: The same for what follows `academy import`: each area imports its own files.
IMPORTS = {
    "registrations": (
        "academy.programme.import_commands:registrations",
        "Register everybody in a file for a series.",
    ),
    "attendance": (
        "academy.attendance.importing.commands:attendance",
        "Read who came to a live session into the ledger.",
    ),
}
#: And for what follows `academy attendance`: reading a file needs no database.
ATTENDANCE = {
    "read": ("academy.attendance.commands:read", "Say what an attendance file says."),
    "recompute": (
        "academy.attendance.recomputing.commands:recompute",
        "Compute a series anew from its evidence.",
    ),
    "rules": (
        "academy.attendance.rules.commands:rules",
        "Say or change the rules of a series.",
    ),
}


class LazyGroup(click.Group):
    """A group that imports a command when it is asked for: `--help` of one costs only its own."""

    table = COMMANDS

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in self.table:
            return None
        module, name = self.table[cmd_name][0].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_where, line) in self.table.items()])


class ImportGroup(LazyGroup):
    """The commands of `academy import`."""

    table = IMPORTS


class AttendanceGroup(LazyGroup):
    """The commands of `academy attendance`."""

    table = ATTENDANCE


@click.group(cls=ImportGroup)
def import_() -> None:
    """Import registrations or attendance."""


@click.group(cls=AttendanceGroup)
def attendance() -> None:
    """Read attendance files, compute a series anew."""


@click.group(cls=LazyGroup)
@click.version_option(package_name="sse-academy")
def academy() -> None:
    """The SSE Academy of the Asian Solidarity Economy Council."""


def main() -> None:
    """Run the command line; a wrong setting is a sentence, not a traceback."""
    join_areas_by(_plug_areas)
    try:
        academy()
    except SettingsError as error:
        click.echo(f"academy: {error}", err=True)
        sys.exit(1)


def _plug_areas(settings: Settings) -> None:
    """Import the areas only for a command that opens the database: `--help` needs none."""
    importlib.import_module("academy.wiring").plug_areas(settings)
