"""The corpus in a real browser with the policy of scripts switched off: nothing runs all the same.

The policy (CSP) is the second wall; here the first one stands alone.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, Route

from tests.browser import HOME, real_browser
from tests.cast import Cast, sign_in_to
from tests.security.corpus import CORPUS
from tests.security.spoiled import Spoiled, chunks

pytestmark = pytest.mark.browser

#: Notes who calls it; a picture that fails, a focus that comes, an animation that begins may.
CANARY = "window.ran = []; window.canary = () => window.ran.push(document.location.href)"
#: What is wrong with the page as the browser reads it: runs, foreign elements, handlers, links
#: that run, words of people that are more than prose or read otherwise the second time.
FAULTS = """() => {
  const faults = window.ran.map((where) => `ran on ${where}`);
  const foreign = "iframe,math,style,base,object,embed,frame,frameset,marquee,xss,xmp,listing," +
    "plaintext,noembed,portal,slot,audio,video,dialog,template,form form,svg script," +
    "script:not([src^='/static/']):not([nonce]),meta[http-equiv],img:not([src^='/'])";
  for (const one of document.querySelectorAll(foreign)) faults.push(one.outerHTML.slice(0, 200));
  for (const one of document.querySelectorAll("*")) {
    for (const { name, value } of one.attributes) {
      const runs = /^(href|src|action|formaction|xlink:href)$/.test(name) &&
        !/^(https?:\\/\\/|mailto:|\\/(?!\\/)|#|\\?|$)/.test(value);
      if (name.startsWith("on") || name === "style" || runs) faults.push(`${name}=${value}`);
    }
  }
  const allowed = new Set("P BR STRONG EM A UL OL LI H2 H3 H4 BLOCKQUOTE CODE PRE HR".split(" "));
  for (const words of document.querySelectorAll(".post__words, .case__lessons > li")) {
    for (const one of words.querySelectorAll("*")) {
      if (!allowed.has(one.tagName)) faults.push(`${one.tagName} in words`);
    }
    const again = new DOMParser().parseFromString(words.innerHTML, "text/html").body.innerHTML;
    if (again !== words.innerHTML) faults.push(`read otherwise: ${again.slice(0, 200)}`);
  }
  for (const [name, count] of [["main", 1], ["footer", 1], ["h1", 1], ["main footer", 0]]) {
    const there = document.querySelectorAll(name).length;
    if (there !== count) faults.push(`${there} of ${name}`);
  }
  return faults;
}"""
#: The author's pages, and those that show the same part as another page does.
ELSEWHERE = ("/edit", "/removal", "/threads/?page=2", "/threads/?page=3", "/by-demand/")
#: Moves over and sets the focus on everything that words of people made.
TOUCH = """() => {
  for (const one of document.querySelectorAll("main *")) {
    for (const name of ["mouseover", "pointerenter", "focus", "toggle"]) {
      one.dispatchEvent(new Event(name, { bubbles: true }));
    }
  }
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with real_browser() as started:
        yield started


class Watched:
    """A page whose requests the app answers; what leaves to elsewhere and each dialog is noted."""

    def __init__(self, browser: Browser, client: FlaskClient) -> None:
        self.client = client
        self.noted: list[str] = []
        self.context = browser.new_context(bypass_csp=True, service_workers="block")
        self.context.add_init_script(CANARY)
        self.context.route("**/*", self._answer)
        self.page: Page = self.context.new_page()
        self.page.on("dialog", self._dismiss)

    def _dismiss(self, dialog: Any) -> None:
        self.noted.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _answer(self, route: Route) -> None:
        url = route.request.url
        if not url.startswith(f"{HOME}/"):
            self.noted.append(f"asked {url}")
            route.abort()
            return
        if url.endswith("/part") or "/socket.io/" in url or route.request.method != "GET":
            route.abort()
            return
        answer = self.client.get(url.removeprefix(HOME), follow_redirects=True)
        route.fulfill(
            status=answer.status_code, headers=dict(answer.headers), body=answer.data
        )  # fmt: skip
        answer.close()

    def faults_of(self, path: str) -> list[str]:
        """Open a page, touch everything on it, and say what is wrong."""
        self.noted.clear()
        self.page.goto(HOME + path, wait_until="load")
        self.page.evaluate(TOUCH)
        faults: list[str] = self.page.evaluate(FAULTS)
        return [*self.noted, *faults]


def test_nothing_of_the_corpus_runs_or_leaves_anywhere(
    app: Flask, browser: Browser, cast: Cast
) -> None:
    scene = Spoiled(cast)
    watched = Watched(browser, sign_in_to(app.test_client(), cast.moderator))
    for path in (*scene.pages(), f"/search/?words={chunks(150)[3]}"):
        if path.endswith(ELSEWHERE):
            continue
        assert watched.faults_of(path) == [], path
    watched.context.close()
    author = Watched(browser, sign_in_to(app.test_client(), cast.learner))
    for path in (scene.address_of_edit(), f"/threads/{scene.thread.id}/"):
        assert author.faults_of(path) == [], path
    author.context.close()


def test_the_watch_sees_what_runs(app: Flask, browser: Browser, cast: Cast) -> None:
    watched = Watched(browser, app.test_client())
    watched.page.goto(f"{HOME}/privacy", wait_until="load")
    tried = [one for one in CORPUS if one.startswith(("<img", "<svg", "<details", "<p ", "<form"))]
    for one in tried:
        watched.page.evaluate(
            "(html) => { window.ran = []; document.querySelector('main').innerHTML = html }", one
        )
        watched.page.evaluate(TOUCH)
        assert watched.page.evaluate(FAULTS), one
    assert len(tried) > 25
    watched.context.close()
