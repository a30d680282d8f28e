"""Working days: the national calendar, make-up days, the office's entries, years that nobody covers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st

from jurisdictions.calendar import Calendar, DayKind, calendar_of
from jurisdictions.models import CalendarEntry, CalendarYear
from tests.jurisdictions.people import make_jurisdiction, refused

NATIONAL = Calendar()
DAYS = st.dates(dt.date(2004, 1, 1), dt.date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "working", "kind"),
    [
        ("2026-10-01", False, DayKind.HOLIDAY),
        ("2026-10-10", True, DayKind.MAKE_UP),  # a Saturday
        ("2026-10-17", False, DayKind.WEEKEND),
        ("2026-10-19", True, DayKind.WEEKDAY),
        ("2020-01-31", False, DayKind.HOLIDAY),  # the Spring Festival of 2020 was lengthened
        ("2021-02-07", True, DayKind.MAKE_UP),  # a Sunday
    ],
)
def test_the_national_calendar_knows_holidays_and_make_up_days(day, working, kind):
    note = NATIONAL.note(dt.date.fromisoformat(day))
    assert (note.working, note.kind) == (working, kind)


@pytest.mark.parametrize("year", [2003, 2027, 2031])
def test_a_year_that_no_source_covers_is_refused_and_named(year):
    assert not NATIONAL.covers(year)
    with refused("calendar_year_missing") as refusal:
        NATIONAL.is_working_day(dt.date(year, 6, 1), article="12")
    assert refusal.value.facts == {"year": year}
    assert refusal.value.article == "12"
    assert str(year) in str(refusal.value)


def test_a_stated_year_goes_by_weekdays_and_its_entries():
    stated = Calendar({dt.date(2027, 1, 1): (False, "元旦"), dt.date(2027, 1, 3): (True, "调休")}, frozenset({2027}))
    assert stated.covers(2027)
    assert not stated.is_working_day(dt.date(2027, 1, 1))  # Friday
    assert stated.is_working_day(dt.date(2027, 1, 3))  # Sunday
    assert stated.is_working_day(dt.date(2027, 1, 4))
    assert not stated.is_working_day(dt.date(2027, 1, 9))
    with refused("calendar_year_missing"):
        stated.is_working_day(dt.date(2028, 1, 3))


def test_entries_alone_answer_for_their_own_days_only():
    some = Calendar({dt.date(2027, 1, 4): (True, "通知")})
    assert some.is_working_day(dt.date(2027, 1, 4))
    assert not some.covers(2027)
    with refused("calendar_year_missing"):
        some.is_working_day(dt.date(2027, 1, 5))


def test_a_stated_year_outranks_the_national_calendar():
    assert Calendar(complete_years=frozenset({2026})).note(dt.date(2026, 10, 1)).kind is DayKind.WEEKDAY


@given(DAYS, st.dictionaries(DAYS, st.booleans(), max_size=5))
def test_an_entry_of_the_office_always_wins_and_touches_no_other_day(day, entries):
    calendar = Calendar({d: (working, "own") for d, working in entries.items()})
    note = calendar.note(day)
    if day in entries:
        assert (note.working, note.kind, note.detail) == (entries[day], DayKind.OFFICE, "own")
    else:
        assert note == NATIONAL.note(day)


@given(DAYS)
def test_the_kind_tells_whether_it_works(day):
    note = NATIONAL.note(day)
    assert note.working == (note.kind in {DayKind.WEEKDAY, DayKind.MAKE_UP})
    assert (note.kind is DayKind.WEEKEND) <= (day.weekday() >= 5)


def test_a_note_reads_in_words():
    with translation.override("en"):
        assert NATIONAL.note(dt.date(2026, 10, 1)).label == "public holiday: National Day"
        assert NATIONAL.note(dt.date(2026, 10, 19)).label == "working day"
        assert (
            Calendar({dt.date(2026, 5, 11): (False, "台风")}).note(dt.date(2026, 5, 11)).label
            == "entered by the office: 台风"
        )


@pytest.mark.django_db
def test_a_calendar_is_read_once_for_its_jurisdiction(django_assert_num_queries):
    here, there = make_jurisdiction(), make_jurisdiction()
    day = dt.date(2026, 11, 23)
    with scope(jurisdiction=here):
        CalendarEntry.objects.create(jurisdiction=here, day=day, working=False, reason="局庆")
        CalendarYear.objects.create(jurisdiction=here, year=2027, source="通知")
    with django_assert_num_queries(2):
        calendar = calendar_of(here)
    with django_assert_num_queries(0):
        assert not calendar.is_working_day(day)
        assert calendar.is_working_day(dt.date(2027, 3, 1))
    assert calendar_of(there).is_working_day(day)
    assert not calendar_of(there).covers(2027)
