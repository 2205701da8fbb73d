"""Set everything up from nothing and run one command: the standard library is all it needs.

`make run` and `make test` are aliases of this file; a machine without make calls it directly:
`python3 scripts/bootstrap.py run`. It makes `.venv`, installs the pinned uv into it, then exactly
what the lock files name, then builds the front end. A stamp of the locks skips all of it the next
time. It must parse on Python 3.6, where it only says what is missing.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
BIN = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
PYTHON = os.path.join(BIN, "python.exe" if os.name == "nt" else "python")
STAMP = os.path.join(VENV, "academy-stamp")
FRONT_END_STAMP = os.path.join(ROOT, "static", "dist", ".stamp")
CANDIDATES = ("python3", "python3.13", "python3.12", "python3.11", "python3.14")

#: Per command: which lock it needs, and what runs afterwards (None: nothing but the set-up).
COMMANDS = {
    "setup": ("run", None),
    "run": ("run", [os.path.join(BIN, "academy"), "up"]),
    "test": ("test", [PYTHON, os.path.join("scripts", "check.py")]),
    "check": ("test", [PYTHON, os.path.join("scripts", "check.py"), "--quick"]),
    "bench": ("test", [PYTHON, "-m", "benchmarks"]),
    "develop": ("test", None),
}


class SetUpError(Exception):
    """The set-up cannot go on; the message says what is missing and which line mends it."""


def main(arguments):
    """Set up what the command needs and become that command; the exit code says how it went."""
    if not arguments or arguments[0] not in COMMANDS:
        print("usage: python3 scripts/bootstrap.py " + "|".join(COMMANDS) + " [options]")
        return 2
    profile, command = COMMANDS[arguments[0]]
    os.chdir(ROOT)
    try:
        set_up_packages(profile)
        build_front_end()
    except SetUpError as problem:
        print("\nThe set-up stopped: %s" % problem, file=sys.stderr)
        return 1
    if command is None:
        print("Everything is set up: .venv/bin/academy --help")
        return 0
    sys.stdout.flush()
    return become(command + arguments[1:])


def set_up_packages(profile):
    """Make `.venv` hold exactly what the lock of this profile names, unless a stamp says so."""
    if read(STAMP) in acceptable_stamps(profile) and os.path.exists(PYTHON):
        return
    started = time.time()
    say("Setting up the packages in .venv (once, about half a minute)")
    remove(STAMP)
    if not is_working_environment():
        make_environment()
    install(["requirements/tools.txt", "requirements/%s.txt" % profile])
    write(STAMP, stamp_of(profile))
    say("Packages are set up (%.0f s)" % (time.time() - started))


def acceptable_stamps(profile):
    """The packages of the tests include those of the academy, so either serves for running."""
    return [stamp_of(profile), stamp_of("test")]


def stamp_of(profile):
    names = ["requirements/tools.txt", "requirements/%s.txt" % profile, "pyproject.toml"]
    return profile + " " + digest([os.path.join(ROOT, name) for name in names])


def is_working_environment():
    """Whether `.venv` was made here by a Python that is still there and new enough."""
    question = "import sys, pip; sys.exit(sys.version_info < %r or sys.prefix != %r)"
    return os.path.exists(PYTHON) and runs([PYTHON, "-c", question % (OLDEST, VENV)])


def make_environment():
    python = find_python()
    say("Making .venv with %s" % python)
    shutil.rmtree(VENV, ignore_errors=True)
    if not run([python, "-m", "venv", VENV]):
        raise SetUpError("%s could not make a virtual environment.\n%s" % (python, venv_advice()))


def find_python():
    """The first Python that is new enough and has venv; PYTHON, where set, is the only one."""
    chosen = os.environ.get("PYTHON")
    names = [chosen] if chosen else [sys.executable] + list(CANDIDATES)
    paths = [path for path in (shutil.which(name) for name in names if name) if path]
    new_enough = [path for path in paths if is_new_enough(path)]
    for path in new_enough:
        if runs([path, "-c", "import venv, ensurepip"]):
            return path
    if new_enough:
        raise SetUpError("%s has no venv module.\n%s" % (new_enough[0], venv_advice()))
    raise SetUpError(
        "the academy needs Python %d.%d or newer, and the newest found here is %d.%d (%s).\n"
        "Install one (Debian 12 and Ubuntu 24.04: sudo apt-get install python3 python3-venv)\n"
        "or name one: PYTHON=/path/to/python3.12 make run"
        % (OLDEST + tuple(sys.version_info[:2]) + (sys.executable,))
    )


def is_new_enough(path):
    return runs([path, "-c", "import sys; sys.exit(sys.version_info < %r)" % (OLDEST,)])


def venv_advice():
    return "On Debian and Ubuntu this mends it: sudo apt-get install python3-venv"


def install(locks):
    """Install the locks with uv, or with pip where uv cannot be had or finds no registry."""
    if has_uv() and run(uv("sync") + locks, retries=2):
        installed = run(uv("install") + ["--no-deps", "--no-build-isolation", "--editable", "."])
    else:
        say("Going on with pip, which is slower")
        names = [part for lock in locks for part in ("-r", lock)]
        installed = run(pip() + ["--require-hashes", "--no-deps"] + names, retries=3) and run(
            pip() + ["--no-deps", "--no-build-isolation", "--editable", "."]
        )
    if not installed:
        raise SetUpError(
            "the packages could not be fetched or did not fit their hashes (see above).\n"
            "Is there a network? Behind a proxy set HTTPS_PROXY; with a company certificate set\n"
            "SSL_CERT_FILE; with a package mirror of your own set UV_DEFAULT_INDEX."
        )


def has_uv():
    tools = ["--require-hashes", "--no-deps", "-r", "requirements/tools.txt"]
    return run(pip() + tools, retries=3)


def pip():
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input", "--retries", "3"]
    cache = ["--cache-dir", os.path.join(ROOT, ".cache", "pip")]
    return [PYTHON, "-m", "pip", "install"] + quiet + cache


def uv(verb):
    hashes = ["--require-hashes"] if verb == "sync" else []
    return [PYTHON, "-m", "uv", "pip", verb, "--quiet", "--python", PYTHON] + hashes


def build_front_end():
    """Bundle styles and scripts into static/dist, unless nothing they are made of changed."""
    script = os.path.join("scripts", "build_front_end.py")
    stamp = digest(front_end_sources())
    if read(FRONT_END_STAMP) == stamp:
        return
    if not run([PYTHON, script]):
        raise SetUpError("the front end could not be built (see above).")
    write(FRONT_END_STAMP, stamp)


def front_end_sources():
    paths = [os.path.join(ROOT, name) for name in ("package.json", "package-lock.json")]
    scripts = os.path.join(ROOT, "scripts")
    paths += [os.path.join(scripts, name) for name in ("build_front_end.py", "build_map.mjs")]
    for folder in ("css", "js"):
        for parent, _folders, files in os.walk(os.path.join(ROOT, "static", folder)):
            paths += [os.path.join(parent, name) for name in files]
    return sorted(path for path in paths if os.path.exists(path))


def digest(paths):
    """One number for the contents of the files and for the place where this checkout stands."""
    total = hashlib.sha256(ROOT.encode())
    for path in paths:
        total.update(os.path.relpath(path, ROOT).encode())
        with open(path, "rb") as file:
            total.update(hashlib.sha256(file.read()).digest())
    return total.hexdigest()


def run(command, retries=0):
    """Run a command with our caches; True when it went well, after some tries if asked for."""
    for attempt in range(retries + 1):
        if attempt:
            say("That did not work; trying again (%d of %d)" % (attempt, retries))
            time.sleep(2 * attempt)
        if subprocess.call(command, cwd=ROOT, env=environment()) == 0:
            return True
    return False


def runs(command):
    """Whether a command exists and goes well; what it prints does not matter."""
    try:
        return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def environment():
    """Our environment with caches inside the checkout, so that no home folder is needed."""
    kept = dict(os.environ)
    kept.pop("PYTHONPATH", None)
    kept.pop("VIRTUAL_ENV", None)
    kept.setdefault("UV_CACHE_DIR", os.path.join(ROOT, ".cache", "uv"))
    kept.setdefault("npm_config_cache", os.path.join(ROOT, ".cache", "npm"))
    return kept


def become(command):
    """Replace this process, so that Ctrl-C and the exit code belong to the command."""
    kept = environment()
    if os.name == "nt":
        return subprocess.call(command, env=kept)
    else:
        os.execve(command[0], command, kept)


def read(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return None


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


def remove(path):
    if os.path.exists(path):
        os.remove(path)


def say(sentence):
    print("- " + sentence, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
