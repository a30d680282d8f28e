"""What the administration pages read. A constant number of queries each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from jurisdictions.calendar import Calendar, Note
from jurisdictions.calendar.working_days import NATIONAL_YEARS
from jurisdictions.models import Body, CalendarYear, Membership

ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class YearCover:
    """Who answers for a year: ``national``, ``office`` (its statement) or ``""`` (nobody yet)."""

    year: int
    by: str
    statement: CalendarYear | None


def cover(years: range) -> list[YearCover]:
    """One query. The office's statement outranks the national calendar."""
    stated = {row.year: row for row in CalendarYear.objects.filter(year__in=years).select_related("jurisdiction")}
    return [
        YearCover(y, "office" if y in stated else "national" if y in NATIONAL_YEARS else "", stated.get(y))
        for y in years
    ]


def special_days(calendar: Calendar, year: int) -> list[Note]:
    """Public holidays and make-up days of a year that somebody covers, in order; the office's own entries among them."""
    if not calendar.covers(year):
        return [calendar.note(day) for day in sorted(calendar.entries) if day.year == year]
    notes = (
        calendar.note(dt.date(year, 1, 1) + n * ONE)
        for n in range((dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days)
    )
    return [note for note in notes if note.kind not in ("weekday", "weekend")]


def bodies(*, today: dt.date) -> QuerySet[Body]:
    """Bodies with ``people``: how many roles are held for each, or will be."""
    held = held_on(today, "memberships__")
    rows = Body.objects.annotate(people=Count("memberships", filter=held & Q(memberships__rehearsal=False)))
    return rows.filter(rehearsal=False)


def held_on(day: dt.date, of: str = "") -> Q:
    """Roles held on a day, or to come; ``of``: the way to the membership."""
    return Q(**{f"{of}until": None}) | Q(**{f"{of}until__gt": day})


def memberships() -> QuerySet[Membership]:
    """Real roles, with their people and bodies."""
    return Membership.objects.filter(rehearsal=False).select_related("user", "body", "jurisdiction")
