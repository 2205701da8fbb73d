"""Searching: one set of questions that both databases answer alike, in every script."""

import pytest
from flask import Flask

from academy.lib.search_index import understand
from academy.library.content import CaseFile
from academy.library.queries import Wish, find_shelf
from academy.library.service import load_cases
from tests.library.conftest import record

TEXTS = {
    "forest": ("Community forest", "Households guard the forest of Nepal; coopérative."),
    "rice": ("Organic rice", "System of Rice Intensification in Cambodia."),
    "khmer": ("Khmer", "សហគមន៍ព្រៃឈើ នៅកម្ពុជា"),
    "thai": ("Thai", "สหกรณ์ออมทรัพย์ในหมู่บ้าน"),
    "tamil": ("Tamil", "கூட்டுறவு சங்கங்கள் பெண்களால் நடத்தப்படுகின்றன"),
    "chinese": ("Chinese", "社区支持农业在香港"),
    "japanese": ("Japanese", "生活クラブ生協の運動"),
    "burmese": ("Burmese", "သမဝါယမ အသင်း"),
    "hindi": ("Hindi", "महिलाओं का स्वयं सहायता समूह"),
    "arabic": ("Arabic", "التعاونيات النسائية في القرية"),
    "vietnamese": ("Vietnamese", "Quỹ tín dụng nhân dân ở nông thôn"),
    "mentions": ("Rice bank", "Far from any forest; the word stands here once: forest."),
}

QUESTIONS = [
    ("forest", ["forest", "mentions"]),  # the title weighs more
    ("FOREST nepal", ["forest"]),
    ("fores", ["forest", "mentions"]),  # a beginning
    ("forrest", ["forest", "mentions"]),  # one slip
    ("intensifcation", ["rice"]),
    ("cooperative", ["forest"]),  # without its accent
    ("coopérative", ["forest"]),
    ("rice forest", ["mentions"]),
    ("ព្រៃឈើ", ["khmer"]),
    ("កម្ពុជា", ["khmer"]),
    ("ออมทรัพย์", ["thai"]),
    ("หมู่บ้าน", ["thai"]),
    ("கூட்டுறவு", ["tamil"]),
    ("சங்கம", []),  # no beginning of anything, and no single slip
    ("சங்கங்கள்", ["tamil"]),
    ("农业", ["chinese"]),
    ("香港", ["chinese"]),
    ("業農", []),
    ("生協", ["japanese"]),
    ("クラブ", ["japanese"]),
    ("အသင်း", ["burmese"]),
    ("सहायता", ["hindi"]),
    ("النسائية", ["arabic"]),
    ("tin dung", ["vietnamese"]),
    ("tín dụng", ["vietnamese"]),
    ("xyzzyq", []),
    ("' OR 1=1 --", []),
    ('"forest" AND (rice* NEAR', []),  # words, not a language of queries
    ("forest & ! | : *", ["forest", "mentions"]),
]


@pytest.fixture
def shelf(app: Flask) -> None:
    """Put one case a script on the shelf."""
    load_cases([
        CaseFile(slug, record(title=title, approach=text, summary="x", partners=[], dimensions={}))
        for slug, (title, text) in TEXTS.items()
    ])  # fmt: skip


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
