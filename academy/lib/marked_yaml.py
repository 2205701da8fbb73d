"""YAML that knows its lines: for files that people write and that are checked with advice."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

#: A file that people write is no longer; a longer one is a mistake or an attack.
MOST_CHARACTERS = 400_000
DEEPEST = 12

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """What a file says, and the line (from 1) at which each part of it begins."""

    value: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line_of(self, path: Path) -> int:
        """Return the line of the part at `path`, or of the nearest part around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class BrokenYaml(Exception):
    """The text is no YAML that we take; says at which line and why."""

    def __init__(
        self, line: int, why: str, advice: str = "Look at the quotes and the indents here."
    ) -> None:
        super().__init__(why)
        self.line, self.why, self.advice = line, why, advice


_RESOLVERS = {
    first: [pair for pair in pairs if not pair[0].endswith((":timestamp", ":bool"))]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _Loader(yaml.SafeLoader):
    """The safe loader with fewer surprises, for people who do not know YAML's.

    No aliases, for a few of them can stand for billions of values; no dates, so that they stay
    as written; and only true and false are truths, for NO is a country.
    """

    yaml_implicit_resolvers = _RESOLVERS
    depth = 0

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        line = _line_of(self)
        if self.check_event(yaml.AliasEvent):
            raise BrokenYaml(line, "an alias (*name) is not taken here", "Write the text again.")
        if self.depth > DEEPEST:
            what = f"more than {DEEPEST} levels in one another"
            raise BrokenYaml(line, what, "The fields stand in courses/schema/.")
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _line_of(loader: Any) -> int:  # the stubs leave peek_event without types
    line: int = loader.peek_event().start_mark.line + 1
    return line


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))


class _Doubtful(Exception):
    """The quick reader takes plain trees only; whatever else it is, the other one says it."""


class _QuickLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The same loader on libyaml's own parser: it reads events six times as fast.

    The tree is put together here, for libyaml does that without a bound on its depth.
    """

    yaml_implicit_resolvers = _Loader.yaml_implicit_resolvers

    def tree(self) -> Node:
        """Return the tree of the one document."""
        self._take(yaml.StreamStartEvent)
        self._take(yaml.DocumentStartEvent)
        root = self._node(0)
        self._take(yaml.DocumentEndEvent)
        self._take(yaml.StreamEndEvent)
        return root

    def _take(self, kind: type[yaml.Event]) -> None:
        if not isinstance(self.get_event(), kind):
            raise _Doubtful

    def _node(self, depth: int) -> Node:
        event: Any = self.get_event()
        if depth > DEEPEST or isinstance(event, yaml.AliasEvent) or event.anchor or event.tag:
            raise _Doubtful
        begins, ends = event.start_mark, event.end_mark
        if isinstance(event, yaml.ScalarEvent):
            tag = self.resolve(ScalarNode, event.value, event.implicit)
            return ScalarNode(tag, event.value, begins, ends)
        if isinstance(event, yaml.SequenceStartEvent):
            items = list(self._inner(yaml.SequenceEndEvent, depth))
            return SequenceNode("tag:yaml.org,2002:seq", items, begins, ends)
        inner = self._inner(yaml.MappingEndEvent, depth)
        pairs = list(zip(inner, inner, strict=True))
        return MappingNode("tag:yaml.org,2002:map", pairs, begins, ends)

    def _inner(self, end: type[yaml.Event], depth: int) -> Iterator[Node]:
        while not self.check_event(end):
            yield self._node(depth + 1)
        self.get_event()


def read_yaml(text: str) -> Marked:
    """Return what `text` says, with lines; raises BrokenYaml for anything else than one document.

    Values are those of YAML 1.1's safe set, except that dates stay text and only `true` and
    `false` are truths (`NO` is Norway).
    """
    if len(text) > MOST_CHARACTERS:
        what = f"the file is longer than {MOST_CHARACTERS:,} characters"
        raise BrokenYaml(1, what, "Make several of it.")
    try:
        return _read_quickly(text) or _read(_Loader(text))
    except (yaml.MarkedYAMLError, yaml.reader.ReaderError, ValueError) as error:
        raise _in_words(error, text) from error


def read_nodes(text: str) -> Any:
    """Return the tree of a text that `read_yaml` took, with the place of each of its parts."""
    loader = _Loader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def in_yaml(value: object, *, on_one_line: bool = False) -> str:
    """Return the YAML of plain values, in the order in which they are given."""
    written: str = yaml.safe_dump(
        value, default_flow_style=on_one_line, allow_unicode=True, width=10_000, sort_keys=False
    )
    return written


def _read_quickly(text: str) -> Marked | None:
    """Return what a text says in which nothing is wrong; None: let the other reader look at it."""
    loader = _QuickLoader(text)
    try:
        node = loader.tree()
        return Marked(loader.construct_document(node), dict(_lines(node, ())))
    except (yaml.YAMLError, BrokenYaml, _Doubtful, ValueError):
        return None
    finally:
        loader.dispose()


def _read(loader: _Loader) -> Marked:
    try:
        node = loader.get_single_node()
        if node is None:
            raise BrokenYaml(1, "the file is empty", "Copy one of its kind, and write over it.")
        lines = dict(_lines(node, ()))
        return Marked(loader.construct_document(node), lines)
    finally:
        loader.dispose()


def _in_words(error: Exception, text: str) -> BrokenYaml:
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return BrokenYaml(line, "a control character that YAML does not take")
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return BrokenYaml(error.problem_mark.line + 1, error.problem or "this is no YAML")
    return BrokenYaml(1, f"a value that cannot be read: {error}")


def _lines(node: Node, path: Path) -> Iterator[tuple[Path, int]]:
    yield path, node.start_mark.line + 1
    if isinstance(node, MappingNode):
        yield from _lines_of_mapping(node, path)
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.value):
            yield from _lines(item, (*path, index))


def _lines_of_mapping(node: MappingNode, path: Path) -> Iterator[tuple[Path, int]]:
    seen = set()
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, ScalarNode):
            raise BrokenYaml(line, "a key is one word, not a list")
        if key.value in seen:
            what = f"“{key.value}” stands here a second time"
            raise BrokenYaml(line, what, "Take one of them out, or put them together.")
        seen.add(key.value)
        yield from _lines(value, (*path, key.value))
        yield (*path, key.value), line
