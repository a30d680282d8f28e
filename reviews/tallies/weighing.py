"""Scores of stages weighed into one; opinions and credit points into a department score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from reviews.tallies.scores import HUNDRED, half_up

DEPARTMENT_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Part:
    """One stage's share: its score out of ``base`` (None: the stage did not concern the entry)."""

    stage: str
    score: Decimal | None
    base: Decimal
    weight: Decimal

    @property
    def out_of_hundred(self) -> Decimal | None:
        return None if self.score is None else self.score * HUNDRED / self.base


def weighed(parts: Sequence[Part], decimals: int) -> Decimal | None:
    """Σ weight × score out of 100, over the weights of the parts that have a score; None when none has. Half up, once."""
    present = [(part.weight, found) for part in parts if (found := part.out_of_hundred) is not None]
    weights = sum((weight for weight, _score in present), Decimal(0))
    if not weights:
        return None
    return half_up(sum((weight * score for weight, score in present), Decimal(0)) / weights, decimals)


def department_score(
    opinions: Sequence[Decimal], credits: Sequence[Decimal], credit_weight: Fraction
) -> Decimal | None:
    """Mean of the opinions' points × (1 − w) + mean of the credit points × w; where one kind is missing the other stands alone."""
    opinion, credit = _mean(opinions), _mean(credits)
    share, whole = Decimal(credit_weight.numerator), Decimal(credit_weight.denominator)
    if not share or (credit is None and share != whole):
        found = opinion
    elif share == whole or opinion is None:
        found = credit
    else:
        assert credit is not None
        found = (opinion * (whole - share) + credit * share) / whole
    return None if found is None else half_up(found, DEPARTMENT_DECIMALS)


def _mean(values: Sequence[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) / len(values) if values else None
