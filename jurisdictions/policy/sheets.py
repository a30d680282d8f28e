"""Score sheets: a tree of criteria whose leaves alone are scored."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from pydantic import Field

from jurisdictions.policy.base import Key, Model, Number, Setting, Text


class Criterion(Model):
    key: Key
    ref: str = ""
    title: Text
    points: Number = Field(gt=0)
    guidance: Literal["process", "results", "free"] = "free"
    key_points: list[Text] = []
    children: list[Criterion] = []

    def leaves(self) -> Iterator[Criterion]:
        """The scored items below (itself, when it has no children)."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


class Band(Model):
    low: int
    high: int
    label: Text


class Sheet(Model):
    """``mode`` percent: each leaf gets a percentage in steps of ``step``; points: points in steps of ``step``."""

    key: Key
    title: Text
    standard: str = ""
    mode: Literal["percent", "points"] = "percent"
    step: Setting[Number] = Setting[Number](value=5)
    criteria: list[Criterion] = Field(min_length=1)
    bands: list[Band] = []

    def leaves(self) -> list[Criterion]:
        return [leaf for criterion in self.criteria for leaf in criterion.leaves()]

    @property
    def total(self) -> Decimal:
        return sum((leaf.points for leaf in self.leaves()), Decimal(0))
