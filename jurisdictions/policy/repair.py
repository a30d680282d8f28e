"""A policy with errors, made good enough to be looked at further: every problem is told in one run, not one by one."""

from __future__ import annotations

import copy
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from jurisdictions.policy import marks
from jurisdictions.policy.document import Policy
from jurisdictions.policy.problems import path_of

ROUNDS = 12
_TEXT = {"zh": "—", "en": "—"}
#: What stands in for a part that every policy must have; nothing is reported about a stand-in.
STAND_INS: dict[str, Any] = {
    "format": 1,
    "code": "zz",
    "edition": "0",
    "status": "draft",
    "title": _TEXT,
    "award": _TEXT,
    "issuer": _TEXT,
    "effective": {"open": True},
    "effective_article": "0",
    "territory": ["00"],
    "articles": {},
    "cycle": {"article": "0", "base_year": 2000},
    "recusal": {"article": "0", "covers": []},
    "objections": {"article": "0"},
}


def repaired(document: Any) -> tuple[Policy | None, Any, frozenset[str]]:
    """The policy without its faulty parts, its marked data, and the keys of what was left out. None when nothing can be saved."""
    data, left_out = copy.deepcopy(document), set[str]()
    for _round in range(ROUNDS):
        try:
            return Policy.model_validate(data), data, frozenset(left_out)
        except ValidationError as error:
            faults = sorted(((path_of(d, data), d) for d in error.errors(include_url=False)), key=_deepest_last_first)
            if not all(_mend(data, path, details, left_out) for path, details in faults):
                return None, data, frozenset(left_out)
    return None, data, frozenset(left_out)


def _deepest_last_first(fault: tuple[marks.Path, ErrorDetails]) -> tuple[int, tuple[int, ...]]:
    path, _details = fault
    return -len(path), tuple(-step for step in path if isinstance(step, int))


def _mend(data: Any, path: marks.Path, details: ErrorDetails, left_out: set[str]) -> bool:
    """Whether the fault was taken out (or had already gone with another)."""
    if path and path[0] in STAND_INS and (len(path) == 1 or details["type"] == "missing"):
        data[path[0]] = (
            marks.MarkedMap(copied) if isinstance(copied := copy.deepcopy(STAND_INS[path[0]]), dict) else copied
        )
        left_out.add(str(path[0]))
        return True
    if details["type"] == "missing":
        return _drop_item(data, path[:-1], left_out)
    parent, last = marks.at(data, path[:-1]), path[-1] if path else ""
    if isinstance(found := marks.at(data, path), dict) and found.get("assumed"):
        found["assumed"] = False
        return True
    if isinstance(parent, marks.MarkedList) or details["type"] == "union_tag_invalid":
        return _drop_item(data, path, left_out)
    if not isinstance(parent, dict):
        return bool(path)
    if isinstance(details["input"], str) and "CEL" in details["msg"]:
        parent[last] = "true"
    else:
        parent.pop(last, None)
    return True


def _drop_item(data: Any, path: marks.Path, left_out: set[str]) -> bool:
    """Leave out the nearest list item around ``path``."""
    for size in range(len(path), 0, -1):
        step, parent = path[size - 1], marks.at(data, path[: size - 1])
        if isinstance(parent, marks.MarkedList) and isinstance(step, int):
            if step < len(parent):
                if isinstance(parent[step], dict):
                    left_out.add(str(parent[step].get("key", "")))
                parent.drop(step)
            return True
    return False
