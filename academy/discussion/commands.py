"""The command `academy discussion`: posts found anew."""

import click

from academy.commandline import open_database, tell
from academy.discussion.service import finding


@click.group()
def discussion() -> None:
    """Look after threads."""


@discussion.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def index(*, as_json: bool) -> None:
    """Let every post be found by the words that it holds now; a second time changes nothing."""
    open_database()
    found = finding.find_anew()
    tell({"posts": found}, f"{found} posts can be found.", as_json=as_json)
