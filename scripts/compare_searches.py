"""Prints what both databases answer to the shared set of questions, side by side.

Run: PYTHONPATH=. .venv/bin/python scripts/compare_searches.py; 1 where they or the set differ.
"""

import sys
from collections.abc import Mapping, Sequence

from academy.config import ROOT
from academy.library.content import read_cases
from academy.library.queries import Wish, find_shelf
from academy.library.service import load_cases
from benchmarks.scene import loaded_academy
from tests.library.search_questions import OWN_QUESTIONS, QUESTIONS, cases_of_all_scripts

DATABASES = ("sqlite", "postgresql")
Answers = Mapping[str, Sequence[str]]


def main() -> int:
    """Ask both; print a line for each question, and how many answers are as expected."""
    asked = {kind: _ask(kind) for kind in DATABASES}
    wrong = _show("The academy's own cases, the first hits", asked, 0, _expected_of_own())
    wrong += _show("A case in each script, all hits", asked, 1, dict(QUESTIONS))
    print(f"{len(OWN_QUESTIONS) + len(QUESTIONS) - wrong} questions answered as expected by both, "
          f"{wrong} otherwise.")  # fmt: skip
    return 1 if wrong else 0


def _ask(kind: str) -> tuple[Answers, Answers]:
    with loaded_academy(kind):
        load_cases(read_cases(ROOT / "courses").cases)
        own = {asked: sorted(_first(asked, len(best))) for asked, _least, best in OWN_QUESTIONS}
        load_cases(cases_of_all_scripts())
        return own, {asked: _first(asked, 30) for asked, _found in QUESTIONS}


def _first(asked: str, most: int) -> list[str]:
    return [case.slug for case in find_shelf(Wish(asked), None).rows[: max(most, 1)]]


def _expected_of_own() -> dict[str, list[str]]:
    return {asked: best for asked, _least, best in OWN_QUESTIONS}


def _show(
    title: str, asked: Mapping[str, tuple[Answers, Answers]], part: int, expected: Answers
) -> int:
    print(f"{title}\n{'':4}{'asked':28}{'sqlite':68}postgresql")
    wrong = 0
    for question, best in expected.items():
        answers = [list(asked[kind][part][question]) for kind in DATABASES]
        is_well = all(answer == list(best) for answer in answers)
        wrong += not is_well
        left, right = (", ".join(answer) or "–" for answer in answers)
        print(f"{'' if is_well else '!!':4}{question:28}{left:68}{right}")
    print()
    return wrong


if __name__ == "__main__":
    sys.exit(main())
