"""The long version of the fault tests: what `make faults` runs; it takes about half an hour.

The table at its end is written into build/faults.md, from where docs/faults.md has it.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "build" / "faults.md"


def main(arguments: list[str]) -> int:
    """Run them, with further words for pytest; return its exit code."""
    pytest = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests/faults", *arguments]
    variables = {"ACADEMY_FAULT_LONG": "1", "ACADEMY_FAULT_TABLE": str(TABLE)}
    return subprocess.run(pytest, cwd=ROOT, env={**os.environ, **variables}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
