"""`academy up`: the whole academy on one machine, as a supervisor of its own processes."""

import contextlib
import fcntl
import hashlib
import json
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from academy.config import ROOT, Settings
from academy.lib.processes import find_free_port, is_listening, says_yes
from academy.lib.supervisor import Part, Supervisor
from academy.lib.valkey import find_valkey, write_configuration, write_private

#: Each open live page holds one thread; pages share the rest.
WEB_THREADS = 64
DEMO_ACCOUNTS = "demo-accounts.json"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
@click.option("--demo/--no-demo", default=True, help="Load the academy of May 2020 at first.")
def up(host: str, port: int, *, demo: bool) -> None:
    """Run web, Socket.IO, worker and beat with a database and a broker of their own."""
    address = f"http://{_reachable(host)}:{port}"
    environment = {"ACADEMY_BASE_URL": address, **os.environ}
    settings = Settings.from_environment(environment)
    # What people entrust to us is nobody else's business on a machine that many share.
    os.umask(0o077)
    settings.var.mkdir(parents=True, exist_ok=True)
    with _only_one(settings.var, address):
        _refuse_taken_port(host, port)
        supervisor = Supervisor()
        try:
            _start(supervisor, settings, environment, (host, port), with_demo=demo)
            supervisor.look_after_all()
        finally:
            supervisor.stop()
            (settings.var / "redis-url").unlink(missing_ok=True)
    click.echo("\nThe academy has stopped.")


@contextlib.contextmanager
def _only_one(var: Path, address: str) -> Iterator[None]:
    """Hold a lock on the data folder, which the system lets go when we die."""
    with (var / "up.lock").open("a+") as lock:
        lock.seek(0)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise click.ClickException(
                f"The academy of {var} is already running: {lock.read()}. "
                "Stop it with Ctrl-C where it runs, or set ACADEMY_VAR to another folder."
            ) from error
        lock.truncate()
        lock.write(f"{address} (process {os.getpid()})")
        lock.flush()
        yield


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except (OSError, OverflowError) as error:
            raise click.ClickException(
                f"Port {port} on {host} cannot be used: {getattr(error, 'strerror', error)}. "
                'Choose another one: make run ARGS="--port 8001"'
            ) from error


def _start(
    supervisor: Supervisor,
    settings: Settings,
    environment: dict[str, str],
    place: tuple[str, int],
    *,
    with_demo: bool,
) -> None:
    """Start the parts in the order in which they need one another, then say where to go."""
    logs = settings.var / "logs"
    environment.setdefault("PYTHONUNBUFFERED", "1")
    # Threads would otherwise each keep a heap of their own.
    environment.setdefault("MALLOC_ARENA_MAX", "2")
    # Compiled modules start in half the time and need less memory than freshly read ones.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment |= _start_broker(supervisor, settings, environment)
    web = Part("web", _web_command(*place), environment, logs / "web.log")
    supervisor.add(web)
    _wait_for_pages(supervisor, web, place)
    if environment.get("ACADEMY_REDIS_URL"):
        worker: list[str | Path] = [sys.executable, "-m", "academy.worker"]
        supervisor.add(Part("worker", worker, environment, logs / "worker.log"))
    _load_content(supervisor, environment, logs)
    if with_demo and not (settings.var / DEMO_ACCOUNTS).exists():
        # After the cases and lessons, which its people talk about.
        _load_demonstration(supervisor, environment, logs)
    if not supervisor.is_stopping:
        _greet(settings)


def _start_broker(
    supervisor: Supervisor, settings: Settings, environment: dict[str, str]
) -> dict[str, str]:
    """Start our own Valkey, unless an address is set or there is none for this system."""
    given = environment.get("ACADEMY_REDIS_URL") or environment.get("REDIS_URL")
    program = find_valkey()
    if given or program is None:
        return {"ACADEMY_REDIS_URL": given} if given else {}
    port = find_free_port()
    configuration, url = write_configuration(settings.var / "valkey", port)
    log = settings.var / "logs" / "valkey.log"
    broker = Part("broker", [program, configuration], environment, log)
    supervisor.add(broker)
    if not supervisor.wait_for(lambda: is_listening(port), broker, seconds=10):
        raise _failure(supervisor, "The broker did not start", log)
    write_private(settings.var / "redis-url", url)
    return {"ACADEMY_REDIS_URL": url}


