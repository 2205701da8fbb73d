"""A personal link and a room are on pages of whose they are, and on none of anybody else's.

Moodle's CVE-2024-38273 gave the address of a meeting to people who might not join it
(SECURITY.md 2.7). Here every address is asked by every role, exports and the API among them.
"""

import io
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from academy.db import transaction
from academy.messaging.models import Message
from academy.people.service.api_tokens import create_api_token
from academy.programme.models import LiveSession
from academy.programme.personal_links import calendar_path, link_path
from academy.security.scopes import SCOPES
from academy.security.signed_links import in_groups
from tests.cast import Cast
from tests.security.addresses import addresses, forgotten
from tests.security.scene import ROLES, Scene, person_of

ROOM = "rooms.example.net/open-sesame"
#: Where the learner reads her own link, and the organiser writes the room.
OWN = {
    "learner": {"/my/live-sessions/", "/series/weaving/link"},
    "organiser": {"/desk/live-sessions/weaving-1/edit"},
    "administrator": {"/desk/live-sessions/weaving-1/edit"},
}
#: The mail of the embedded default stands open to whoever sits at that machine, links and all.
MAIL_OF_THE_MACHINE = "/dev/mail"


@pytest.fixture
def scene(app: Flask, cast: Cast) -> Scene:
    made = Scene(app, cast)
    with transaction() as current:
        for live_session in current.query(LiveSession):
            live_session.room_url = f"https://{ROOM}"
    return made


def secrets_of(scene: Scene) -> list[str]:
    """Return what nobody else may read: rooms, and the tokens of everybody who is registered."""
    named = [scene.link_of(person_id) for person_id in scene.registrations]
    tokens = [path.split("/")[2].removesuffix(".ics")
              for one in named for path in (link_path(one), calendar_path(one))]  # fmt: skip
    return [ROOM, *tokens, *map(in_groups, tokens)]


def told(answer: TestResponse, secrets: list[str]) -> bool:
    data = b"".join(_unpacked(answer.data)).decode(errors="replace") + str(answer.headers)
    return any(secret in data for secret in secrets)


def _unpacked(data: bytes) -> Iterator[bytes]:
    """A spreadsheet is a packed folder."""
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as folder:
            yield from (folder.read(name) for name in folder.namelist())


@pytest.mark.parametrize("role", ROLES)
def test_no_page_and_no_file_tells_a_room_or_the_link_of_somebody(scene: Scene, role: str) -> None:
    asked = [*addresses(scene, "GET"), "/desk/series/weaving/registrants.xlsx"]
    asked = [one for one in asked if not one.startswith(MAIL_OF_THE_MACHINE)]
    secrets, tell = secrets_of(scene), set()
    for address in asked:
        with forgotten():
            if told(scene.clients[role].get(address, buffered=True), secrets):
                tell.add(address)
    assert tell == OWN.get(role, set())


@pytest.mark.parametrize("role", ROLES[1:])
def test_no_call_of_the_api_tells_them_either(scene: Scene, role: str) -> None:
    _token, key = create_api_token(person_of(scene.cast, role), "walk", SCOPES)
    rules = [rule for rule in scene.app.url_map.iter_rules()
             if rule.rule.startswith("/api/v1/") and "GET" in (rule.methods or set())]  # fmt: skip
    secrets = secrets_of(scene)
    for rule in rules:
        with forgotten():
            answer = scene.app.test_client().get(
                scene.fill_in(rule.rule, ""), headers={"Authorization": f"Bearer {key}"}
            )
            assert not told(answer, secrets), rule.rule


def test_even_the_owner_reads_no_room_before_going_in(scene: Scene) -> None:
    own = scene.token_of("/j/<token>")
    calendar = scene.token_of("/calendar/<token>.ics")
    for path in (f"/j/{own}", f"/j/{own}/card", f"/calendar/{calendar}.ics"):
        with forgotten():
            answer = scene.clients["learner"].get(path)
            assert answer.status_code == 200
            assert not told(answer, [ROOM])


def test_a_link_of_one_leads_to_no_link_of_another(scene: Scene) -> None:
    own = scene.token_of("/j/<token>")
    others = [one for one in secrets_of(scene)[1:] if not _is_of(scene, one)]
    for path in (f"/j/{own}", f"/j/{own}/card"):
        with forgotten():
            assert not told(scene.clients["other_learner"].get(path), others)


def _is_of(scene: Scene, token: str) -> bool:
    named = scene.link_of(scene.cast.learner.id)
    plain = token.replace("-", "")
    return plain in link_path(named) or plain in calendar_path(named)


def test_messages_name_the_link_of_whom_they_are_for(scene: Scene) -> None:
    with transaction() as current:
        mails = current.query(Message).filter_by(kind="registered").all()
    for mail in mails:
        named = scene.link_of(mail.person_id)
        assert mail.text.count("/j/") == mail.text.count(link_path(named)) == 2
