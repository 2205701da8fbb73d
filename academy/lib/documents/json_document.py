"""A JSON document, parsed whole; one that is broken is refused, never read in part."""

import json
import re
from dataclasses import dataclass
from typing import Any

from academy.lib.tables import FileRefused

#: A table may begin with a bracket too; JSON goes on with a quotation mark, a value or an end.
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]\d-])")


@dataclass(frozen=True)
class JsonDocument:
    """The value that the text of a JSON document says."""

    value: Any


def open_json(text: str, filename: str = "") -> JsonDocument | None:
    """Return the document, or None for text that only begins like one."""
    if not _JSON.match(text) and not filename.casefold().endswith(".json"):
        return None
    try:
        return JsonDocument(json.loads(text))
    except json.JSONDecodeError as error:
        raise FileRefused(
            f"This JSON document is broken or cut off at line {error.lineno}; download it again."
        ) from error
    except (RecursionError, ValueError) as error:
        raise FileRefused(
            "This JSON document is nested too deeply or holds a number without end."
        ) from error
