"""Where the built style sheets and scripts are: hashed names from the front end's manifest."""

import json
from pathlib import Path
from typing import Any

from flask import Flask, has_request_context, request, url_for

from academy.config import ROOT
from academy.lib.band import band_svg

MANIFEST = ROOT / "static" / "dist" / "manifest.json"


def find_assets(app: Flask, manifest: Path = MANIFEST) -> None:
    """Give templates `asset("site.css")`, the address of the built file, and `band_svg(slug)`."""
    app.jinja_env.globals["band_svg"] = band_svg
    names: dict[str, str] = json.loads(manifest.read_text()) if manifest.is_file() else {}

    # Asked of the app, the address of the folder is put together anew each time.
    folder = f"{app.static_url_path}/dist"

    @app.template_global()
    def asset(name: str) -> str:
        """Return the address under which `name` may be cached for ever."""
        return f"{folder}/{names.get(name, name)}"


def keep_addresses(app: Flask) -> None:
    """Let templates ask once for addresses in which nothing varies: the shell has ten of them."""
    kept: dict[tuple[str, str], str] = {}

    def address(endpoint: str, **values: Any) -> str:
        if values or endpoint.startswith(".") or not has_request_context():
            return url_for(endpoint, **values)
        key = request.script_root, endpoint
        if key not in kept:
            kept[key] = url_for(endpoint)
        return kept[key]

    app.jinja_env.globals["url_for"] = address
