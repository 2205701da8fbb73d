"""Choices of a select field, in the shape that WTForms 3.3 wants."""

from collections.abc import Mapping
from typing import Any

from wtforms import SelectChoice  # type: ignore[attr-defined]  # the stubs are of WTForms 3.2


def options(words_by_value: Mapping[str, Any]) -> list[Any]:
    """Return what `choices=` takes: each value with its words, in the order given."""
    return [SelectChoice(value, words) for value, words in words_by_value.items()]
