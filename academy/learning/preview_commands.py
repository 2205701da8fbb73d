"""The command `academy content preview`: an author's files as pages, on this machine alone."""

from pathlib import Path

import click
from werkzeug.serving import WSGIRequestHandler, make_server

from academy.commandline import fail
from academy.config import ROOT
from academy.learning.preview_pages import Preview
from academy.learning.previewing import Desk

_HERE = "127.0.0.1"


class _Quiet(WSGIRequestHandler):
    """Says nothing of each request: the page asks every second whether a file changed."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@click.command()
@click.argument("folder", default=ROOT / "courses",
                type=click.Path(exists=True, file_okay=False, path_type=Path))  # fmt: skip
@click.option("--port", default=8020, show_default=True, type=click.IntRange(0, 65535),
              help="0 takes a free one.")  # fmt: skip
def preview(folder: Path, port: int) -> None:
    """Show the lessons in FOLDER (courses/) in a browser while they are written; no database."""
    desk = Desk(folder.resolve())
    desk.look()
    try:
        server = make_server(_HERE, port, Preview(desk), threaded=True, request_handler=_Quiet)
    except (OSError, SystemExit) as error:
        raise fail(f"Port {port} is taken: try `--port 0`.") from error
    click.echo(f"{len(desk.courses)} courses, {len(desk.faults)} faults.")
    click.echo(f"Open http://{_HERE}:{server.port}/ and write: a saved file shows at once. "
               "Ctrl+C ends it.")  # fmt: skip
    try:
        server.serve_forever()
    finally:
        server.server_close()
