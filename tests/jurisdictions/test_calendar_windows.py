"""Windows of N days, held against a slow and obvious walk from day to day."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jurisdictions.calendar import Calendar, elapsed, window
from tests.jurisdictions.people import refused

ONE = dt.timedelta(days=1)
NATIONAL = Calendar()
SHANGHAI = ZoneInfo("Asia/Shanghai")
EVENTS = st.dates(dt.date(2004, 1, 1), dt.date(2026, 9, 1))
LENGTHS = st.integers(1, 40)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def slow_last_day(after: dt.date, length: int, counts) -> dt.date:
    """Cross off one day after another."""
    here, left = after, length
    while left:
        here += ONE
        if counts(here):
            left -= 1
    return here


@given(EVENTS, LENGTHS)
def test_calendar_windows_count_every_day(after, length):
    w = window(NATIONAL, after=after, length=length)
    assert w.first_day == after + ONE
    assert w.last_day == slow_last_day(after, length, lambda d: True) == after + length * ONE


@given(EVENTS, LENGTHS)
def test_working_windows_count_working_days_only(after, length):
    w = window(NATIONAL, after=after, length=length, unit="working")
    assert w.last_day == slow_last_day(after, length, chinese_calendar.is_workday)
    assert chinese_calendar.is_workday(w.last_day)


@given(EVENTS, LENGTHS, st.sampled_from(["calendar", "working"]))
def test_the_derivation_has_every_day_once_and_numbers_those_that_count(after, length, unit):
    w = window(NATIONAL, after=after, length=length, unit=unit)
    assert [s.day for s in w.steps] == [after + n * ONE for n in range((w.last_day - after).days + 1)]
    assert [s.ordinal for s in w.steps if s.counted] == list(range(1, length + 1))
    assert all(s.ordinal is None for s in w.steps if not s.counted)
    assert (w.steps[0].reason, w.steps[0].counted) == ("event", False)
    assert all(s.label for s in w.steps)


@given(EVENTS, LENGTHS, st.sampled_from(["calendar", "working"]))
def test_a_window_begins_and_ends_with_the_legal_day(after, length, unit):
    w = window(NATIONAL, after=after, length=length, unit=unit)
    assert w.opens_at == dt.datetime.combine(after + ONE, dt.time(), SHANGHAI)
    assert w.ends_at.astimezone(SHANGHAI).date() == w.last_day
    assert (w.ends_at + dt.timedelta(microseconds=1)).astimezone(SHANGHAI).date() == w.last_day + ONE
    assert w.first_day in w
    assert w.last_day in w
    assert after not in w
    assert w.last_day + ONE not in w


@given(EVENTS, LENGTHS, st.sampled_from(["calendar", "working"]))
def test_what_has_elapsed_on_the_last_day_is_the_length_and_less_the_day_before(after, length, unit):
    w = window(NATIONAL, after=after, length=length, unit=unit)
    assert elapsed(NATIONAL, after=after, through=w.last_day, unit=unit).total == length
    assert elapsed(NATIONAL, after=after, through=w.last_day - ONE, unit=unit).total == length - 1
    assert elapsed(NATIONAL, after=after, through=after, unit=unit).total == 0
    assert elapsed(NATIONAL, after=after, through=after - ONE, unit=unit).total == 0


@given(EVENTS, LENGTHS)
def test_an_end_on_a_day_off_moves_only_when_asked(after, length):
    plain = window(NATIONAL, after=after, length=length)
    rolled = window(NATIONAL, after=after, length=length, roll=True)
    expected = plain.last_day
    while not chinese_calendar.is_workday(expected):
        expected += ONE
    assert plain.last_day == after + length * ONE
    assert rolled.last_day == expected
    assert {s.reason for s in rolled.steps[len(plain.steps) :]} <= {"moved"}


@given(EVENTS, LENGTHS, st.sets(st.integers(1, 60), max_size=10))
def test_each_day_off_that_the_office_enters_counts_as_one_less(after, length, offsets):
    entries = {after + n * ONE: (False, "own") for n in offsets}
    w = window(Calendar(entries), after=after, length=length, unit="working")
    assert w.last_day == slow_last_day(after, length, lambda d: d not in entries and chinese_calendar.is_workday(d))


@pytest.mark.requirement("tacheng-12a")
def test_five_working_days_across_the_national_holiday_and_a_make_up_saturday():
    w = window(NATIONAL, after=day("2026-09-30"), length=5, unit="working", article="12")
    assert w.last_day == day("2026-10-13")
    assert [s.day.isoformat() for s in w.steps if s.counted] == [
        "2026-10-08", "2026-10-09", "2026-10-10", "2026-10-12", "2026-10-13",
    ]  # fmt: skip


@pytest.mark.requirement("tacheng-12a")
def test_whether_an_internal_publicity_lasted_five_working_days():
    through_monday = elapsed(NATIONAL, after=day("2026-09-30"), through=day("2026-10-12"), unit="working")
    assert through_monday.total == 4
    assert elapsed(NATIONAL, after=day("2026-09-30"), through=day("2026-10-13"), unit="working").total == 5


@pytest.mark.requirement("wenzhou-18")
@pytest.mark.requirement("qingyuan-4.5")
@pytest.mark.requirement("yiwu-5.6")
@pytest.mark.requirement("wenling-20")
def test_seven_days_of_publicity():
    w = window(NATIONAL, after=day("2026-09-28"), length=7)
    assert (w.first_day, w.last_day) == (day("2026-09-29"), day("2026-10-05"))


@pytest.mark.requirement("yiwu-5.4")
def test_the_opinion_is_due_seven_working_days_after_the_visit():
    assert window(NATIONAL, after=day("2026-11-20"), length=7, unit="working").last_day == day("2026-12-01")


@pytest.mark.requirement("tacheng-24")
def test_an_objection_is_checked_within_five_working_days_of_receipt():
    assert window(NATIONAL, after=day("2026-02-12"), length=5, unit="working").last_day == day("2026-02-26")


def test_a_working_window_that_runs_into_a_missing_year_is_refused_with_its_article():
    with refused("calendar_year_missing") as refusal:
        window(NATIONAL, after=day("2026-12-29"), length=5, unit="working", article="18")
    assert (refusal.value.article, refusal.value.facts["year"]) == ("18", 2027)
    with refused("calendar_year_missing"):
        elapsed(NATIONAL, after=day("2026-12-29"), through=day("2027-01-05"), unit="working")


def test_calendar_days_need_no_calendar_of_the_year():
    assert window(NATIONAL, after=day("2026-12-29"), length=7).last_day == day("2027-01-05")
    with refused("calendar_year_missing"):
        window(NATIONAL, after=day("2026-12-29"), length=7, roll=True)


def test_a_window_of_no_days_is_a_mistake_of_ours():
    with pytest.raises(ValueError):
        window(NATIONAL, after=day("2026-01-05"), length=0)


def test_a_window_can_be_kept_as_data():
    kept = window(NATIONAL, after=day("2026-10-09"), length=2, unit="working").as_data()
    assert kept["last_day"] == "2026-10-12"
    assert kept["steps"] == [
        {"day": "2026-10-09", "counted": False, "reason": "event", "ordinal": None},
        {"day": "2026-10-10", "counted": True, "reason": "make_up", "ordinal": 1},
        {"day": "2026-10-11", "counted": False, "reason": "weekend", "ordinal": None},
        {"day": "2026-10-12", "counted": True, "reason": "weekday", "ordinal": 2},
    ]
