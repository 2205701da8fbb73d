"""Find a browser for the browser tests, or install Debian's chromium where there is none."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
ADVICE = "Install Chromium or Chrome yourself, or name one: CHROMIUM=/path/to/chromium make test"


def main() -> int:
    """Exit with 0 when a browser is there at the end."""
    found = find_browser()
    if found:
        print(f"A browser is here: {found}")
        return 0
    if not shutil.which("apt-get"):
        print(f"No browser was found, and no apt-get to install one. {ADVICE}")
        return 1
    return install_chromium()


def find_browser() -> str | None:
    """The path of a browser that Playwright can drive, or None."""
    names = [name for name in (os.environ.get("CHROMIUM"),) if name] + list(NAMES)
    return next((path for path in (shutil.which(name) for name in names) if path), None)


def install_chromium() -> int:
    """Ask apt-get for chromium, as root or through sudo."""
    if os.geteuid() == 0:
        prefix = []
    elif shutil.which("sudo"):
        prefix = ["sudo"]
    else:
        print(f"No browser was found. As root: apt-get install chromium. {ADVICE}")
        return 1
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    print("No browser was found: installing chromium with apt-get.")
    subprocess.call([*prefix, "apt-get", "update", "-q"], env=environment)
    install = ["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"]
    done = subprocess.call(prefix + install, env=environment) == 0 and find_browser()
    print(f"A browser is here: {done}" if done else f"chromium could not be installed. {ADVICE}")
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(main())
