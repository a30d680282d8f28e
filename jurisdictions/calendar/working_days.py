"""Working days: the national calendar with the office's own entries on top.

Which source answers for a day, first match:
1. an entry of the office for that very day;
2. the office's statement that the year is complete (``CalendarYear``): Monday to Friday work, all exceptions are
   entries. It also outranks a national calendar that appears later: an upgrade does not move a deadline once computed;
3. the national calendar (State Council notices: holidays and make-up days);
4. none: refused, naming the year. A guess would move deadlines.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from chinese_calendar.constants import holidays as _HOLIDAYS
from chinese_calendar.constants import workdays as _MAKE_UP_DAYS
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from core.refusals import Refused
from jurisdictions.models import CalendarEntry, CalendarYear, Jurisdiction

NATIONAL_YEARS = frozenset(day.year for day in _HOLIDAYS)
SATURDAY = 5

_HOLIDAY_NAMES = {
    "New Year's Day": _("New Year's Day"),
    "Spring Festival": _("Spring Festival"),
    "Tomb-sweeping Day": _("Tomb-sweeping Day"),
    "Labour Day": _("Labour Day"),
    "Dragon Boat Festival": _("Dragon Boat Festival"),
    "National Day": _("National Day"),
    "Mid-autumn Festival": _("Mid-autumn Festival"),
    "Anti-Fascist 70th Day": _("Anti-Fascist 70th Day"),
}


class DayKind(enum.StrEnum):
    """Why a day is, or is not, a working day."""

    WEEKDAY = "weekday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"
    OFFICE = "office"

    @property
    def label(self) -> str:
        return str(_KIND_LABELS[self])


_KIND_LABELS = {
    DayKind.WEEKDAY: _("working day"),
    DayKind.WEEKEND: _("weekend"),
    DayKind.HOLIDAY: _("public holiday"),
    DayKind.MAKE_UP: _("make-up working day"),
    DayKind.OFFICE: _("entered by the office"),
}


@dataclass(frozen=True, slots=True)
class Note:
    """What the calendar knows of a day. ``detail``: the holiday's English name, or the office's own words."""

    day: dt.date
    working: bool
    kind: DayKind
    detail: str = ""

    @property
    def label(self) -> str:
        """In the reader's language, e.g. "public holiday: Spring Festival"."""
        detail = str(_HOLIDAY_NAMES.get(self.detail, self.detail))
        return f"{self.kind.label}: {detail}" if detail else self.kind.label


@dataclass(frozen=True, slots=True)
class Calendar:
    """``entries``: day → (working, the office's reason). ``complete_years``: stated complete by the office."""

    entries: Mapping[dt.date, tuple[bool, str]] = field(default_factory=dict)
    complete_years: frozenset[int] = frozenset()

    def covers(self, year: int) -> bool:
        """Whether every day of the year has an answer."""
        return year in self.complete_years or year in NATIONAL_YEARS

    def note(self, day: dt.date, *, article: str = "") -> Note:
        """What is known of the day. Raises ``Refused("calendar_year_missing")`` citing ``article``."""
        if day in self.entries:
            working, reason = self.entries[day]
            return Note(day, working, DayKind.OFFICE, reason)
        if day.year in self.complete_years:
            return _by_weekday(day)
        if day.year not in NATIONAL_YEARS:
            raise Refused("calendar_year_missing", article=article, year=day.year)
        if day in _MAKE_UP_DAYS:
            return Note(day, True, DayKind.MAKE_UP, str(_MAKE_UP_DAYS[day]))
        if day in _HOLIDAYS:
            return Note(day, False, DayKind.HOLIDAY, str(_HOLIDAYS[day]))
        return _by_weekday(day)

    def is_working_day(self, day: dt.date, *, article: str = "") -> bool:
        """Raises ``Refused("calendar_year_missing")``."""
        return self.note(day, article=article).working


def calendar_of(jurisdiction: Jurisdiction) -> Calendar:
    """The jurisdiction's calendar: 2 queries."""
    with scope(jurisdiction=jurisdiction):
        rows = CalendarEntry.objects.values_list("day", "working", "reason")
        entries = {day: (working, reason) for day, working, reason in rows}
        return Calendar(entries, frozenset(CalendarYear.objects.values_list("year", flat=True)))


def _by_weekday(day: dt.date) -> Note:
    working = day.weekday() < SATURDAY
    return Note(day, working, DayKind.WEEKDAY if working else DayKind.WEEKEND)
