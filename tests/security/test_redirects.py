"""SECURITY.md, statement 26: `next=` leads to a page of this site, whatever trick is in it."""

import itertools
import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from academy.security.redirects import safe_path

HOSTS = (
    "evil.example", "evil.example/path", "evil.example%2f..", "127.0.0.1.evil.example",
    "user@evil.example", "[::1]", "0x7f.1",
)  # fmt: skip
BEGINNINGS = (
    "http://", "https://", "//", "///", "////", "/////", "\\\\", "/\\", "\\/", "/\\/", "//\\",
    "http:", "https:", "https:/", "https:\\\\", "http:/\\", "HtTpS://", "ftp://",
    "javascript:", "JaVaScRiPt:", "data:text/html,", "vbscript:", "mailto:", "blob:http://",
    "view-source:http://", "http:\t//", "h\nttp://", "\t//", "/\t/", "\n//", "/\r/", "/\x00/",
    "\x01//", " //", "/ /", "\u200b//", "/\u200b/", "\u2028//", "\ufeff//", "/%09/", "/%0a/",
    "/%0d/", "/%5c", "%5c%5c", "%2f%2f", "/%2f", "/%2F/", "%252f%252f", "/%252f", "/%255c",
    "\uff0f\uff0f", "/\uff0f", "/\u2215", "\u3002", "//\u3002", ".", "..//", "/..//", "/.//",
    "/;//", "?//", "#//", "@", "/@/../\\", "://", ":", "//%00", "/%e2%80%8b/", "/%ef%bc%8f",
    "/%c2%a0/",
)  # fmt: skip
TRICKS = [
    start + host + end
    for start, host, end in itertools.product(BEGINNINGS, HOSTS, ("", "/", "?a=/b"))
]


def _is_own_page(path: str) -> bool:
    """Whether a browser stays here, read as the WHATWG URL standard reads it."""
    plain = "".join(letter for letter in path if letter not in "\t\r\n").strip("\x00 ")
    return plain.startswith("/") and plain.replace("\\", "/")[1:2] != "/"


def test_more_than_a_thousand_tricks_lead_nowhere_else() -> None:
    assert len(TRICKS) > 1000
    assert [trick for trick in TRICKS if not _is_own_page(safe_path(trick))] == []


@pytest.mark.parametrize(
    "start", ["//", "/\\", "/%2f", "/%5c", "/%09/", "/%252f", "https:", "\\\\"]
)
def test_a_host_in_disguise_is_replaced_by_the_front_page(start: str) -> None:
    assert safe_path(start + "evil.example") == "/"


@pytest.mark.parametrize(
    "path",
    ["/", "/account/", "/series/may-2020/register", "/desk/people/?q=a%20b&country=NP",
     "/cases/%E1%9E%8F", "/figures/may-2020/#curve", "/series/?next=/a/b"],
)  # fmt: skip
def test_a_page_of_this_site_is_kept(path: str) -> None:
    assert safe_path(path) == path


def test_the_sign_in_page_hands_no_trick_on(client: FlaskClient) -> None:
    for trick in TRICKS[::40]:
        page = client.get(f"/sign-in?next={quote(trick)}")
        assert page.status_code == 200
        assert re.findall(r'(?:href|action|value)="[^"]*evil', page.text) == []
