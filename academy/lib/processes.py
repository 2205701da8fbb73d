"""Child processes that end with their parent, for the supervisor and the servers of tests."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1
#: Loaded before any fork, because a forked child must not import or open anything.
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def start_child(
    arguments: Sequence[str | Path],
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    log: Path | None = None,
    user: str | None = None,
    on_death: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own that the system stops when this one dies.

    Its output goes to the end of `log`, or where ours goes. A Ctrl-C in the terminal does not
    reach it: the parent decides in which order its children stop. `user` changes the account and
    needs root; `on_death` is the signal it gets when we die (Linux only). Call it from the main
    thread, for Linux ties the promise to the calling thread.
    Raises OSError when the program cannot be started.
    """
    with contextlib.ExitStack() as stack:
        output = stack.enter_context(log.open("ab")) if log else None
        return subprocess.Popen(  # noqa: S603 (callers pass lists, and no words of a visitor)
            [str(part) for part in arguments],
            cwd=folder,
            env=dict(environment) if environment is not None else None,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            process_group=0,
            user=user,
            extra_groups=[] if user else None,
            # There is no other way to ask for this signal, and our callers have one thread.
            preexec_fn=_end_with_parent(os.getpid(), on_death),  # noqa: PLW1509
        )


def _end_with_parent(parent: int, number: signal.Signals) -> Callable[[], None] | None:
    if _LIBC is None:
        return None
    prctl = _LIBC.prctl

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:
            os._exit(1)

    return ask


def stop_children(
    children: Iterable[subprocess.Popen[bytes]],
    seconds: float,
    number: signal.Signals = signal.SIGTERM,
    *,
    parents_only: bool = False,
) -> None:
    """Ask all children at once to end, and end their groups by force after so many seconds.

    `parents_only` asks the children and not theirs: a worker lets its own finish what they hold.
    """
    running = [child for child in children if child.poll() is None]
    for child in running:
        if parents_only:
            child.send_signal(number)
        else:
            _signal_group(child, number)
    deadline = time.monotonic() + seconds
    for child in running:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=max(deadline - time.monotonic(), 0.01))
    for child in running:
        _signal_group(child, signal.SIGKILL)
        child.wait()


def end_orphans(child: subprocess.Popen[bytes]) -> None:
    """End by force what a child that fell has left behind in its group."""
    _signal_group(child, signal.SIGKILL)


def _signal_group(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, number)


def find_free_port() -> int:
    """A TCP port on 127.0.0.1 that nobody used a moment ago."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def is_listening(port: int, host: str = "127.0.0.1") -> bool:
    """Whether somebody answers on that TCP port."""
    with socket.socket() as caller:
        caller.settimeout(0.5)
        return caller.connect_ex((host, port)) == 0


def says_yes(port: int, host: str = "127.0.0.1", path: str = "/healthz") -> bool:
    """Whether a web server there answers this page with 200 (by hand: http.client costs 3 MB)."""
    with contextlib.suppress(OSError), socket.create_connection((host, port), 5) as caller:
        caller.sendall(f"GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
        return caller.recv(32).split(b" ")[1:2] == [b"200"]
    return False


def wait_until(question: Callable[[], bool], seconds: float, pause: float = 0.02) -> bool:
    """Ask again and again until the answer is yes; False when the time is over."""
    deadline = time.monotonic() + seconds
    while not question():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True
