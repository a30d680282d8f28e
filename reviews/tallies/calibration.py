"""How severe and how even reviewers are, measured against their colleagues on the same entries. Percent of a sheet's points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median, quantiles

from jurisdictions.policy.sheets import Sheet
from reviews.tallies.scores import HUNDRED, half_up, top, total

Marks = Mapping[str, Decimal]
DECIMALS = 1


@dataclass(frozen=True, slots=True)
class Outlier:
    """A mark far from the middle of the team's: ``apart`` percent of the item's points, negative when lower."""

    entry: int
    leaf: str
    mark: Decimal
    middle: Decimal
    apart: Decimal


@dataclass(frozen=True, slots=True)
class Measure:
    """One reviewer. ``severity``: mean of own total less the colleagues' mean, negative when more severe; None without colleagues.

    ``box``: lowest, lower quartile, middle, upper quartile, highest total, each in percent.
    """

    reviewer: int
    sheets: int
    severity: Decimal | None
    box: tuple[Decimal, Decimal, Decimal, Decimal, Decimal]
    outliers: tuple[Outlier, ...]


def measure(entries: Sequence[tuple[int, Sheet, Mapping[int, Marks]]], max_spread: int) -> list[Measure]:
    """``entries``: (id, sheet, {reviewer: marks}) whose sheets are all in. Ordered by reviewer."""
    totals: dict[int, list[Decimal]] = defaultdict(list)
    apart: dict[int, list[Decimal]] = defaultdict(list)
    far: dict[int, list[Outlier]] = defaultdict(list)
    for entry, sheet, given in entries:
        shares = {who: total(sheet, marks) * HUNDRED / sheet.total for who, marks in given.items()}
        for who, share in shares.items():
            totals[who].append(share)
            others = [other for one, other in shares.items() if one != who]
            if others:
                apart[who].append(share - sum(others, Decimal(0)) / len(others))
        for who, outlier in _outliers(entry, sheet, given, max_spread):
            far[who].append(outlier)
    return [
        Measure(who, len(mine), _mean(apart[who]), _box(mine), tuple(far[who])) for who, mine in sorted(totals.items())
    ]


def _outliers(entry: int, sheet: Sheet, given: Mapping[int, Marks], max_spread: int) -> list[tuple[int, Outlier]]:
    if len(given) < 2:
        return []
    found = []
    for leaf in sheet.leaves():
        middle = Decimal(median(marks[leaf.key] for marks in given.values()))
        for who, marks in given.items():
            share = (marks[leaf.key] - middle) * HUNDRED / top(sheet, leaf)
            if abs(share) > max_spread:
                found.append((who, Outlier(entry, leaf.key, marks[leaf.key], middle, half_up(share, DECIMALS))))
    return found


def _mean(values: Sequence[Decimal]) -> Decimal | None:
    return half_up(sum(values, Decimal(0)) / len(values), DECIMALS) if values else None


def _box(values: Sequence[Decimal]) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal]:
    if len(values) == 1:
        only = half_up(values[0], DECIMALS)
        return only, only, only, only, only
    low, middle, high = quantiles(values, n=4, method="inclusive")
    shown = [half_up(Decimal(value), DECIMALS) for value in (min(values), low, middle, high, max(values))]
    return shown[0], shown[1], shown[2], shown[3], shown[4]
