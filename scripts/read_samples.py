"""Print what `academy attendance read --json` says of a sample of each format, or keep it.

Run: .venv/bin/python scripts/read_samples.py [--write]
With --write the JSON is kept beside each sample in tests/attendance/samples, where a test compares.
"""

import datetime as dt
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from academy.attendance.reading.files import as_json, read_attendance  # noqa: E402  the path comes first

SAMPLES = ROOT / "tests" / "attendance" / "samples"
#: The day of the live session that all samples tell of.
ON = dt.date(2020, 5, 2)


def main(arguments: list[str]) -> int:
    """Read every sample."""
    for sample in samples():
        text = read(sample)
        if "--write" in arguments:
            expected_of(sample).write_text(text, encoding="utf-8")
        else:
            print(f"== {sample.name}\n{text}")
    return 0


def samples() -> list[Path]:
    """Return the samples in the order of their names."""
    return sorted(path for path in SAMPLES.iterdir() if not path.name.endswith(".read.json"))


def read(sample: Path) -> str:
    """Return the document that the command prints for a sample."""
    found = read_attendance(sample.read_bytes(), sample.name, zone="Asia/Kuala_Lumpur", on=ON)
    return json.dumps(as_json(found), ensure_ascii=False, indent=2) + "\n"


def expected_of(sample: Path) -> Path:
    """Return where the document of a sample is kept."""
    return sample.with_suffix(".read.json")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
