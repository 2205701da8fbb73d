"""No string of the corpus is more than text or plain prose, in any field of cases and threads."""

import re
from html import unescape
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from flask import Flask

from academy.lib.prose import render_prose
from tests.cast import Cast, sign_in_to
from tests.security.corpus import CORPUS
from tests.security.spoiled import Spoiled, asked_for, typed_into

#: What words of people may become, and the only attributes that these have.
PROSE = {
    "p", "br", "strong", "em", "a", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "code",
    "pre", "hr",
}  # fmt: skip
#: In front of a string, what is open when it begins.
BEFORE = ("", "> ", "- ", "# ", "`", "*", "[x](", "![x](", "[x]: ", "<", "&", "\\", "1. > - ")
#: Elements that no page of ours has.
FOREIGN = {
    "iframe", "math", "style", "base", "object", "embed", "applet", "frame", "frameset", "marquee",
    "xss", "xmp", "listing", "plaintext", "noembed", "portal", "isindex", "slot", "bgsound",
    "mglyph", "foreignobject", "animate", "set", "audio", "video", "dialog", "template",
}  # fmt: skip
SAFE = re.compile(r"(?:https?://|mailto:|/(?!/)|#|\?)")


class Reading(HTMLParser):
    """Notes every element with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one."""
        self.elements.append((tag, dict(attrs)))


def _faults_of_prose(html: str) -> list[str]:
    return [
        f"{tag} {attributes}"
        for tag, attributes in Reading(html).elements
        if tag not in PROSE
        or set(attributes) - {"href", "rel"}
        or not SAFE.match(attributes.get("href", "#") or "")
    ]


def faults_of_page(html: str) -> list[str]:
    """Return what no page of ours holds: foreign elements, handlers, links that run."""
    return [
        f"{tag} {attributes}"
        for tag, attributes in Reading(html).elements
        if (tag in FOREIGN and "data-row" not in attributes)  # rows of ours, added by a script
        or any(name.startswith("on") for name in attributes)
        or ("href" in attributes and not SAFE.match(attributes["href"] or ""))
        or (tag == "script" and not _is_ours(attributes))
        or (tag == "img" and not (attributes.get("src") or "").startswith("/"))
    ]


def _is_ours(script: dict[str, str | None]) -> bool:
    return "nonce" in script or (script.get("src") or "").startswith("/static/")


@pytest.mark.parametrize("before", BEFORE)
def test_prose_holds_nothing_but_prose_whatever_stands_before(before: str) -> None:
    for one in CORPUS:
        html = render_prose(before + one)
        assert _faults_of_prose(html) == [], one


@pytest.fixture
def scene(app: Flask, cast: Cast) -> Spoiled:
    return Spoiled(cast)


def test_every_page_shows_the_corpus_as_text(app: Flask, cast: Cast, scene: Spoiled) -> None:
    client = sign_in_to(app.test_client(), cast.moderator)
    for path in scene.pages():
        answer = client.get(path)
        own = path in {scene.address_of_edit(), scene.address_of_edit().replace("edit", "removal")}
        assert answer.status_code == (403 if own else 200), path
        assert faults_of_page(answer.text) == [], path
    author = sign_in_to(app.test_client(), cast.learner)
    assert faults_of_page(author.get(scene.address_of_edit()).text) == []


def test_every_form_takes_the_corpus_or_gives_it_back_as_text(
    app: Flask, cast: Cast, scene: Spoiled
) -> None:
    for person in (cast.learner, cast.administrator):
        client = sign_in_to(app.test_client(), person)
        for address, status, page in typed_into(client, scene):
            assert status < 500, address
            assert faults_of_page(page) == [], address


def test_every_search_says_the_corpus_back_as_text(app: Flask, scene: Spoiled) -> None:
    for address, status, page in asked_for(app.test_client()):
        assert status == 200, address
        assert faults_of_page(page) == [], address


def test_feeds_are_well_formed_and_hold_prose(app: Flask, scene: Spoiled) -> None:
    for path in scene.feeds():
        feed = ET.fromstring(app.test_client().get(path).data)  # noqa: S314 (our own)
        for content in feed.iter("{http://www.w3.org/2005/Atom}content"):
            assert _faults_of_prose(content.text or "") == [], path
        for title in feed.iter("{http://www.w3.org/2005/Atom}title"):
            assert title.get("type", "text") == "text"


def test_a_hundred_thousand_signs_come_back_in_the_box(app: Flask, scene: Spoiled) -> None:
    client = sign_in_to(app.test_client(), scene.cast.learner)
    text = "> " * 50_000 + "end of it"
    for address in (f"/threads/{scene.thread.id}/posts/", scene.address_of_edit(), "/threads/new"):
        data = {"title": "x", "body": text, "language": "en", "version": "1"}
        answer = client.post(address, data=data)
        assert answer.status_code == 400, address
        assert text in unescape(answer.text), address
