"""Walking over everything that a policy says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jurisdictions.policy.base import Model, Setting
from jurisdictions.policy.marks import Path


@dataclass(frozen=True, slots=True)
class Said:
    """``model.name`` says ``value``; ``path`` leads to it."""

    path: Path
    model: Model
    name: str
    value: Any


def everything(thing: Any, path: Path = ()) -> Iterator[Said]:
    """Every field of every model below, settings opened."""
    if isinstance(thing, Setting):
        yield from everything(thing.value, path)
    elif isinstance(thing, Model):
        for name in type(thing).model_fields:
            value = getattr(thing, name)
            plain = value.value if isinstance(value, Setting) else value
            yield Said((*path, name), thing, name, plain)
            yield from everything(plain, (*path, name))
    elif isinstance(thing, list | tuple):
        for index, item in enumerate(thing):
            yield from everything(item, (*path, index))
    elif isinstance(thing, dict):
        for key, item in thing.items():
            yield from everything(item, (*path, key))
