"""Searching: one set of questions that both databases answer alike, in every script."""

import pytest
from flask import Flask

from academy.config import ROOT
from academy.lib.search_index import understand
from academy.lib.search_words import forms_of
from academy.library.content import CaseFile, read_cases
from academy.library.models import KIND
from academy.library.queries import Wish, find_shelf
from academy.library.service import load_cases
from tests.library.conftest import record
from tests.library.search_questions import OWN_QUESTIONS, QUESTIONS, cases_of_all_scripts


@pytest.fixture
def shelf(app: Flask) -> None:
    """Put one case a script on the shelf."""
    load_cases(cases_of_all_scripts())


@pytest.mark.parametrize(("asked", "found"), QUESTIONS)
def test_every_question_has_the_same_answer_on_both_databases(
    shelf: None, asked: str, found: list[str]
) -> None:
    cases = find_shelf(Wish(asked), None).rows
    assert [case.slug for case in cases] == found


def test_a_slip_is_said_and_a_word_that_stands_somewhere_is_none(shelf: None) -> None:
    assert understand("case", "forrest").mended == {"forrest": "forest"}
    assert understand("case", "forest").mended == {}


def test_what_a_case_said_before_is_not_found_any_more(shelf: None) -> None:
    load_cases([CaseFile("forest", record(title="Meadow", approach="Grass.", summary="x"))])
    assert find_shelf(Wish("nepal"), None).total == 0
    assert [case.slug for case in find_shelf(Wish("meadow"), None).rows] == ["forest"]


def test_readers_find_the_academys_own_cases_by_the_words_that_they_use(app: Flask) -> None:
    load_cases(read_cases(ROOT / "courses").cases)
    answers = {asked: find_shelf(Wish(asked), None) for asked, *_expected in OWN_QUESTIONS}
    first = {
        asked: sorted(case.slug for case in answers[asked].rows[: len(best)])
        for asked, _least, best in OWN_QUESTIONS
    }
    assert first == {asked: best for asked, _least, best in OWN_QUESTIONS}
    few = [asked for asked, least, _best in OWN_QUESTIONS if answers[asked].total < least]
    assert few == []


def test_a_short_word_beside_others_takes_none_of_them_for_a_slip(shelf: None) -> None:
    assert understand(KIND, "a forest").mended == {}
    assert [case.slug for case in find_shelf(Wish("forest's"), None).rows] == ["forest", "mentions"]


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("villages", {"village"}), ("cities", {"city"}), ("city", {"cities"}), ("women", {"woman"}),
        ("womans", {"woman", "women"}), ("branches", {"branch"}), ("glass", set()),
        ("rice", set()), ("bus", set()), ("ஊர்கள்", set()), ("analysis", set()),
    ],
)  # fmt: skip
def test_one_is_found_by_several_and_several_by_one(word: str, forms: set[str]) -> None:
    assert set(forms_of(word)) == forms | {word}
