"""Marks that follow a candidate's merit, with a reviewer's own noise."""

from __future__ import annotations

import random
from decimal import Decimal

from jurisdictions.policy.sheets import Criterion, Sheet
from reviews.domain.scoring import Given
from reviews.tallies import scores

NOISE = 0.04
OUTLIER = 0.001


def given(sheet: Sheet, merit: float, generator: random.Random) -> Given:
    """A full sheet."""
    marks = {leaf.key: str(mark(sheet, leaf, merit, generator)) for leaf in sheet.leaves()}
    return Given(marks, strengths="演练：管理方法系统，结果良好。", opportunities="演练：可加强与标杆的对比。")


def mark(sheet: Sheet, leaf: Criterion, merit: float, generator: random.Random) -> Decimal:
    """A mark in the sheet's steps; now and then one that is far from the others'."""
    wanted = 0.35 + 0.6 * merit + generator.gauss(0, NOISE)
    if generator.random() < OUTLIER:
        wanted -= 0.45
    offered = scores.steps(sheet, leaf)
    return offered[round(min(1.0, max(0.0, wanted)) * (len(offered) - 1))]
