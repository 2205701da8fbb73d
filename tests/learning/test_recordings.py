"""A recording begins at the minute that a lesson names, in each player's own way."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from academy.db import transaction
from academy.learning.checking import read_courses
from academy.learning.recordings import at_minute
from academy.learning.service import load_courses
from academy.library.content import CaseFile
from academy.library.service import load_cases
from tests.learning.writing import write_course
from tests.library.conftest import record
from tests.programme.scenes import a_series


@pytest.mark.parametrize(
    ("address", "minute", "expected"),
    [
        ("https://www.youtube.com/watch?v=abc&t=5", 10, "https://www.youtube.com/watch?v=abc&t=600s"),
        ("https://youtu.be/abc", 10, "https://youtu.be/abc?t=600s"),
        ("https://bbb.example.org/playback/presentation/2.3/1f-2", 2,
         "https://bbb.example.org/playback/presentation/2.3/1f-2?t=120s"),
        ("https://vimeo.com/123", 1, "https://vimeo.com/123#t=60s"),
        ("https://files.example.org/one.mp4?key=1", 65,
         "https://files.example.org/one.mp4?key=1#t=3900"),
        ("https://tube.example.org/w/kkGMgK9ZtnKfYAgnEtQxbv?start=5s&autoplay=1", 10,
         "https://tube.example.org/w/kkGMgK9ZtnKfYAgnEtQxbv?autoplay=1&start=600s"),
        ("https://youtu.be/abc", 0, "https://youtu.be/abc"),
        ("https://youtube.com.example.org/watch", 1, "https://youtube.com.example.org/watch#t=60"),
    ],
)  # fmt: skip
def test_a_recording_begins_at_the_minute(address: str, minute: int, expected: str) -> None:
    assert at_minute(address, minute) == expected


@pytest.mark.parametrize(("known", "minute"), [(", minute: 15", 15), ("", 0)])
def test_both_pages_name_the_minute_only_where_somebody_noted_it(
    client: FlaskClient, tmp_path: Path, known: str, minute: int
) -> None:
    live_session = a_series().live_sessions[0]
    plan = write_course(tmp_path) / "course.yaml"
    shown = f"minutes: 10, presented: [{{live_session: {live_session.slug}{known}}}]"
    plan.write_text(plan.read_text().replace("minutes: 10", shown))
    load_courses(read_courses(tmp_path, {"forest"}).courses)
    with transaction():
        live_session.recording_url = "https://youtu.be/abc"
    lesson = client.get("/courses/weaving/first/warp/").text
    there = client.get(f"/live-sessions/{live_session.slug}/").text
    assert f'href="{at_minute("https://youtu.be/abc", minute)}"' in lesson
    assert ("from minute 15" in lesson, "from minute 15" in there) == (bool(minute), bool(minute))
    assert "from minute 0" not in lesson + there


def test_a_lesson_leads_into_the_recording_and_the_live_session_to_lesson_and_case(
    tmp_path: Path, client: FlaskClient
) -> None:
    held = a_series("threads").live_sessions[0]
    with transaction():
        held.recording_url, held.recording_megabytes = "https://youtu.be/abc", 240
    load_cases([CaseFile("forest", record())])
    plan = write_course(tmp_path) / "course.yaml"
    shown = "minutes: 10, presented: [{live_session: threads-1, minute: 15}]"
    plan.write_text(plan.read_text().replace("minutes: 10", shown))
    load_courses(read_courses(tmp_path, {"forest"}).courses)
    lesson = client.get("/courses/weaving/first/warp/").text
    for words in (
        'href="https://youtu.be/abc?t=900s"',
        "240 MB",
        'href="/live-sessions/threads-1/"',
    ):
        assert words in lesson, words
    page = client.get("/live-sessions/threads-1/").text
    for words in ('href="/courses/weaving/first/warp/"', "from minute 15", 'href="/cases/forest/"'):
        assert words in page, words
