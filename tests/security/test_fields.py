"""Who reads whose name and address: pages, files and API alike (SECURITY.md 3.48-3.51)."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.cast import Cast
from tests.security.addresses import addresses, words_of
from tests.security.scene import ROLES, Scene, person_of

#: Only for browsers of this machine; it holds everybody's mail by design.
OPEN_HERE = ("/dev/mail", "/metrics")
API = (
    "/series/weaving/registrations", "/live-sessions/weaving-1/attendance",
    "/series/weaving/figures/registrations", "/series/weaving/figures/attendance", "/series",
)  # fmt: skip


@pytest.fixture
def scene(app: Flask, cast: Cast) -> Scene:
    return Scene(app, cast)


def texts(scene: Scene, role: str) -> Iterator[tuple[str, str]]:
    """Return all that a role can read: pages, files, and answers of the API with its token."""
    for address in addresses(scene, "GET"):
        if not address.startswith(OPEN_HERE):
            yield address, words_of(scene.clients[role].get(address, buffered=True))
    headers = {"Authorization": f"Bearer {scene.secrets.get(role, '')}"}
    for path in API:
        answer = scene.clients["anonymous"].get(f"/api/v1{path}", headers=headers)
        yield path, answer.get_data(as_text=True)


def mail_of(scene: Scene, *roles: str) -> set[str]:
    return {each.address for role in roles for each in person_of(scene.cast, role).addresses}


@pytest.mark.parametrize("role", ["anonymous", "learner", "other_learner", "moderator"])
def test_nobody_but_organisers_reads_the_address_of_another(scene: Scene, role: str) -> None:
    others = mail_of(scene, *(each for each in ROLES[1:] if each != role)) | {"maya@example.org"}
    leaks = [(where, each) for where, text in texts(scene, role) for each in others if each in text]
    assert leaks == []


@pytest.mark.parametrize("role", ["anonymous", "learner", "other_learner", "moderator"])
def test_nobody_but_organisers_reads_who_else_is_registered(scene: Scene, role: str) -> None:
    # The learner is named facilitator of the series, so its group is theirs to see.
    theirs = ("/desk/courses/weaving/learners",) if role == "learner" else ()
    leaks = [
        where for where, text in texts(scene, role)
        if "Maya" in text and not where.startswith(theirs)
    ]  # fmt: skip
    assert leaks == []


def test_a_focal_point_reads_names_and_addresses_of_its_country_only(scene: Scene) -> None:
    found = dict(texts(scene, "focal_point"))
    learner = scene.cast.learner
    leaks = [
        where
        for where, text in found.items()
        if (learner.name in text and not where.startswith("/threads/"))  # she signs what she writes
        or "sreymom@example.org" in text
        or "two@example.org" in text
    ]
    assert leaks == []
    readable = {where for where, text in found.items() if "Maya" in text}
    assert {"/desk/people/", "/desk/series/weaving/registrants/", API[0]} <= readable


def test_an_organiser_reads_both(scene: Scene) -> None:
    page = dict(texts(scene, "organiser"))["/desk/series/weaving/registrants/"]
    assert scene.cast.learner.name in page
    assert "Maya" in page


@pytest.mark.parametrize("role", ["organiser", "focal_point", "administrator"])
def test_the_file_and_the_api_hold_whom_the_page_shows(scene: Scene, role: str) -> None:
    found = dict(texts(scene, role))
    readings = (
        found["/desk/series/weaving/registrants/"],
        found["/desk/series/weaving/registrants.csv"],
        found[API[0]],
    )
    for name in ("Maya", scene.cast.learner.name):
        assert len({name in text for text in readings}) == 1, name


def test_the_audit_log_and_figures_name_no_address(scene: Scene) -> None:
    found = dict(texts(scene, "administrator"))
    main = found["/desk/log"].partition("<main")[2]
    assert "@example.org" not in main
    for where in ("/figures/weaving/", "/figures/weaving/figures.csv", API[2], API[3]):
        assert "@" not in found[where], where
