"""What the log calls an act: each app names its own in a module ``acts``."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise

_NAMES: dict[str, str | Promise] = {}


def register(names: Mapping[str, str | Promise]) -> None:
    """Name acts. Raises ``ValueError`` for one that has a name already."""
    if twice := _NAMES.keys() & names.keys():
        raise ValueError(f"named twice: {sorted(twice)}")
    _NAMES.update(names)


def name_of(act: str) -> str:
    """In the reader's language; the code itself where it has no name (an act of a version to come)."""
    return str(_NAMES.get(act, act))


def like(words: str) -> list[str]:
    """The acts whose name holds the words."""
    return [act for act, name in _NAMES.items() if words.casefold() in str(name).casefold()]


def named() -> frozenset[str]:
    """Every act that has a name."""
    return frozenset(_NAMES)
