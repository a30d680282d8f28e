"""What a list is made of on its page: headings, cells, the filters at work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.lists.columns import Column


@dataclass(frozen=True, slots=True)
class Header:
    """A column's heading: where its link sorts to ("" where it does not sort), and how it is sorted now."""

    label: Any
    url: str
    direction: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter at work, and the address of the list without it."""

    label: Any
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its value and how it looks."""

    column: Column
    value: Any
    html: Any
