"""Arithmetic against slow references: sheets, differences, ranks, cuts, weights."""

from __future__ import annotations

import itertools
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jurisdictions.policy.sheets import Sheet
from reviews.tallies import ranking, scores, weighing
from tests.refusing import refused

TEXT = {"zh": "项", "en": "Item"}
SHEET = Sheet.model_validate({
    "key": "s", "title": TEXT, "mode": "percent", "step": 5,
    "criteria": [
        {"key": "a", "title": TEXT, "points": 110, "children": [
            {"key": "a1", "title": TEXT, "points": "37.5"}, {"key": "a2", "title": TEXT, "points": "72.5"},
        ]},
        {"key": "b", "title": TEXT, "points": 90},
    ],
})  # fmt: skip
POINTS = SHEET.model_copy(update={"mode": "points", "step": SHEET.step.model_copy(update={"value": Decimal("2.5")})})
LEAVES = [leaf.key for leaf in SHEET.leaves()]
mark = st.integers(0, 20).map(lambda n: Decimal(5 * n))
sheets = st.lists(st.fixed_dictionaries(dict.fromkeys(LEAVES, mark)), min_size=1, max_size=6)
numbers = st.decimals(min_value=0, max_value=1000, places=2)


def reference_total(marks: dict[str, Decimal]) -> Fraction:
    return sum((Fraction(leaf.points) * Fraction(marks[leaf.key]) / 100 for leaf in SHEET.leaves()), Fraction(0))


def half_up(value: Fraction, decimals: int) -> Decimal:
    scaled = value * 10**decimals
    whole = (scaled + Fraction(1, 2)).__floor__()
    return Decimal(whole).scaleb(-decimals)


@given(sheets, st.integers(0, 3))
def test_the_mean_is_exact_and_rounded_half_up_once(given_: list[dict[str, Decimal]], decimals: int) -> None:
    expected = half_up(sum(map(reference_total, given_), Fraction(0)) / len(given_), decimals)
    assert scores.result(SHEET, given_, agreed={}, method="mean", decimals=decimals) == expected


@given(sheets)
def test_a_trimmed_mean_drops_the_highest_and_the_lowest_of_three_or_more(given_: list[dict[str, Decimal]]) -> None:
    totals = sorted(map(reference_total, given_))
    kept = totals[1:-1] if len(totals) >= 3 else totals
    expected = half_up(sum(kept, Fraction(0)) / len(kept), 2)
    assert scores.result(SHEET, given_, agreed={}, method="trimmed_mean", decimals=2) == expected


@given(sheets, st.fixed_dictionaries(dict.fromkeys(LEAVES, mark)))
def test_what_is_agreed_on_every_item_is_the_result_by_any_method(
    given_: list[dict[str, Decimal]], agreed: dict[str, Decimal]
) -> None:
    expected = half_up(reference_total(agreed), 2)
    for method in ("mean", "trimmed_mean", "agreed"):
        assert scores.result(SHEET, given_, agreed=agreed, method=method, decimals=2) == expected


@given(sheets, st.integers(0, 100))
def test_items_are_flagged_exactly_when_two_reviewers_are_farther_apart(
    given_: list[dict[str, Decimal]], limit: int
) -> None:
    expected = {
        key for key in LEAVES if any(abs(x[key] - y[key]) > limit for x, y in itertools.combinations(given_, 2))
    }
    assert set(scores.far_apart(SHEET, given_, limit)) == expected


@pytest.mark.parametrize("bad", ["-5", "105", "7", "62.5", "NaN", "Infinity", "1e3"])
def test_percent_marks_outside_the_steps_are_refused_at_their_item(bad: str) -> None:
    with refused("score_outside_steps") as refusal:
        scores.read(SHEET, SHEET.leaves()[0], bad)
    assert refusal.value.field == "a1"


def test_marks_that_are_no_numbers_are_refused_and_the_top_mark_is_always_allowed() -> None:
    with refused("score_not_a_number"):
        scores.read(SHEET, SHEET.leaves()[0], "gut")
    assert scores.read(POINTS, POINTS.leaves()[1], "72.5") == Decimal("72.5")
    assert scores.steps(POINTS, POINTS.leaves()[0])[-1] == Decimal("37.5")
    with refused("score_outside_steps"):
        scores.read(POINTS, POINTS.leaves()[0], "36")
    uneven = POINTS.model_copy(update={"step": POINTS.step.model_copy(update={"value": Decimal(7)})})
    assert scores.steps(uneven, uneven.leaves()[2])[-2:] == [Decimal(84), Decimal(90)]
    assert scores.read(uneven, uneven.leaves()[2], "90") == 90


