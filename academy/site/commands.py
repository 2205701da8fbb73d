"""The commands `academy demo load` and `academy demo files`."""

from pathlib import Path

import click

from academy.commandline import open_database, tell
from academy.site.demo.files import demo_files
from academy.site.demo.loading import DemoReport, load_demo


@click.group()
def demo() -> None:
    """Load the academy of May 2020, or write its files."""


@demo.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def load(*, as_json: bool) -> None:
    """Load the academy of May 2020 through the imports; a second time changes nothing."""
    report = load_demo(open_database().var)
    tell(report.as_json(), _in_words(report), as_json=as_json)


def _in_words(report: DemoReport) -> str:
    if report.unchanged:
        return f"The demonstration is loaded already. Its accounts stand in {report.accounts}."
    lines = [f"Loaded {' and '.join(report.series)}."]
    if report.registrations is not None:
        done = report.registrations
        lines.append(f"{done.rows} answers to the form: {done.created} people registered.")
    lines += [
        f"{one.live_session}: {one.connections} connections of {one.identities} identities, "
        f"{one.matched} matched, {one.unmatched} not, {one.excluded} excluded."
        for one in report.attendance
    ]
    return "\n".join([*lines, f"Sign in as one of the accounts in {report.accounts}."])


@demo.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def files(folder: Path) -> None:
    """Write the six files of the demonstration into FOLDER, to try the imports by hand."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in demo_files().items():
        (folder / name).write_bytes(data)
        click.echo(str(folder / name))
