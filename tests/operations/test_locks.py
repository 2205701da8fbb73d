"""The lock files: they fit the wishes, carry hashes and name no registry."""

import json
import re
import subprocess

import pytest

from academy.config import ROOT

LOCKS = sorted(path.name for path in (ROOT / "requirements").glob("*.txt"))
#: Written in pieces, so that this file does not name them either.
HOSTS = ["registry" + ".npmjs.org", "files." + "pythonhosted.org", "pypi" + ".org/simple"]


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_is_pinned_and_has_hashes(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text("utf-8")
    pinned = re.findall(r"^\S+==\S+", text, flags=re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^\S+==[^\n]*\\\n    --hash=sha256:", text, re.MULTILINE))
    assert not re.search(r"^\S+>=", text, flags=re.MULTILINE)


@pytest.mark.parametrize("name", LOCKS)
def test_every_wish_is_in_its_lock(name: str) -> None:
    wishes = (ROOT / "requirements" / name).with_suffix(".in").read_text("utf-8").splitlines()
    lock = (ROOT / "requirements" / name).read_text("utf-8").lower()
    names = [re.split(r"[\[<>=; ]", wish)[0].lower() for wish in wishes if wish[:1].isalpha()]
    assert [wish for wish in names if f"\n{wish}==" not in lock and wish not in lock[:200]] == []


def test_the_lock_of_the_front_end_names_no_address_and_checks_all_contents() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    fetched = [entry for name, entry in packages.items() if name]
    assert not [entry for entry in fetched if "resolved" in entry]
    assert all(entry["integrity"].startswith("sha512-") for entry in fetched)


@pytest.mark.parametrize("host", HOSTS)
def test_no_file_in_git_names_a_registry(host: str) -> None:
    command = ["git", "grep", "--files-with-matches", "--fixed-strings", host]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.stdout == ""


@pytest.mark.parametrize("name", ["uv.lock", "pylock.toml"])
def test_locks_that_record_addresses_are_not_used(name: str) -> None:
    assert not (ROOT / name).exists()
    assert name in (ROOT / ".gitignore").read_text("utf-8").split()
