"""Days, windows and periods as the law counts them. Pure functions over a ``Calendar`` that is read once.

calendar = calendar_of(jurisdiction)                                 2 queries, whatever is counted afterwards
calendar.is_working_day(day, article="12")                           refuses a year that no source covers
w = window(calendar, after=day, length=7, unit="calendar", article="18")
w.first_day, w.last_day, w.opens_at, w.ends_at, w.steps              the derivation, day by day
elapsed(calendar, after=day, through=day, unit="working")            how many days have been counted
full_years, years_before, years_after, last_years, full_quarters     periods of years and quarters
effective_on(policy), in_force(policy, day)                          when an edition applies
"""

from jurisdictions.calendar.effect import derivation, effective_on, in_force, lapse
from jurisdictions.calendar.periods import (
    Period,
    Quarter,
    after_full_days,
    full_quarters,
    full_years,
    in_usual_months,
    last_calendar_years,
    last_years,
    quarter_of,
    within_years_after,
    years_after,
    years_before,
)
from jurisdictions.calendar.windows import Count, Step, Unit, Window, elapsed, window
from jurisdictions.calendar.working_days import Calendar, DayKind, Note, calendar_of

__all__ = [
    "Calendar",
    "Count",
    "DayKind",
    "Note",
    "Period",
    "Quarter",
    "Step",
    "Unit",
    "Window",
    "after_full_days",
    "calendar_of",
    "derivation",
    "effective_on",
    "elapsed",
    "full_quarters",
    "full_years",
    "in_force",
    "in_usual_months",
    "lapse",
    "last_calendar_years",
    "last_years",
    "quarter_of",
    "window",
    "within_years_after",
    "years_after",
    "years_before",
]