def _web_command(host: str, port: int) -> list[str | Path]:
    options = {
        "--bind": f"{host}:{port}",
        "--worker-class": "gthread",
        "--workers": "1",
        "--threads": str(WEB_THREADS),
        "--graceful-timeout": "1",
        "--keep-alive": "5",
        "--log-level": "warning",
    }
    words = [word for option in options.items() for word in option]
    # No --preload: the arbiter would hold the app too, and reference counts unshare every page.
    flags = ["--no-control-socket"]
    return [sys.executable, "-m", "gunicorn", *words, *flags, "academy.wsgi:app"]


def _wait_for_pages(supervisor: Supervisor, web: Part, place: tuple[str, int]) -> None:
    host, port = _reachable(place[0]), place[1]
    if not supervisor.wait_for(lambda: says_yes(port, host), web, seconds=60):
        raise _failure(supervisor, "The web server did not start", web.log)


def _reachable(host: str) -> str:
    """An address to call: a server that listens on all of them answers on loopback too."""
    return "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 (a question, no bind)


def _load_demonstration(supervisor: Supervisor, environment: dict[str, str], logs: Path) -> None:
    click.echo("First start: loading the academy of May 2020 …")
    command: list[str | Path] = [sys.executable, "-m", "academy", "demo", "load"]
    demo = Part("demo", command, environment, logs / "demo.log")
    if not supervisor.run_once(demo) and not supervisor.is_stopping:
        click.echo(f"The demonstration could not be loaded: see {demo.log}", err=True)


def _load_content(supervisor: Supervisor, environment: dict[str, str], logs: Path) -> None:
    """Load the academy's own cases where a file is another than at the last start."""
    loaded, files = logs.parent / "content-loaded", _fingerprint(ROOT / "courses")
    if loaded.exists() and loaded.read_text() == files:
        return
    command: list[str | Path] = [sys.executable, "-m", "academy", "content", "load"]
    content = Part("content", command, environment, logs / "content.log")
    if supervisor.run_once(content):
        loaded.write_text(files)
    elif not supervisor.is_stopping:
        click.echo(
            f"Not all of the academy's own cases and courses were loaded: see {content.log}",
            err=True,
        )


def _fingerprint(folder: Path) -> str:
    """Return a digest of every file below `folder`: a process less where nothing changed."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _failure(supervisor: Supervisor, sentence: str, log: Path | None) -> Exception:
    """What to raise when a part did not start: nothing to say when we were asked to stop."""
    if supervisor.is_stopping:
        return click.exceptions.Exit(0)
    text = log.read_text(errors="replace") if log else ""
    last_words = "\n".join(text.splitlines()[-15:])
    return click.ClickException(f"{sentence}. The end of {log}:\n{last_words}")


def _greet(settings: Settings) -> None:
    click.echo(f"\nThe academy is open: {settings.base_url}/\n")
    accounts = settings.var / DEMO_ACCOUNTS
    if accounts.exists():
        click.echo(f"Sign in at {settings.base_url}/sign-in as one of these (made for this copy):")
        for account in json.loads(accounts.read_text())["accounts"]:
            click.echo(f"  {account['role']:<12} {account['email']:<36} {account['password']}")
    else:
        click.echo(
            "Nobody can sign in yet. Make the first administrator in a second terminal:\n"
            f"  {_shown(Path(sys.executable).parent / 'academy')} people create you@example.org "
            "--name You --role administrator"
        )
    click.echo(f"\nMail that would be sent: {settings.base_url}/dev/mail")
    click.echo(f"Logs: {_shown(settings.var / 'logs')}    Stop with Ctrl-C.")


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
