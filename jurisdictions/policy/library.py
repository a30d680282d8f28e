"""Building blocks that policies share. ``use: <name>`` stands for a block; a stored document has none left."""

from __future__ import annotations

import copy
import difflib
import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import gettext_noop as _

from jurisdictions.policy import marks

WORDS = ("use", "without", "more")
_CHILDREN = ("fields", "criteria", "columns", "choices", "indicators", "seats")

Report = Callable[[marks.Path, str, dict[str, Any]], None]


class UnknownBlock(ValueError):
    """``use`` names a block that is in no library file."""


@functools.lru_cache(maxsize=8)
def blocks(folder: Path | None = None) -> dict[str, Any]:
    """Every block by name, from ``fixtures/library/*.yaml``. Raises ``ValueError`` when a name stands in two files."""
    found: dict[str, Any] = {}
    for path in sorted((folder or Path(settings.BASE_DIR) / "fixtures/library").glob("*.yaml")):
        here = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        if twice := found.keys() & here.keys():
            raise ValueError(f"{path.name}: block defined twice: {', '.join(sorted(twice))}")
        found.update(here)
    return found


def expand(document: Any) -> Any:
    """A copy without ``use``. Raises :class:`UnknownBlock`."""

    def refuse(path: marks.Path, message: str, facts: dict[str, Any]) -> None:
        raise UnknownBlock(f"{marks.written(document, path)}: {message.format(**facts)}")

    return expand_reporting(document, refuse)


def expand_reporting(document: Any, report: Report, path: marks.Path = ()) -> Any:
    """A copy without ``use``; what is wrong is reported with its path, and left out."""
    if isinstance(document, dict):
        items = {k: expand_reporting(v, report, (*path, k)) for k, v in document.items()}
        return marks.MarkedMap(items, lines=getattr(document, "lines", {}))
    if isinstance(document, list):
        return _expand_list(document, report, path)
    return document


def _expand_list(given: list[Any], report: Report, path: marks.Path) -> marks.MarkedList:
    found = marks.MarkedList()
    for index, item in enumerate(given):
        line = given.lines[index] if isinstance(given, marks.MarkedList) else 0
        for part in _parts(item, report, (*path, index)):
            found.append(part)
            found.lines.append(line)
            found.origins.append(index)
    return found


def _parts(item: Any, report: Report, path: marks.Path) -> Iterator[Any]:
    """One list item: itself, or what its ``use`` stands for."""
    if not isinstance(item, dict) or "use" not in item:
        yield expand_reporting(item, report, path)
        return
    block = blocks().get(item["use"])
    if block is None:
        near = difflib.get_close_matches(str(item["use"]), blocks(), 1)
        report(
            (*path, "use"),
            _("there is no block '{name}'; the nearest is '{near}'"),
            {"name": item["use"], "near": near[0] if near else "—"},
        )
    elif isinstance(block, list):
        yield from _expand_list(copy.deepcopy(block), report, path)
    else:
        yield _merged(copy.deepcopy(block), item, report, path)


def _merged(block: dict[str, Any], item: dict[str, Any], report: Report, path: marks.Path) -> Any:
    own = {k: v for k, v in item.items() if k not in WORDS}
    children = next((name for name in _CHILDREN if isinstance(block.get(name), list)), None)
    if children:
        dropped = set(item.get("without", ()))
        known = {child.get("key") for child in block[children]}
        for name in sorted(dropped - known):
            report(
                (*path, "without"),
                _("the block '{block}' has no '{name}' to leave out"),
                {"block": item["use"], "name": name},
            )
        block[children] = [c for c in block[children] if c.get("key") not in dropped]
    merged = expand_reporting({**block, **own}, report, path)
    merged.lines = dict(getattr(item, "lines", {}))
    if children and "more" in item:
        merged[children].extend(_with_lines(item["more"], report, (*path, "more"), merged[children]))
    return merged


def _with_lines(more: Any, report: Report, path: marks.Path, into: marks.MarkedList) -> list[Any]:
    added = _expand_list(more, report, path)
    into.lines.extend(added.lines)
    into.origins.extend(len(into.origins) + i for i in range(len(added)))
    return list(added)
