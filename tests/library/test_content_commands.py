"""`academy content`: every fault with its line and advice, nothing loaded while there is one."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from academy.config import ROOT
from academy.db import session
from academy.learning.commands import content
from academy.library.content import CaseFile, case_schema, read_cases
from academy.library.models import CaseStudy, CaseVersion
from academy.library.service import SlugTaken, load_cases
from tests.library.conftest import BANK, FOREST, record

GOOD = (ROOT / "courses/cases/nepal-community-forest-user-groups.yaml").read_bytes()


def _check(folder: Path, *files: tuple[str, bytes]) -> Result:
    (folder / "cases").mkdir()
    for name, data in files:
        (folder / "cases" / name).write_bytes(data)
    return CliRunner().invoke(content, ["check", str(folder)])


def test_the_academys_own_cases_have_no_fault() -> None:
    reading = read_cases(ROOT / "courses")
    assert reading.faults == ()
    kinds = [case.record.kind for case in reading.cases]
    assert (kinds.count("peer"), kinds.count("study")) == (17, 4)
    assert len(kinds) == 44


def test_the_schema_beside_the_files_is_the_one_that_checks_them() -> None:
    written = json.loads((ROOT / "courses/schema/case.schema.json").read_text())
    assert written == case_schema()


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        (GOOD.replace(b"kind: peer", b"kind: pear"), 3, "kind: Input should be"),
        (GOOD.replace(b"country: NP", b"country: NX", 1), 8, "no two-letter country code"),
        (
            GOOD.replace(b"source: ilo-asia", b"source: nobody", 1),
            43,
            "no source has the key nobody. Add",
        ),
        (
            GOOD + b"  - {key: ilo-asia, title: Again}\n",
            74,
            "sources.1.key: another source has this key. Call one",
        ),
        (GOOD + b"colour: blue\n", None, "colour: Extra inputs"),
        (GOOD.replace(b"demands: [commons]", b"demands: []"), None, "demands: List should have"),
        (GOOD.replace(b"value: 30.08", b"value: a third"), None, "should be a valid number"),
        (GOOD + b"title: again\n", None, "stands here a second time"),
        (GOOD.replace(b"language: en", b"language: &a en\nx: *a"), 3, "an alias"),
        (GOOD.replace(b"language: en", b"language: \xff\xfe"), 2, "not UTF-8"),
        (GOOD.replace(b"language: en", b'language: "en'), None, ""),
        (b"", 1, "empty"),
        (b"- a\n- b\n", 1, "no list of fields"),
        (b"[" * 4000, 1, "levels"),
        (b"a: " + b"x" * 500_000, 1, "longer than"),
        (b"!!python/object/apply:os.system [ls]", 1, "constructor"),
    ],
)
def test_each_fault_is_named_with_its_line(
    tmp_path: Path, data: bytes, line: int | None, what: str
) -> None:
    result = _check(tmp_path, ("bad.yaml", data), ("good.yaml", GOOD))
    assert result.exit_code == 1
    assert what in result.output
    if line is not None:
        assert f"cases/bad.yaml:{line}:" in result.output
    assert "good.yaml" not in result.output


@pytest.mark.parametrize("name", ["Großes.yaml", "two words.yaml", "case.yml", "-x.yaml"])
def test_a_name_that_can_be_no_address_is_refused(tmp_path: Path, name: str) -> None:
    result = _check(tmp_path, (name, GOOD))
    assert result.exit_code == 1
    assert f"cases/{name}:1:" in result.output


def test_a_load_is_idempotent_and_follows_changes_and_removals(app: Flask) -> None:
    assert load_cases([FOREST, BANK]).as_json() == {
        "created": 2, "updated": 0, "unchanged": 0, "withdrawn": 0,
    }  # fmt: skip
    assert load_cases([FOREST, BANK]).unchanged == 2
    changed = load_cases([CaseFile("forest", record(title="Another"))])
    assert (changed.updated, changed.withdrawn) == (1, 1)
    assert load_cases([FOREST, BANK]).updated == 2
    versions = select(func.count()).select_from(CaseVersion)
    assert session.scalar(versions) == 5


def test_a_members_case_is_never_overwritten_by_a_file(app: Flask) -> None:
    load_cases([FOREST])
    session.query(CaseStudy).update({"origin": "member"})
    with pytest.raises(SlugTaken):
        load_cases([BANK, FOREST])
    assert session.scalar(select(func.count()).select_from(CaseStudy)) == 1


def test_the_table_of_cases_in_the_documents_is_the_one_that_the_command_prints() -> None:
    printed = CliRunner().invoke(content, ["list", "--markdown"])
    written = (ROOT / "docs/cases.md").read_text(encoding="utf-8")
    advice = "academy content list --markdown prints what belongs into docs/cases.md"
    assert printed.output in written, advice


def test_the_table_names_country_category_fields_and_sources(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "forest.yaml").write_bytes(GOOD)
    result = CliRunner().invoke(content, ["list", str(tmp_path), "--json"])
    [line] = json.loads(result.output)["cases"]
    assert (line["slug"], line["countries"], line["toolkits"]) == ("forest", ["NP"], ["commons"])
    assert 0 < line["told"] <= line["fields"]
    assert "ilo-asia" in line["sources"]
    assert "Nepal" in CliRunner().invoke(content, ["list", str(tmp_path)]).output


def test_a_table_of_broken_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "bad.yaml").write_bytes(b"title: x\n")
    assert CliRunner().invoke(content, ["list", str(tmp_path)]).exit_code == 1
