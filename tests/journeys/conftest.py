"""A browser for each file, and one running academy for all journeys."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import find_browser, real_browser
from tests.journeys.academy import Academy, running_academy


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the browser; skip where there is none."""
    with real_browser() as started:
        yield started


@pytest.fixture(scope="session")
def academy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Academy]:
    """Start the academy once, as `make run` does, if there is a browser to visit it."""
    find_browser()
    with running_academy(tmp_path_factory.mktemp("academy")) as running:
        yield running
