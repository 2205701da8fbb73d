"""Reading what a call to the API sends: nothing unknown, nothing twice, nothing of another kind."""

from typing import NoReturn, TypeVar

from flask import request
from pydantic import BaseModel, ValidationError
from werkzeug.datastructures import FileStorage

from academy.lib.strict import Unreadable, check_json
from academy.security.problems import refuse

LARGEST_JSON = 1_000_000

Model = TypeVar("Model", bound=BaseModel)


def read_query(model: type[Model] | None) -> Model | None:
    """Return the query string as `model`; 422 for what is unknown, twice or wrong."""
    sent = request.args.to_dict(flat=False)
    twice = [name for name, values in sent.items() if len(values) > 1]
    known = set(model.model_fields) if model is not None else set()
    faults = [(name, "stands twice") for name in twice]
    faults += [(name, "is unknown here") for name in sent if name not in known]
    if faults:
        _not_accepted([(f"?{name}", what) for name, what in faults])
    try:
        return model.model_validate(request.args.to_dict()) if model is not None else None
    except ValidationError as error:
        _not_accepted([("?" + where[2:], what) for where, what in _faults_of(error)])


def read_body(model: type[Model]) -> Model:
    """Return the JSON body as `model`; 400, 413, 415 or 422 where it is none."""
    if request.mimetype != "application/json":
        detail = "Send JSON with Content-Type: application/json."
        refuse(415, "content-type", "Not JSON", detail)
    if (request.content_length or 0) > LARGEST_JSON:
        refuse(413, "too-large", "Too large", "A body of JSON may be 1 MB large.")
    text = request.get_data(cache=False)
    try:
        check_json(text)
        return model.model_validate_json(text)
    except Unreadable as error:
        refuse(400, "unreadable", "The body could not be read", str(error))
    except ValidationError as error:
        _not_accepted(_faults_of(error))


def read_file() -> FileStorage:
    """Return the one file of a form; 415 or 422 where there is none."""
    if request.mimetype != "multipart/form-data":
        refuse(415, "content-type", "No file", "Send multipart/form-data with one part: file.")
    files = request.files.getlist("file")
    if len(files) != 1 or not files[0].filename:
        _not_accepted([("#/file", "exactly one file is needed")])
    unknown = [name for name in (*request.form, *request.files) if name != "file"]
    if unknown:
        _not_accepted([(f"#/{name}", "is unknown here") for name in unknown])
    return files[0]


def _faults_of(error: ValidationError) -> list[tuple[str, str]]:
    """Say where and what, without the values themselves: an answer may be logged."""
    return [
        (_pointer(each["loc"]), each["msg"].removeprefix("Value error, "))
        for each in error.errors(include_url=False, include_input=False, include_context=False)
    ]


def _pointer(location: tuple[int | str, ...]) -> str:
    return "#/" + "/".join(str(part) for part in location)


def _not_accepted(errors: list[tuple[str, str]]) -> NoReturn:
    detail = "Nothing was changed. `errors` says what to mend."
    refuse(422, "not-accepted", "Not accepted", detail, errors=errors)
