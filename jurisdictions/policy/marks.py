"""YAML with the line of every key and item, so that an error can point at its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

Path = tuple[str | int, ...]


class MarkedMap(dict[str, Any]):
    """A mapping that knows the line of each of its keys (1-based)."""

    lines: dict[str, int]

    def __init__(self, *args: Any, lines: dict[str, int] | None = None) -> None:
        super().__init__(*args)
        self.lines = lines or {}


class MarkedList(list[Any]):
    """A list that knows the line of each item, and its place in the list as written."""

    lines: list[int]
    origins: list[int]

    def __init__(self, items: Any = (), *, lines: list[int] | None = None, origins: list[int] | None = None) -> None:
        super().__init__(items)
        self.lines = lines or [0] * len(self)
        self.origins = origins or list(range(len(self)))

    def drop(self, index: int) -> None:
        """Remove an item; the others keep their places as written."""
        for column in (self, self.lines, self.origins):
            del column[index]


class NotYaml(ValueError):
    """The text is no YAML, or is YAML that means something else than it seems to say."""

    def __init__(self, faults: list[tuple[int, str]]) -> None:
        super().__init__(faults)
        self.faults = faults


def read(text: str) -> Any:
    """Marked data. Raises :class:`NotYaml` with every fault and its line."""
    loader = yaml.SafeLoader(text)
    faults: list[tuple[int, str]] = []
    try:
        node = loader.get_single_node()
        data = _plain(loader, node, faults) if node else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise NotYaml([(mark.line + 1 if mark else 1, error.problem or "not YAML")]) from error
    finally:
        loader.dispose()
    if faults:
        raise NotYaml(faults)
    return data


def _plain(loader: yaml.SafeLoader, node: yaml.Node, faults: list[tuple[int, str]]) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, faults)
    if isinstance(node, yaml.SequenceNode):
        items = [_plain(loader, child, faults) for child in node.value]
        return MarkedList(items, lines=[_line(child) for child in node.value])
    value = loader.construct_object(node)
    if isinstance(value, float) and node.value != repr(value):
        faults.append((_line(node), f"write '{node.value}' in quotes: as a number it is {value!r}"))
    return value


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode, faults: list[tuple[int, str]]) -> MarkedMap:
    seen: set[str] = set()
    for key, _value in node.value:
        if key.tag != "tag:yaml.org,2002:merge" and key.value in seen:
            faults.append((_line(key), f"the key '{key.value}' stands here twice"))
        seen.add(key.value)
    loader.flatten_mapping(node)
    found = MarkedMap()
    for key, child in node.value:
        if key.tag != "tag:yaml.org,2002:str":
            faults.append((_line(key), f"write the key '{key.value}' in quotes: without them it is no text"))
        found[key.value] = _plain(loader, child, faults)
        found.lines[key.value] = _line(key)
    return found


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _steps(data: Any, path: Path) -> Iterator[tuple[str | int, int]]:
    """Each step of a path that exists, as written, with its line (0: not in this file)."""
    for step in path:
        if isinstance(data, dict) and step in data:
            yield step, getattr(data, "lines", {}).get(step, 0)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            yield (data.origins[step], data.lines[step]) if isinstance(data, MarkedList) else (step, 0)
        else:
            yield step, 0
            data = None
            continue
        data = data[step]


def line_of(data: Any, path: Path) -> int:
    """The line of the deepest part of ``path`` that stands in the file; 0 when nothing does."""
    return next((line for _step, line in reversed(list(_steps(data, path))) if line), 0)


def written(data: Any, path: Path) -> str:
    """``document.stages[4].team.min``, with places as they stand in the file."""
    text = ""
    for step, _line_number in _steps(data, path):
        text += f"[{step}]" if isinstance(step, int) else (f".{step}" if text else str(step))
    return text


def at(data: Any, path: Path) -> Any:
    """What stands at a path; None where nothing does."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data
