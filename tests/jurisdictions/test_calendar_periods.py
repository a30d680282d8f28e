"""Years, quarters, effective dates, held against slow and obvious references."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jurisdictions.calendar import (
    Quarter,
    after_full_days,
    derivation,
    effective_on,
    full_quarters,
    full_years,
    in_force,
    in_usual_months,
    lapse,
    last_calendar_years,
    last_years,
    quarter_of,
    within_years_after,
    years_after,
    years_before,
)
from jurisdictions.policy import Policy, cel
from jurisdictions.policy.constitution import Effective

ONE = dt.timedelta(days=1)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def slow_full_years(start: dt.date, end: dt.date) -> int:
    """Count the anniversaries passed; 29 February's falls on 1 March in a common year."""
    years = 0
    while True:
        year = start.year + years + 1
        try:
            anniversary = start.replace(year=year)
        except ValueError:
            anniversary = dt.date(year, 3, 1)
        if anniversary > end:
            return years
        years += 1


@given(DAYS, st.integers(0, 20_000))
def test_full_years_count_anniversaries(start, days):
    end = start + days * ONE
    assert full_years(start, end) == slow_full_years(start, end)


@given(DAYS, DAYS)
def test_conditions_and_code_count_years_alike(start, end):
    assert full_years(start, end) == cel.full_years(start.isoformat(), end.isoformat())


@given(DAYS, st.integers(0, 30))
def test_conditions_and_code_go_back_alike(start, years):
    assert years_before(start, years).isoformat() == cel.years_before(start.isoformat(), years)


@given(DAYS, st.integers(1, 30))
def test_the_corresponding_day_is_the_same_day_or_the_months_end(start, years):
    later = years_after(start, years)
    assert (later.year, later.month) == (start.year + years, start.month)
    assert later.day == start.day or (later + ONE).day == 1
    assert within_years_after(later, start, years)
    assert not within_years_after(later + ONE, start, years)
    assert not within_years_after(start - ONE, start, years)


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("2022-06-30", "2025-06-29", 2), ("2022-06-30", "2025-06-30", 3), ("2020-02-29", "2021-02-28", 0),
        ("2020-02-29", "2021-03-01", 1), ("2020-02-29", "2024-02-29", 4), ("2025-01-02", "2025-01-01", -1),
    ],
)  # fmt: skip
def test_full_years_by_example(start, end, years):
    assert full_years(day(start), day(end)) == years


@given(DAYS, st.integers(1, 10))
def test_the_last_years_are_that_long_and_include_today(today, years):
    period = last_years(today, years)
    assert today in period
    assert today + ONE not in period
    assert period.first - ONE not in period
    assert period.first - ONE == years_before(today, years)


def test_last_calendar_years_are_latest_first():
    assert last_calendar_years(2026, 3) == [2025, 2024, 2023]


@given(DAYS)
def test_a_day_lies_in_its_quarter(some):
    quarter = quarter_of(some)
    assert quarter.first <= some <= quarter.last
    assert quarter_of(quarter.first - ONE) == quarter.before
    assert quarter_of(quarter.last + ONE).before == quarter


@pytest.mark.requirement("yiwu-3.5.2")
@given(DAYS, st.integers(1, 5))
def test_full_quarters_are_those_complete_before_the_day(some, years):
    walked: list[Quarter] = []
    here = some
    while len(walked) < 4 * years:
        here -= ONE
        if quarter_of(here).last < some and quarter_of(here) not in walked:
            walked.append(quarter_of(here))
    assert full_quarters(some, years) == walked


@pytest.mark.requirement("yiwu-3.5.2")
def test_the_quarters_of_the_last_two_years():
    assert [str(q) for q in full_quarters(day("2026-03-31"), 2)] == [
        "2025Q4", "2025Q3", "2025Q2", "2025Q1", "2024Q4", "2024Q3", "2024Q2", "2024Q1",
    ]  # fmt: skip
    assert full_quarters(day("2026-04-01"), 1)[0] == Quarter(2026, 1)
    assert full_quarters(day("2026-04-01"), 0) == []


@pytest.mark.requirement("wenzhou-12")
@pytest.mark.parametrize(
    ("when", "usual"), [("2026-03-31", False), ("2026-04-01", True), ("2026-06-30", True), ("2026-07-01", False)]
)
def test_the_second_quarter(when, usual):
    assert in_usual_months(day(when), [4, 5, 6]) is usual
    assert (quarter_of(day(when)).number == 2) is usual


def edition(*, effective: Effective, status: str = "in_force", **dates: Any) -> Policy:
    """Just the dates of a policy."""
    known = {"published_on": None, "issued_on": None, "expires_on": None, **dates}
    return cast(Policy, SimpleNamespace(effective=effective, status=status, **known))


@pytest.mark.requirement("yiwu-8")
def test_thirty_days_after_publication_is_the_day_after_thirty_full_days():
    policy = edition(effective=Effective(days_after_publication=30), published_on=day("2021-02-07"))
    assert effective_on(policy) == after_full_days(day("2021-02-07"), 30) == day("2021-03-10")
    steps = derivation(policy)
    assert (steps[0].day, steps[0].counted) == (day("2021-02-07"), False)
    assert (steps[1].day, steps[1].ordinal) == (day("2021-02-08"), 1)
    assert (steps[30].day, steps[30].ordinal) == (day("2021-03-09"), 30)
    assert (steps[31].day, steps[31].reason) == (day("2021-03-10"), "effective")
    assert lapse(policy, day("2021-03-09")) == "not_yet"
    assert in_force(policy, day("2021-03-10"))


def test_the_day_of_issue_stands_in_for_the_publication():
    policy = edition(effective=Effective(days_after_publication=0), issued_on=day("2021-02-07"))
    assert effective_on(policy) == day("2021-02-08")
    assert effective_on(edition(effective=Effective(days_after_publication=3))) is None


@pytest.mark.requirement("wenzhou-26")
@pytest.mark.parametrize(
    ("when", "why"), [("2020-11-30", "not_yet"), ("2020-12-01", ""), ("2030-12-01", ""), ("2030-12-02", "expired")]
)
def test_an_edition_applies_from_its_first_to_its_last_day(when, why):
    policy = edition(effective=Effective(on=day("2020-12-01")), expires_on=day("2030-12-01"))
    assert lapse(policy, day(when)) == why
    assert in_force(policy, day(when)) is (why == "")
    assert derivation(policy) == ()


@pytest.mark.requirement("qingyuan-7.2")
def test_a_draft_or_an_open_date_never_applies():
    assert lapse(edition(effective=Effective(open=True), status="draft"), day("2026-01-01")) == "draft"
    assert lapse(edition(effective=Effective(open=True)), day("2026-01-01")) == "open"
