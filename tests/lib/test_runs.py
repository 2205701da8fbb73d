"""What is kept of an error: its kind and place, and no value that somebody typed."""

import sqlite3

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from sqlalchemy.exc import IntegrityError

from academy.lib.names import split_shown
from academy.lib.runs import LONGEST_ERROR, describe

DOUBLE = sqlite3.IntegrityError('bad value "Siti"\nKey (name)=(Siti)')


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError("siti@example.org is not welcome"), "ValueError"),
        (KeyError("Siti Nurhaliza"), "KeyError"),
        (FileNotFoundError(2, "No such file", "/home/siti/list.csv"),
         "FileNotFoundError: No such file"),
        (IntegrityError("INSERT", None, DOUBLE), "IntegrityError: bad value …"),
        (SoftTimeLimitExceeded(), "took longer than its queue allows"),
    ],
)  # fmt: skip
def test_an_error_keeps_its_kind_and_loses_its_values(error: Exception, words: str) -> None:
    assert describe(error) == words


def test_the_place_is_the_innermost_line_of_ours() -> None:
    with pytest.raises(TypeError, match="subscriptable") as caught:
        split_shown(None)
    assert "(academy/lib/names.py:" in describe(caught.value)


def test_it_fits_into_its_column() -> None:
    long = type("A" * 300, (Exception,), {})
    assert len(describe(long())) == LONGEST_ERROR
