"""The door of a personal link in a real browser: for everybody, light, and really leading out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from academy.db import now
from academy.programme.personal_links import link_path
from academy.programme.service import register
from tests.browser import real_browser, visit
from tests.programme.doors import change
from tests.programme.scenes import a_series, somebody

pytestmark = pytest.mark.browser
FIRST_VISIT, NEXT_PAGE = 60_000, 15_000
#: What the door says in each of its states, and how many minutes its start is away.
STATES = {
    "The door opens at": 40, "Come back then": 4_000, "the room is not ready yet": 5, "Go in": -5,
}  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Keep one browser for all of these pages."""
    with real_browser() as started:
        yield started


def a_door(minutes: int, room: str) -> str:
    """Return the path of a personal link whose live session begins in so many minutes."""
    series = a_series(weeks=3)
    change(series.live_sessions[0], starts_at=now() + timedelta(minutes=minutes), room_url=room)
    return link_path(register(somebody("Ni Made Ayu"), series, source="import"))


@pytest.mark.parametrize("screen", [(360, "dark"), (1280, "light")])
@pytest.mark.parametrize("words", STATES)
def test_each_state_is_for_every_eye_and_ear_and_light(
    client: FlaskClient, browser: Browser, screen: tuple[int, str], words: str
) -> None:
    path = a_door(STATES[words], "" if "room" in words else "https://rooms.example.net/1")
    with visit(browser, client, *screen) as reader:
        assert reader.find_faults(path) == []
        assert words in reader.page.inner_text("main")
        assert sum(reader.weights.values()) <= FIRST_VISIT
        assert reader.weights[path] <= NEXT_PAGE
        assert reader.find_faults(f"{path}/card") == []


def test_the_way_in_is_on_the_first_screen_of_an_old_phone(
    client: FlaskClient, browser: Browser
) -> None:
    with visit(browser, client, 360, "light") as reader:
        reader.page.set_viewport_size({"width": 360, "height": 560})
        reader.open(a_door(-5, "https://rooms.example.net/1"))
        box = reader.page.get_by_role("button", name="Go in").bounding_box()
    assert box is not None
    assert box["height"] >= 72
    assert box["y"] + box["height"] <= 560


@pytest.mark.parametrize("scripts", [True, False])
def test_the_button_leads_through_to_the_room_of_another_site(
    own_database: Flask, browser: Browser, *, scripts: bool
) -> None:
    """Browsers check each hop of a sent form against the policy of the page that sent it."""
    with served(own_database) as academy, served(_room) as rooms:
        path = a_door(-5, f"{rooms}/first")
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto(academy + path)
        page.get_by_role("button", name="Go in").click()
        page.wait_for_url(f"{rooms}/room")
        assert page.inner_text("body") == "In the room, from nowhere"
        context.close()


@Request.application
def _room(request: Request) -> Response:
    """A meeting service: it sends on among its own addresses, and looks where one came from."""
    if request.path == "/first":
        return Response(status=302, headers={"Location": "/room"})
    return Response(f"In the room, from {request.headers.get('Referer', 'nowhere')}")


@contextmanager
def served(app: object) -> Iterator[str]:
    """Answer at an address of this machine until the block ends."""
    server = make_server("127.0.0.1", 0, app, threaded=True)  # type: ignore[arg-type]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
