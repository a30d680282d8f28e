"""From marks on a sheet to a team's result.

A mark is a percentage of the leaf's points (``percent``) or points (``points``), in steps; the top mark is always allowed. A team's
result is over each reviewer's total, after agreed values have taken the place of the reviewers' own: the mean, the mean without
the highest and the lowest (of three or more), or the agreed total. One rounding, half up, at the very end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from core.refusals import Refused
from jurisdictions.policy.sheets import Criterion, Sheet

Marks = Mapping[str, Decimal]

HUNDRED = Decimal(100)
FEWEST_TO_TRIM = 3


def half_up(value: Decimal, decimals: int) -> Decimal:
    """Rounded half up (65.125 → 65.13)."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def top(sheet: Sheet, leaf: Criterion) -> Decimal:
    """The highest mark of a leaf."""
    return HUNDRED if sheet.mode == "percent" else leaf.points


def steps(sheet: Sheet, leaf: Criterion) -> list[Decimal]:
    """Every mark that may be given, lowest first."""
    step, highest = sheet.step.value, top(sheet, leaf)
    marks = [step * n for n in range(int(highest / step) + 1)]
    return marks if marks[-1] == highest else [*marks, highest]


def read(sheet: Sheet, leaf: Criterion, raw: object, *, article: str = "") -> Decimal:
    """A mark from what was typed. Raises ``Refused`` (``score_not_a_number``, ``score_outside_steps``) with the leaf as its field."""
    try:
        mark = Decimal(str(raw).strip())
    except InvalidOperation as error:
        raise Refused("score_not_a_number", article=article, field=leaf.key, item=leaf.title, given=raw) from error
    highest, step = top(sheet, leaf), sheet.step.value
    within = mark.is_finite() and 0 <= mark <= highest
    if not within or (mark % step != 0 and mark != highest):
        raise Refused(
            "score_outside_steps", article=article, field=leaf.key, item=leaf.title, given=raw, step=step, top=highest
        )
    return mark


def points(sheet: Sheet, leaf: Criterion, mark: Decimal) -> Decimal:
    """The points that a mark is worth."""
    return leaf.points * mark / HUNDRED if sheet.mode == "percent" else mark


def total(sheet: Sheet, marks: Marks) -> Decimal:
    """Points of a full sheet, out of ``sheet.total``. Raises ``KeyError`` when a leaf is missing."""
    return sum((points(sheet, leaf, marks[leaf.key]) for leaf in sheet.leaves()), Decimal(0))


def spreads(sheet: Sheet, given: Sequence[Marks]) -> dict[str, Decimal]:
    """How far apart the reviewers are on each leaf, in percent of the leaf's points."""
    found = {}
    for leaf in sheet.leaves():
        marks = [marks[leaf.key] for marks in given]
        found[leaf.key] = (max(marks) - min(marks)) * HUNDRED / top(sheet, leaf)
    return found


def far_apart(sheet: Sheet, given: Sequence[Marks], max_spread: int) -> dict[str, Decimal]:
    """Leaves whose spread exceeds ``max_spread``: they must be talked over."""
    return (
        {key: spread for key, spread in spreads(sheet, given).items() if spread > max_spread} if len(given) > 1 else {}
    )


def to_agree(sheet: Sheet, given: Sequence[Marks], method: str, max_spread: int) -> set[str]:
    """Leaves that need the team's word: all where everything is agreed, else those far apart."""
    return {leaf.key for leaf in sheet.leaves()} if method == "agreed" else set(far_apart(sheet, given, max_spread))


def result(sheet: Sheet, given: Sequence[Marks], *, agreed: Marks, method: str, decimals: int) -> Decimal:
    """A team's result in points out of ``sheet.total``. Raises ``ValueError`` without sheets."""
    if not given:
        raise ValueError("nothing to take a mean of")
    totals = sorted(total(sheet, {**marks, **agreed}) for marks in given)
    if method == "trimmed_mean" and len(totals) >= FEWEST_TO_TRIM:
        totals = totals[1:-1]
    return half_up(sum(totals, Decimal(0)) / len(totals), decimals)
