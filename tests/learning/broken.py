"""Courses with every fault at once that authors and attackers are known to make."""

from pathlib import Path

from tests.learning.writing import write_course

#: A few lines that would stand for 43 million words.
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{below}'] * 9)}]\n"
    for below, name in zip("abcdefg", "bcdefgh", strict=True)
)
#: What is said of them: where, and what.
EXPECTED = [
    ("bomb/course.yaml:2", "an alias (*name) is not taken here"),
    ("dyeing/course.yaml:5", "prerequisites: dyeing and spinning ask for one another"),
    ("latin/first/warp.en.md:2", "this is not UTF-8"),
    ("spinning/course.yaml:5", "prerequisites: spinning and dyeing ask for one another"),
    ("weaving/course.yaml:11", "two lessons have the slug warp"),
    ("weaving/first/warp.en.md:7", "HTML is not taken"),
    ("weaving/first/warp.en.md:11", "`calout` is no directive"),
    ("weaving/first/warp.en.md:15", "figure loom.svg: 50,000 kB are too heavy"),
    ("weaving/first/warp.id.md:1", "the file is missing"),
    ("weaving/first/warp.quiz.en.yaml:2", "questions.0.single: 0 options are right"),
]


def write_broken_courses(root: Path) -> None:
    """Write five courses below `root`, none of them good."""
    (root / "cases").mkdir(parents=True)
    for slug in ("bomb", "dyeing", "latin", "spinning", "weaving"):
        _write_own(root, slug)
    (root / "bomb/course.yaml").write_text(BOMB)
    (root / "latin/first/warp.en.md").write_bytes("---\ntitle: Café\n---\n".encode("latin-1"))
    for slug, other in (("dyeing", "spinning"), ("spinning", "dyeing")):
        _change(root / slug / "course.yaml", "completion", f"prerequisites: [{other}]\ncompletion")
    _break(root / "weaving")


def _write_own(root: Path, slug: str) -> None:
    for file in write_course(root, slug).rglob("*.*"):
        text = file.read_text().replace("weaving-", f"{slug}-")
        file.write_text(text.replace("[forest](case:forest)", "forest"))


def _break(folder: Path) -> None:
    _change(folder / "course.yaml", "slug: weft", "slug: warp")
    for file in folder.glob("first/weft.*"):
        file.unlink()
    (folder / "first/warp.id.md").unlink()
    _change(folder / "first/warp.en.md", "Threads of", "<script>alert(1)</script> of")
    _change(folder / "first/warp.en.md", "callout tip", "calout tip")
    _change(folder / "first/warp.quiz.en.yaml", "right: true, ", "")
    with (folder / "figures/loom.svg").open("wb") as figure:
        figure.truncate(50_000_000)


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