def test_half_a_cent_goes_up() -> None:
    assert scores.half_up(Decimal("65.125"), 2) == Decimal("65.13")
    assert scores.half_up(Decimal("65.124999"), 2) == Decimal("65.12")


@given(st.dictionaries(st.integers(1, 50), numbers, max_size=25))
def test_a_rank_is_one_more_than_how_many_are_better(given_: dict[int, Decimal]) -> None:
    assert ranking.ranks(given_) == {
        key: 1 + sum(other > score for other in given_.values()) for key, score in given_.items()
    }


@given(st.dictionaries(st.integers(1, 50), st.integers(0, 6).map(Decimal), max_size=25), st.none() | st.integers(0, 30))
def test_a_cut_never_exceeds_its_cap_and_never_breaks_a_tie(given_: dict[int, Decimal], cap: int | None) -> None:
    cut = ranking.cut(given_, cap)
    assert len(cut.sure) + cut.free <= (len(given_) if cap is None else cap)
    assert not cut.sure & cut.tied
    out = set(given_) - cut.sure - cut.tied
    if cut.tied:
        assert 0 < cut.free < len(cut.tied)
        assert {given_[key] for key in cut.tied} == {cut.score}
        assert cut.tied == {key for key, score in given_.items() if score == cut.score}
        assert len(cut.sure) + cut.free == cap
    elif cap is not None and cap > 0:
        assert len(cut.sure) == min(cap, len(given_))
    assert all(given_[better] > given_[worse] for better in cut.sure for worse in out | cut.tied)
    assert all(given_[worse] < (cut.score or 0) for worse in out) or not cut.tied


def test_a_cap_is_the_lower_of_the_number_and_whole_multiples_of_the_quota() -> None:
    assert ranking.at_most(None, None, Decimal(5)) is None
    assert ranking.at_most(20, None, None) == 20
    assert ranking.at_most(20, Decimal("1.5"), Decimal(5)) == 7
    assert ranking.at_most(6, Decimal("1.5"), Decimal(5)) == 6
    assert ranking.at_most(None, Decimal(3), None) is None


part = st.tuples(st.none() | numbers, st.integers(1, 1000).map(Decimal), st.integers(1, 100).map(Decimal))


@given(st.lists(part, min_size=1, max_size=5))
def test_a_composite_brings_scores_to_100_and_weighs_what_is_there(
    given_: list[tuple[Decimal | None, Decimal, Decimal]],
) -> None:
    parts = [weighing.Part(str(n), score, base, weight) for n, (score, base, weight) in enumerate(given_)]
    there = [
        (Fraction(weight), Fraction(score) * 100 / Fraction(base))
        for score, base, weight in given_
        if score is not None
    ]
    found = weighing.weighed(parts, 2)
    if not there:
        assert found is None
    else:
        exact = sum((w * s for w, s in there), Fraction(0)) / sum((w for w, _s in there), Fraction(0))
        assert found is not None
        assert abs(Fraction(found) - exact) <= Fraction(1, 200) + Fraction(1, 10**20)


@given(st.lists(numbers, max_size=5), st.lists(numbers, max_size=3), st.fractions(0, 1, max_denominator=10))
def test_a_department_score_blends_opinions_and_credit(
    opinions: list[Decimal], credits: list[Decimal], weight: Fraction
) -> None:
    found = weighing.department_score(opinions, credits, weight)

    def mean(values: list[Decimal]) -> Fraction | None:
        return sum(map(Fraction, values), Fraction(0)) / len(values) if values else None

    opinion, credit = mean(opinions), mean(credits)
    if weight == 0:
        exact = opinion
    elif weight == 1:
        exact = credit
    elif opinion is None or credit is None:
        exact = opinion if credit is None else credit
    else:
        exact = opinion * (1 - weight) + credit * weight
    if exact is None:
        assert found is None
    else:
        assert found is not None
        assert abs(Fraction(found) - exact) <= Fraction(1, 200) + Fraction(1, 10**20)
        assert found == found.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
