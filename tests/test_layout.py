"""One guess finds it: every address has its code, its templates and its tests where one looks."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

ROOT = Path(__file__).parent.parent
#: The first word of an address and the area that it names; "desk" pages live in what they show.
AREA_OF = {
    "": "site", "healthz": "site", "readyz": "site", "metrics": "site", "series": "programme",
    "live-sessions": "programme", "my": "programme", "sign-in": "people", "sign-up": "people",
    "sign-out": "people", "account": "people", "reset-password": "people",
    "verify-address": "people",
    "privacy": "people", "language": "people", "figures": "figures", "j": "programme",
    "calendar": "programme",
    "listening-points": "attendance", "codes": "attendance", "attendance": "attendance",
    "dev": "messaging", "mail": "messaging", "hooks": "messaging", "cases": "library",
    "courses": "learning",
    "threads": "discussion", "search": "site", "moderation": "moderation",
}  # fmt: skip
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
LONGEST_TEMPLATE = 60


def _python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def test_the_first_word_of_an_address_names_its_area(whole_app: Flask) -> None:
    strays = []
    for rule in whole_app.url_map.iter_rules():
        view = whole_app.view_functions[rule.endpoint]
        word = rule.rule.split("/")[1]
        area = AREA_OF.get(word)
        if area and f"academy.{area}" not in view.__module__:
            strays.append(f"{rule.rule} is answered by {view.__module__}")
        if area is None and word not in {"desk", "static", "api"}:
            strays.append(f"{rule.rule} begins with a word that no area has")
    assert strays == []


def test_a_page_renders_the_templates_of_its_own_area() -> None:
    strays = []
    for file in _python_files("academy"):
        area = file.relative_to(ROOT / "academy").parts[0]
        for name in re.findall(r"""render_template\(\s*["']([^"']+)["']""", file.read_text()):
            if name.split("/")[0] not in {area, "errors"}:
                strays.append(f"{file.relative_to(ROOT)} renders {name}")
            if not (ROOT / "templates" / name).is_file():
                strays.append(f"{file.relative_to(ROOT)} renders {name}, which is not there")
    assert strays == []


def test_every_area_with_pages_has_templates_and_tests() -> None:
    areas = {view.relative_to(ROOT / "academy").parts[0] for view in _python_files("academy")
             if re.match(r"(views|.*_views)", view.name)}  # fmt: skip
    missing = [
        f"{folder}/{area}"
        for area in sorted(areas)
        for folder in ("templates", "tests")
        if not (ROOT / folder / area).is_dir()
    ]
    assert missing == []


def test_every_template_is_rendered_extended_or_included_somewhere() -> None:
    sources = "\n".join(
        file.read_text()
        for file in [*_python_files("academy"), *(ROOT / "templates").rglob("*.html")]
    )
    unused = []
    for file in sorted((ROOT / "templates").rglob("*.html")):
        name = file.relative_to(ROOT / "templates").as_posix()
        if f'"{name}"' not in sources and f"'{name}'" not in sources:
            unused.append(name)
    assert unused == []


def test_every_file_opens_with_a_sentence_and_none_is_too_long() -> None:
    faults = []
    for file in _python_files("academy", "tests", "scripts", "benchmarks"):
        text = file.read_text()
        if not (ast.get_docstring(ast.parse(text)) or "").strip():
            faults.append(f"{file.relative_to(ROOT)} does not say what it holds")
        if text.count("\n") > LONGEST_FILE:
            faults.append(f"{file.relative_to(ROOT)} has {text.count(chr(10))} lines")
    assert faults == []


def test_no_function_is_too_long() -> None:
    long = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
        for file in _python_files("academy", "tests", "scripts", "benchmarks")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_no_template_is_too_long() -> None:
    long = [
        f"{file.relative_to(ROOT)} has {file.read_text().count(chr(10))} lines"
        for file in sorted((ROOT / "templates").rglob("*.html"))
        if file.read_text().count("\n") > LONGEST_TEMPLATE
    ]
    assert long == []


def test_no_file_is_called_by_what_it_is_not() -> None:
    vague = {"utils.py", "helpers.py", "common.py", "misc.py"}
    assert [file for file in _python_files("academy", "tests") if file.name in vague] == []


def test_no_import_stands_inside_a_function() -> None:
    inside = [
        f"{file.relative_to(ROOT)}:{inner.lineno}"
        for file in _python_files("academy")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert inside == []
