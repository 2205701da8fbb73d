"""Set everything up from nothing and run one command: the standard library is all it needs.

`make run` and `make test` are aliases of this file; a machine without make calls it directly:
`python3 scripts/bootstrap.py run`. It makes `.venv`, installs the pinned uv into it, then exactly
what the lock files name, then builds the front end and compiles the translations. A stamp of the
locks skips all of it the next time. The file must parse on Python 3.6, where it only says what is
missing.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
ON_WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if ON_WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if ON_WINDOWS else "python")
STAMP = VENV / "academy-stamp"
FRONT_END_STAMP = ROOT / "static" / "dist" / ".stamp"
#: Variables that would lead our Python to other modules or keep it from compiling ours.
UNWANTED = ("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE")
CANDIDATES = ("python3", "python3.13", "python3.12", "python3.11", "python3.14")

#: Per command: which lock it needs, and what runs afterwards (nothing: only the set-up).
COMMANDS = {
    "setup": ("run", []),
    "run": ("run", [str(BIN / "academy"), "up"]),
    "test": ("test", [str(PYTHON), "scripts/check.py"]),
    "check": ("test", [str(PYTHON), "scripts/check.py", "--quick"]),
    "faults": ("test", [str(PYTHON), "scripts/faults.py"]),
    "bench": ("test", [str(PYTHON), "-m", "benchmarks"]),
    "develop": ("test", []),
    "texts": ("run", [str(PYTHON), "scripts/translations.py", "update"]),
}


class SetUpError(Exception):
    """The set-up cannot go on; the message says what is missing and which line mends it."""


def main(arguments: "list[str]") -> int:
    """Set up what the command needs and become that command; the exit code says how it went."""
    if not arguments or arguments[0] not in COMMANDS:
        print("usage: python3 scripts/bootstrap.py " + "|".join(COMMANDS) + " [options]")
        return 2
    profile, command = COMMANDS[arguments[0]]
    os.chdir(str(ROOT))
    try:
        set_up_packages(profile)
        build_front_end()
        compile_translations()
    except SetUpError as problem:
        print(f"\nThe set-up stopped: {problem}", file=sys.stderr)
        return 1
    if not command:
        print("Everything is set up: .venv/bin/academy --help")
        return 0
    sys.stdout.flush()
    return become(command + arguments[1:])


def set_up_packages(profile: str) -> None:
    """Make `.venv` hold exactly what the lock of this profile names, unless a stamp says so."""
    # The packages of the tests include those of the academy, so either serves for running.
    if read(STAMP) in (stamp_of(profile), stamp_of("test")) and PYTHON.exists():
        return
    started = time.time()
    if STAMP.exists():
        STAMP.unlink()
    if not is_working_environment():
        make_environment()
    say("Setting up the packages in .venv (once, about half a minute)")
    install(["requirements/tools.txt", f"requirements/{profile}.txt"])
    STAMP.write_text(stamp_of(profile))
    say(f"Packages are set up ({time.time() - started:.0f} s)")


def stamp_of(profile: str) -> str:
    """Name the profile and the contents of everything that its packages follow from."""
    names = ("requirements/tools.txt", f"requirements/{profile}.txt", "pyproject.toml")
    return profile + " " + digest([ROOT / name for name in names])


def is_working_environment() -> bool:
    """Whether `.venv` was made here by a Python that is still there and new enough."""
    question = (
        f"import sys, pip; sys.exit(sys.version_info < {OLDEST} or sys.prefix != {str(VENV)!r})"
    )
    return PYTHON.exists() and runs([str(PYTHON), "-c", question])


def make_environment() -> None:
    """Make an empty `.venv` with pip in it."""
    python = find_python()
    say(f"Making .venv with {python}")
    shutil.rmtree(str(VENV), ignore_errors=True)
    if not run([python, "-m", "venv", str(VENV)]):
        advice = venv_advice()
        raise SetUpError(f"{python} could not make a virtual environment.\n{advice}")


def find_python() -> str:
    """Return a Python that is new enough and has venv; PYTHON, where set, is the only choice."""
    chosen = os.environ.get("PYTHON")
    names = [chosen] if chosen else [sys.executable, *CANDIDATES]
    paths = [path for path in (shutil.which(name) for name in names if name) if path]
    new_enough = [path for path in paths if is_new_enough(path)]
    for path in new_enough:
        if runs([path, "-c", "import venv, ensurepip"]):
            return path
    if new_enough:
        raise SetUpError(f"{new_enough[0]} has no venv module.\n{venv_advice()}")
    found = ".".join(str(part) for part in sys.version_info[:2])
    raise SetUpError(
        f"the academy needs Python 3.11 or newer; this is {found} ({sys.executable}).\n"
        "Install one (Debian 12 and Ubuntu 24.04: sudo apt-get install python3 python3-venv)\n"
        "or name one: PYTHON=/path/to/python3.12 make run"
    )


def is_new_enough(path: str) -> bool:
    """Ask a Python for its version, for its name may say nothing."""
    return runs([path, "-c", f"import sys; sys.exit(sys.version_info < {OLDEST})"])


def venv_advice() -> str:
    """Return the line that most people need."""
    return "On Debian and Ubuntu this mends it: sudo apt-get install python3-venv"


def install(locks: "list[str]") -> None:
    """Install the locks with uv, or with pip where uv cannot be had or finds no registry."""
    tools = [*pip(), "--require-hashes", "--no-deps", "-r", "requirements/tools.txt"]
    if run(tools, retries=3) and run(uv("sync", "--require-hashes", *locks), retries=2):
        installed = run(uv("install", "--no-deps", "--no-build-isolation", "--editable", "."))
    else:
        say("Going on with pip, which is slower")
        installed = install_with_pip(locks)
    if not installed:
        raise SetUpError(
            "the packages could not be fetched or did not fit their hashes (see above).\n"
            "Is there a network? Behind a proxy set HTTPS_PROXY; with a company certificate set\n"
            "SSL_CERT_FILE; with a package mirror of your own set UV_DEFAULT_INDEX."
        )


def install_with_pip(locks: "list[str]") -> bool:
    """Install the locks with the slower tool that every Python has."""
    names = [part for lock in locks for part in ("-r", lock)]
    return run([*pip(), "--require-hashes", "--no-deps", *names], retries=3) and run(
        [*pip(), "--no-deps", "--no-build-isolation", "--editable", "."]
    )


def pip() -> "list[str]":
    """Return the beginning of a pip command."""
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input", "--retries", "3"]
    cache = ["--cache-dir", str(ROOT / ".cache" / "pip")]
    return [str(PYTHON), "-m", "pip", "install", *quiet, *cache]


def uv(verb: str, *options: str) -> "list[str]":
    """Return a uv command on our environment."""
    return [str(PYTHON), "-m", "uv", "pip", verb, "--quiet", "--python", str(PYTHON), *options]


def build_front_end() -> None:
    """Bundle styles and scripts into static/dist, unless nothing they are made of changed."""
    stamp = digest(front_end_sources())
    if read(FRONT_END_STAMP) == stamp:
        return
    if not run([str(PYTHON), "scripts/build_front_end.py"]):
        raise SetUpError("the front end could not be built (see above).")
    FRONT_END_STAMP.write_text(stamp)


def compile_translations() -> None:
    """Compile the catalogues of the pages' texts, unless each stands beside its source as new."""
    folder = ROOT / "academy" / "translations"
    pairs = [(file, file.with_suffix(".mo")) for file in folder.glob("*/LC_MESSAGES/*.po")]
    if all(made.exists() and made.stat().st_mtime >= file.stat().st_mtime for file, made in pairs):
        return
    if not run([str(PYTHON), "scripts/translations.py", "compile"]):
        say("The translations could not be compiled: pages speak English")


