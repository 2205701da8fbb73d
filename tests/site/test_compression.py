"""Pages travel squeezed where no nginx does it, and only to those who read gzip."""

import gzip

from flask.testing import FlaskClient


def test_a_page_is_squeezed_for_who_reads_gzip(client: FlaskClient) -> None:
    answer = client.get("/sign-up", headers={"Accept-Encoding": "br, gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert b"<h1" in gzip.decompress(answer.data)
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert {"Cookie", "Accept-Encoding"} <= set(answer.vary)


def test_a_page_goes_as_it_is_to_who_does_not(client: FlaskClient) -> None:
    answer = client.get("/sign-up")
    assert "Content-Encoding" not in answer.headers
    assert b"<h1" in answer.data
    assert "Accept-Encoding" in answer.vary


def test_a_few_bytes_are_not_worth_it(client: FlaskClient) -> None:
    answer = client.get("/healthz", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
