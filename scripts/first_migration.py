"""Write the first migration anew from the models (only until the first release)."""

import pathlib
import subprocess
import sys
import tempfile

from alembic import command
from alembic.config import Config

from academy import db

versions = pathlib.Path("migrations/versions")
later = {path: path.read_text() for path in versions.glob("*.py") if path.name[:4] != "0001"}
for old in versions.glob("*.py"):
    old.unlink()
with tempfile.TemporaryDirectory() as folder:
    engine = db.connect(f"sqlite:///{folder}/empty.sqlite3")
    config = Config()
    config.set_main_option("script_location", "migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.revision(config, "Create the academy's tables", autogenerate=True, rev_id="0001")
made = next(versions.glob("0001*.py"))
made.rename(versions / "0001_create_the_tables.py")
for path, migration in later.items():
    path.write_text(migration)
subprocess.run([pathlib.Path(sys.executable).parent / "ruff", "format", "-q", versions], check=True)
