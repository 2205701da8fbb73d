"""Where the built style sheets and scripts are: hashed names from the front end's manifest."""

import json
from pathlib import Path

from flask import Flask

from academy.config import ROOT
from academy.lib.band import band_svg

MANIFEST = ROOT / "static" / "dist" / "manifest.json"


def find_assets(app: Flask, manifest: Path = MANIFEST) -> None:
    """Give templates `asset("site.css")`, the address of the built file, and `band_svg(slug)`."""
    app.jinja_env.globals["band_svg"] = band_svg
    names: dict[str, str] = json.loads(manifest.read_text()) if manifest.is_file() else {}

    @app.template_global()
    def asset(name: str) -> str:
        """Return the address under which `name` may be cached for ever."""
        return f"{app.static_url_path}/dist/{names.get(name, name)}"
