"""Conditions in three values, rewards, waiting periods and cycles, against slow and obvious answers."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from jurisdictions.policy import cycle
from jurisdictions.policy.base import Setting, Text
from jurisdictions.policy.conditions import (
    Undecided,
    all_of,
    any_of,
    applies,
    assess,
    negation,
    reward_for,
    waiting_period_blocks,
)
from jurisdictions.policy.constitution import Cycle
from jurisdictions.policy.forms import Condition, Ground
from jurisdictions.policy.loader import read
from jurisdictions.policy.prizes import WaitingPeriod

STRETCH = read(Path(settings.BASE_DIR) / "tests/data/stretch-2026.yaml").sound()
WORDS = Text(zh="甲", en="A")
THREE = (True, False, None)


def condition(**said):
    return Condition(key="x", article="1", text=WORDS, mend=WORDS, **said)


def known(**form):
    return {"form": {key: value for key, value in form.items() if value is not None}}


def completions(values):
    """Every way in which the unknown could turn out."""
    return itertools.product(*[(True, False) if value is None else (value,) for value in values])


def settled(values, rule):
    """What holds however the unknown turns out; None where that differs. (Kleene's logic, said slowly.)"""
    outcomes = {rule(way) for way in completions(values)}
    return outcomes.pop() if len(outcomes) == 1 else None


@given(st.lists(st.sampled_from(THREE), max_size=5))
def test_and_or_not(values):
    assert all_of(values) is settled(values, all)
    assert any_of(values) is settled(values, any)
    assert [negation(value) for value in values] == [settled([value], lambda way: not way[0]) for value in values]


@given(st.sampled_from(THREE), st.lists(st.sampled_from(THREE), min_size=1, max_size=3))
def test_grounds_and_whether_it_is_asked(asked, grounds):
    given_ = condition(
        when="form.asked", any_of=[Ground(key=f"g{n}", text=WORDS, require=f"form.g{n}") for n in range(len(grounds))]
    )
    facts = known(asked=asked, **{f"g{n}": value for n, value in enumerate(grounds)})
    found = assess(given_, facts)
    assert found.value is settled([asked, *grounds], lambda way: not way[0] or any(way[1:]))
    assert found.grounds == {f"g{n}": value for n, value in enumerate(grounds)}
    assert found.applies is applies(given_, facts) is asked
    assert set(found.unknown) == {f"form.{k}" for k, v in {"asked": asked, **found.grounds}.items() if v is None}
    assert set(found.read) == {"form.asked", *(f"form.g{n}" for n in range(len(grounds)))}


@pytest.mark.parametrize(("value", "outcome"), [(True, True), (False, False), (None, None)])
def test_what_is_required(value, outcome):
    assert assess(condition(require="form.ready"), known(ready=value)).value is outcome


def test_what_people_judge_is_unknown_until_they_have():
    found = assess(condition(judged_by="reviewers"), {})
    assert (found.value, found.applies, found.read) == (None, True, {})


def test_what_is_not_asked_holds():
    found = assess(condition(when="form.industrial", require="form.grade == 'A'"), known(industrial=False))
    assert (found.value, found.applies) == (True, False)


def test_an_unknown_never_passes_by_itself():
    found = assess(condition(require="form.grade in ['A', 'B']"), {"form": {}})
    assert (found.value, found.unknown) == (None, ("form.grade",))


@pytest.mark.parametrize(
    ("facts", "yuan"),
    [
        ({"awards": {"higher_level": ["nation"], "ever": []}, "org": {"kind": "school"}}, None),
        ({"awards": {"higher_level": ["city"], "ever": ["organisation"]}, "org": {"kind": "school"}}, 50000),
        ({"awards": {"higher_level": [], "ever": []}, "org": {"kind": "hospital"}}, 80000),
        ({"awards": {"higher_level": [], "ever": []}, "org": {"kind": "enterprise"}}, 100000),
    ],
)
def test_the_first_reward_that_holds(facts, yuan):
    given_ = reward_for(STRETCH.prize("organisation"), facts)
    assert given_ is not None
    assert given_.yuan == yuan


def test_a_reward_that_hangs_on_the_unknown_is_not_guessed():
    with pytest.raises(Undecided) as caught:
        reward_for(STRETCH.prize("organisation"), {"awards": {"ever": []}, "org": {"kind": "school"}})
    assert caught.value.unknown == ("awards.higher_level",)


# --- waiting ------------------------------------------------------------------------------------------------------------


def with_period(**said):
    period = WaitingPeriod(key="w", article="5", holders_of=["organisation"], **said)
    return STRETCH.model_copy(update={"waiting_periods": [period]})


def won(year, **more):
    return {"prize": "organisation", "year": year, "jurisdiction": "stretch", "revoked": False, **more}


@given(st.integers(2015, 2030), st.integers(2015, 2040), st.integers(0, 8))
def test_years(award_year, year, length):
    waits = waiting_period_blocks(with_period(unit="years", length=length), "organisation", [won(award_year)], year)
    assert bool(waits) is (year - award_year < length)
    assert all(wait.free_from == award_year + length for wait in waits)


@hypothesis_settings(deadline=None)
@given(st.dates(dt.date(2010, 1, 1), dt.date(2030, 12, 31)), st.integers(0, 4000), st.integers(1, 6))
def test_years_from_the_decision(decided, later, length):
    day = decided + dt.timedelta(days=later)
    policy = with_period(unit="years_from_decision", length=length)
    waits = waiting_period_blocks(
        policy, "organisation", [won(decided.year, decided_on=decided.isoformat())], day.year, on=day
    )
    free = next(d for d in (decided + dt.timedelta(days=n) for n in itertools.count()) if full(decided, d) >= length)
    assert bool(waits) is (day < free)
    assert all(wait.free_from == free for wait in waits)


def full(start, end):
    """Whole years, counted by walking."""
    return sum((end.year, end.month, end.day) >= (start.year + n, start.month, start.day) for n in range(1, 60))


@given(st.integers(2020, 2030), st.integers(2020, 2050), st.integers(0, 4), st.sets(st.integers(2020, 2050)))
def test_rounds(award_year, year, length, held):
    policy = with_period(unit="rounds", length=length)
    waits = waiting_period_blocks(policy, "organisation", [won(award_year)], year, rounds=sorted(held))
    assert bool(waits) is (len([y for y in held if award_year < y < year]) < length)


def test_rounds_follow_the_cycle_where_none_are_named():
    policy = with_period(unit="rounds", length=1)
    assert waiting_period_blocks(policy, "organisation", [won(2026)], 2029)
    assert not waiting_period_blocks(policy, "organisation", [won(2026)], 2032)


def test_for_good():
    [wait] = waiting_period_blocks(STRETCH, "champion", [{"prize": "champion", "year": 1999}], 2099)
    assert (wait.free_from, wait.certain, wait.article) == (None, True, "5")


@pytest.mark.parametrize(("same", "outcome"), [(True, [True]), (None, [False]), (False, [])])
def test_the_same_achievements_are_for_staff_to_find_out(same, outcome):
    policy = with_period(unit="years", length=5, same_achievements_only=True)
    waits = waiting_period_blocks(policy, "organisation", [won(2026)], 2028, same_achievements=same)
    assert [wait.certain for wait in waits] == outcome


@pytest.mark.parametrize(
    ("award", "prize"),
    [
        (won(2026, revoked=True), "organisation"),
        (won(2026, jurisdiction="other"), "organisation"),
        (won(2026), "champion"),
    ],
)
def test_what_does_not_count(award, prize):
    policy = with_period(unit="forever", applying_for=["organisation"])
    assert waiting_period_blocks(policy, prize, [award], 2028) == []


def test_a_decision_without_its_day_is_for_staff_to_find_out():
    [wait] = waiting_period_blocks(
        with_period(unit="years_from_decision", length=5), "organisation", [won(2026)], 2028, on=dt.date(2028, 1, 1)
    )
    assert (wait.certain, wait.free_from) == (False, None)


# --- cycles -------------------------------------------------------------------------------------------------------------

ROTATIONS = st.lists(
    st.lists(st.sampled_from(["organisation", "champion", "person", "team"]), max_size=3, unique=True), max_size=3
)


def with_cycle(every, base, rotation):
    return STRETCH.model_copy(
        update={"cycle": Cycle(article="3", every_years=every, base_year=Setting(value=base), rotation=rotation)}
    )


@hypothesis_settings(deadline=None)
@given(st.integers(1, 5), st.integers(2000, 2030), ROTATIONS, st.integers(1995, 2060))
def test_the_turn_of_each_year_as_a_calendar_written_out(every, base, rotation, year):
    calendar, turns = {}, itertools.cycle(rotation or [["organisation", "champion", "person", "team"]])
    for each in range(base, 2061, every):
        calendar[each] = next(turns)
    policy = with_cycle(every, base, rotation)
    offered = cycle.offered(policy, year)
    assert set(offered) == set(calendar.get(year, []))
    assert bool(offered) is (cycle.why_not(policy, year) == "")
    later = next((y for y in range(year + 1, year + 60) if calendar_turn(calendar, y)), None)
    if later is None or later <= 2060:
        assert cycle.next_year(policy, year) == later or later is None


def calendar_turn(calendar, year):
    return calendar.get(year)


def test_by_decision_every_year_may_have_one():
    policy = with_cycle(None, 2026, [["organisation"], ["person"]])
    assert cycle.is_by_decision(policy)
    assert cycle.offered(policy, 2031) == ["organisation", "person"]
    assert (cycle.offered(policy, 2025), cycle.why_not(policy, 2025)) == ([], "before_first_year")


def test_what_is_not_applied_for_is_not_offered_by_itself():
    assert cycle.offered(STRETCH, 2026) == ["organisation", "champion", "person", "team"]
    assert cycle.why_not(STRETCH, 2027) == "between_rounds"
    assert cycle.next_year(STRETCH, 2026) == 2029
