"""The command `academy doctor`: what is misconfigured, in words, with the fix."""

import os
from dataclasses import asdict

import click

from academy.commandline import tell
from academy.config import Settings, SettingsError
from academy.site.examination import Finding, examine


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def doctor(*, as_json: bool) -> None:
    """Look for what is misconfigured; exit 1 when something must be mended."""
    findings = _find()
    document = {"findings": [asdict(finding) for finding in findings]}
    tell(document, _in_words(findings), as_json=as_json)
    if any(finding.must_be_mended for finding in findings):
        raise click.exceptions.Exit(1)


def _find() -> list[Finding]:
    """Return everything worth saying, what must be mended first."""
    try:
        settings = Settings.from_environment(os.environ)
    except SettingsError as error:
        return [Finding(str(error), "Set it in the environment; docs/operators.md lists them all.")]
    except OSError as error:
        return [Finding(f"The data folder cannot be used: {error}.", "Set ACADEMY_VAR.")]
    return sorted(examine(settings), key=lambda finding: not finding.must_be_mended)


def _in_words(findings: list[Finding]) -> str:
    if not findings:
        return "Everything is as it should be."
    return "\n".join(
        f"{'!' if each.must_be_mended else '·'} {each.what}\n    {each.fix}" for each in findings
    )
