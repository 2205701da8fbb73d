"""Packed pages: text is packed for those who ask, and everything else stays as it was."""

import gzip
from typing import Any

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from academy.lib.compression import PackedPages

PAGE = "<p>Selamat datang</p>" * 200


def browser(answer: Response) -> Client:
    return Client(PackedPages(answer))


def headers(accepted: str = "gzip, br") -> dict[str, Any]:
    return {"headers": {"Accept-Encoding": accepted}}


def test_a_page_is_packed_for_a_browser_that_asks() -> None:
    answer = browser(Response(PAGE, mimetype="text/html")).get("/", **headers())
    assert gzip.decompress(answer.data).decode() == PAGE
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) == len(answer.data) < len(PAGE) / 10
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("accepted", ["", "br", "identity"])
def test_a_page_stays_plain_for_a_browser_that_does_not_ask(accepted: str) -> None:
    answer = browser(Response(PAGE, mimetype="text/html")).get("/", **headers(accepted))
    assert answer.text == PAGE


@pytest.mark.parametrize(
    "answer",
    [
        Response("short", mimetype="text/html"),
        Response(PAGE, mimetype="image/png"),
        Response(PAGE, mimetype="text/css", headers={"Content-Encoding": "br"}),
        Response(iter([PAGE]), mimetype="text/csv"),
    ],
)
def test_small_packed_and_growing_answers_and_pictures_pass(answer: Response) -> None:
    got = browser(answer).get("/", **headers())
    assert got.headers.get("Content-Encoding") in {None, "br"}
    assert got.data in {b"short", PAGE.encode()}


def test_head_has_no_body_and_is_not_packed() -> None:
    answer = browser(Response(PAGE, mimetype="text/html")).head("/", **headers())
    assert (answer.data, "Content-Encoding" in answer.headers) == (b"", False)


def test_socket_io_is_left_alone() -> None:
    answer = browser(Response(PAGE, mimetype="text/plain")).get("/socket.io/", **headers())
    assert answer.text == PAGE
