"""`academy content preview`: lessons and faults straight from the files, for this machine alone."""

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner
from werkzeug.test import Client, TestResponse

from academy.learning.commands import content
from academy.learning.preview_pages import Preview
from academy.learning.previewing import Desk
from tests.learning.writing import write_course

LESSON = "/courses/weaving/first/warp/"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_course(tmp_path)


@pytest.fixture
def author(folder: Path) -> Client:
    return Client(Preview(Desk(folder.parent)))


def get(author: Client, path: str, host: str = "127.0.0.1:8020") -> TestResponse:
    return author.get(path, headers={"Host": host})


def change(file: Path, old: str, new: str) -> None:
    """Change a file as an editor does."""
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_a_lesson_shows_as_on_the_site_with_its_quiz_and_answers(author: Client) -> None:
    page = get(author, LESSON).text
    for words in (
        '<aside class="callout callout--tip">', 'href="#term-warp"', 'id="term-warp"',
        'src="/figures/weaving/loom.svg"', "Why not the weft first?", "Which is stretched first?",
        "✓ <strong>The warp</strong>: Yes.", "It comes later.", "12.5 ± 0.5", "A book",
    ):  # fmt: skip
        assert words in page, words
    assert f"{LESSON}?language=id" in get(author, "/").text
    assert "first/warp.id.md" in get(author, f"{LESSON}?language=id").text
    assert get(author, "/figures/weaving/loom.svg").mimetype == "image/svg+xml"


def test_a_saved_file_changes_the_mark_and_the_page(author: Client, folder: Path) -> None:
    before = get(author, "/stamp").text
    assert f'data-stamp="{before}"' in get(author, LESSON).text
    change(folder / "first/warp.en.md", "Stretch it", "Never let it hang, stretch it")
    assert get(author, "/stamp").text != before
    assert "Never let it hang" in get(author, LESSON).text


def test_a_fault_stands_on_the_page_with_line_and_advice_above_the_last_good_text(
    author: Client, folder: Path
) -> None:
    for tag in ("en", "id"):
        change(folder / f"first/warp.{tag}.md", "[forest](case:forest)", "forest")
    assert "to mend" not in get(author, LESSON).text
    change(folder / "first/warp.en.md", "callout tip", "calout tip <b>")
    page = get(author, LESSON).text
    assert "weaving/first/warp.en.md, line 11" in page
    assert "There are: audio, callout" in page
    assert "1 to mend" in page, "its quiz is no fault as well"
    assert "<code>::: calout tip &lt;b&gt; Remember</code>" in page
    assert "Stretch it <strong>well</strong>" in page
    assert "Across." in get(author, "/courses/weaving/first/weft/").text


def test_a_file_that_was_never_good_and_a_broken_plan_show_their_faults(
    author: Client, folder: Path
) -> None:
    (folder / "first/warp.en.md").write_bytes(b"\xff")
    assert "this is not UTF-8" in get(author, LESSON).text
    (folder / "course.yaml").write_text("title: [")
    for path in ("/", "/courses/weaving/", LESSON):
        answer = get(author, path)
        assert (answer.status_code, "weaving/course.yaml, line" in answer.text) == (200, True)


def test_nobody_reaches_the_files_by_another_name_or_path(author: Client) -> None:
    assert get(author, LESSON, host="academy.example").status_code == 421
    for path in (
        "/static/../pyproject.toml", "/static/%2e%2e/pyproject.toml", "/courses/none/",
        "/figures/weaving/..%2fcourse.yaml", "/figures/weaving/course.yaml", "/cases/forest/",
    ):  # fmt: skip
        assert get(author, path).status_code == 404, path
    assert author.post("/", headers={"Host": "localhost"}).status_code == 405
    policy = get(author, LESSON).headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy


def test_a_taken_port_is_said_in_a_sentence(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        answer = CliRunner().invoke(content, ["preview", str(folder.parent), "--port", port])
    assert answer.exit_code == 1
    assert "is taken: try `--port 0`" in answer.output