def front_end_sources() -> "list[Path]":
    """Return every file that the front end is made of."""
    scripts = [ROOT / "scripts" / name for name in ("build_front_end.py", "build_map.mjs")]
    paths = [ROOT / "package.json", ROOT / "package-lock.json", *scripts]
    for folder in ("css", "js"):
        paths += (ROOT / "static" / folder).rglob("*.*")
    return sorted(path for path in paths if path.is_file())


def digest(paths: "list[Path]") -> str:
    """Return one number for the contents of the files and the place where this checkout stands."""
    total = hashlib.sha256(str(ROOT).encode())
    for path in paths:
        total.update(str(path.relative_to(ROOT)).encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def run(command: "list[str]", retries: int = 0) -> bool:
    """Run a command with our caches; True when it went well, after some tries if asked for."""
    for attempt in range(retries + 1):
        if attempt:
            say(f"That did not work; trying again ({attempt} of {retries})")
            time.sleep(2 * attempt)
        if subprocess.call(command, cwd=str(ROOT), env=environment()) == 0:
            return True
    return False


def runs(command: "list[str]") -> bool:
    """Whether a command exists and goes well; what it prints does not matter."""
    try:
        return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def environment() -> "dict[str, str]":
    """Return our environment with caches inside the checkout, so that no home folder is needed."""
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    # Compiled once here, the academy starts in half the time and needs less memory.
    kept["UV_COMPILE_BYTECODE"] = "1"
    kept.setdefault("UV_CACHE_DIR", str(ROOT / ".cache" / "uv"))
    kept.setdefault("npm_config_cache", str(ROOT / ".cache" / "npm"))
    return kept


def become(command: "list[str]") -> int:
    """Replace this process, so that Ctrl-C and the exit code belong to the command."""
    if not ON_WINDOWS:
        os.execve(command[0], command, environment())  # noqa: S606 (our own program, no shell)
    return subprocess.call(command, env=environment())
    return None


def read(path: Path) -> "str | None":
    """Return what a file says, or None where there is none."""
    return path.read_text() if path.is_file() else None


def say(sentence: str) -> None:
    """Print one step of the set-up at once."""
    print("- " + sentence, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
