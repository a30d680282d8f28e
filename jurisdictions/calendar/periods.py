"""Periods of years and quarters. No calendar is needed for these.

A period of years ends on the corresponding day, or on the month's last day where there is none (Civil Code,
article 202).
"""

from __future__ import annotations

import calendar as _calendar
import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

MONTHS_IN_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Period:
    """Both ends included."""

    first: dt.date
    last: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """``number`` 1 to 4."""

    year: int
    number: int

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, MONTHS_IN_A_QUARTER * (self.number - 1) + 1, 1)

    @property
    def last(self) -> dt.date:
        month = MONTHS_IN_A_QUARTER * self.number
        return dt.date(self.year, month, _calendar.monthrange(self.year, month)[1])

    @property
    def before(self) -> Quarter:
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"


def years_after(day: dt.date, years: int) -> dt.date:
    """The corresponding day ``years`` later (29 February: 28 February in a common year)."""
    month_end = _calendar.monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, month_end))


def years_before(day: dt.date, years: int) -> dt.date:
    """The corresponding day ``years`` earlier (29 February: 28 February in a common year)."""
    return years_after(day, -years)


def full_years(start: dt.date, end: dt.date) -> int:
    """Whole years from ``start`` to ``end``, negative when it lies before; from 29 February full on 1 March."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def last_years(day: dt.date, years: int) -> Period:
    """ "The last N years" as of a day: N years long, that day included."""
    return Period(years_before(day, years) + dt.timedelta(days=1), day)


def last_calendar_years(year: int, years: int) -> list[int]:
    """The N calendar years before ``year``, latest first (for indicators that close with a year)."""
    return list(range(year - 1, year - 1 - years, -1))


def within_years_after(event: dt.date, start: dt.date, years: int) -> bool:
    """Whether the event falls within N years of ``start``, its last corresponding day included."""
    return start <= event <= years_after(start, years)


def quarter_of(day: dt.date) -> Quarter:
    """The quarter in which a day falls."""
    return Quarter(day.year, (day.month - 1) // MONTHS_IN_A_QUARTER + 1)


def full_quarters(day: dt.date, years: int) -> list[Quarter]:
    """The 4 × N quarters that were complete before ``day``, latest first: "each quarter of the last N years"."""
    found = [quarter_of(day).before]
    while len(found) < 4 * years:
        found.append(found[-1].before)
    return found if years > 0 else []


def in_usual_months(day: dt.date, months: Collection[int]) -> bool:
    """Whether the day falls in one of the usual months (1 to 12)."""
    return day.month in months


def after_full_days(event: dt.date, days: int) -> dt.date:
    """The day after N full days, the day of the event not counted.

    Published 7 February 2021, thirty days: day 1 is 8 February, day 30 is 9 March, so the answer is 10 March 2021.
    """
    return event + dt.timedelta(days=days + 1)
