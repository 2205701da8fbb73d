"""YAML with its lines: two readers, of which the quick one never says anything else."""

import pytest

from academy.config import ROOT
from academy.lib.marked_yaml import BrokenYaml, _Loader, _read, _read_quickly, read_yaml

PLAIN = (
    "a: 1\nb: [x, {y: NO, z: true}]\nc: |\n  two\n  lines\n",
    "a: 2020-05-02\nb: 1_000\nc: 0x1f\nd: ~\ne: 'true'\nf: 1.5\ng: .inf\nh: 012\n",
    'ជា: "\\u0041 é"\nlong: >\n  folded\n  text\n\n  more\n',
    "{a: b, c: 'd: e', http: http://x.example/y}\n",
    "# a note\n- one\n- two: 2\n  three: 3\n",
)  # fmt: skip
DOUBTFUL = (
    "a: &x [1]\nb: *x\n", "a: !!str 5\n", "a: 1\na: 2\n", "a: [1\n", "a: 1\n---\nb: 2\n", "",
    "[" * 50 + "]" * 50, "a: \x07\n", "? [1, 2]\n: x\n", "a: b: c\n", "\tx: 1\n",
)  # fmt: skip


def test_the_quick_reader_says_the_same_of_every_file_of_ours() -> None:
    files = [path.read_text() for path in sorted(ROOT.glob("courses/**/*.yaml"))[::7]]
    for text in (*files, *PLAIN):
        assert _read_quickly(text) == _read(_Loader(text)), text


@pytest.mark.parametrize("text", DOUBTFUL)
def test_what_is_not_plain_is_left_to_the_reader_that_explains(text: str) -> None:
    assert _read_quickly(text) is None
    if "!!str" in text:
        assert read_yaml(text).value == {"a": "5"}
    else:
        with pytest.raises(BrokenYaml):
            read_yaml(text)
