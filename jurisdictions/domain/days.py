"""The office's own calendar. An entry counts for what is computed from then on; windows once computed are stored and stay.

enter(actor=…, jurisdiction=…, first=…, last=None, working=…, reason=…)
remove(actor=…, entry=…, reason=…)
state_complete(actor=…, jurisdiction=…, year=…, source=…)
withdraw_statement(actor=…, statement=…, reason=…)
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django_scopes import scope

from accounts.models import User
from audit import log
from core import formats
from core.access import require
from core.refusals import Refused
from jurisdictions.calendar.working_days import NATIONAL_YEARS
from jurisdictions.models import CalendarEntry, CalendarYear, Jurisdiction
from jurisdictions.rules import administers

LIMIT = 31
YEARS = range(2000, 2101)


@transaction.atomic
def enter(
    *, actor: User, jurisdiction: Jurisdiction, first: dt.date, last: dt.date | None = None, working: bool, reason: str
) -> list[CalendarEntry]:
    """Each day from ``first`` to ``last`` (both included) is, or is not, a working day. All days or none.

    Refused: not_yours_to_do, reason_missing, days_end_before_they_begin, too_many_days, calendar_year_out_of_range,
    days_already_entered.
    """
    require(administers, actor, jurisdiction)
    days = _days(first, last or first)
    why = _said(reason)
    with scope(jurisdiction=jurisdiction):
        _lock(jurisdiction)
        known = CalendarEntry.objects.filter(day__in=days).order_by("day").values_list("day", flat=True)
        if taken := ", ".join(formats.day(day) for day in known):
            raise Refused("days_already_entered", field="first", days=taken)
        rows = CalendarEntry.objects.bulk_create(
            CalendarEntry(jurisdiction=jurisdiction, day=day, working=working, reason=why) for day in days
        )
        facts = {"first": days[0], "last": days[-1], "working": working, "reason": why}
        log.record("calendar.entered", scope=jurisdiction.code, actor=actor, subject=jurisdiction, facts=facts)
    return rows


@transaction.atomic
def remove(*, actor: User, entry: CalendarEntry, reason: str) -> None:
    """The day is again what the other sources say. Refused: not_yours_to_do, reason_missing."""
    jurisdiction = entry.jurisdiction
    require(administers, actor, jurisdiction)
    why = _said(reason)
    with scope(jurisdiction=jurisdiction):
        _lock(jurisdiction)
        subject = log.name_of(entry)
        if not CalendarEntry.objects.filter(pk=entry.pk).delete()[0]:
            return
        facts = {"day": entry.day, "working": entry.working, "was": entry.reason, "reason": why}
        log.record("calendar.removed", scope=jurisdiction.code, actor=actor, subject=subject, facts=facts)


@transaction.atomic
def state_complete(*, actor: User, jurisdiction: Jurisdiction, year: int, source: str) -> CalendarYear:
    """The year's entries are all its exceptions; from now on working days in it can be counted.

    Refused: not_yours_to_do, source_missing, calendar_year_out_of_range, calendar_year_is_national (a statement would put the
    national holidays out of force), calendar_year_already_stated, calendar_year_without_holidays.
    """
    require(administers, actor, jurisdiction)
    if not source.strip():
        raise Refused("source_missing", field="source")
    _in_range(year)
    if year in NATIONAL_YEARS:
        raise Refused("calendar_year_is_national", field="year", year=year)
    with scope(jurisdiction=jurisdiction):
        _lock(jurisdiction)
        if CalendarYear.objects.filter(year=year).exists():
            raise Refused("calendar_year_already_stated", field="year", year=year)
        days_off = CalendarEntry.objects.filter(day__year=year, working=False).count()
        if not days_off:
            raise Refused("calendar_year_without_holidays", field="year", year=year)
        statement: CalendarYear = CalendarYear.objects.create(
            jurisdiction=jurisdiction, year=year, source=source.strip()
        )
        facts = {"year": year, "source": source.strip(), "days_off": days_off}
        log.record("calendar.stated", scope=jurisdiction.code, actor=actor, subject=statement, facts=facts)
    return statement


@transaction.atomic
def withdraw_statement(*, actor: User, statement: CalendarYear, reason: str) -> None:
    """The year is no longer stated complete: the national calendar answers for it, or nobody.

    Refused: not_yours_to_do, reason_missing.
    """
    jurisdiction = statement.jurisdiction
    require(administers, actor, jurisdiction)
    why = _said(reason)
    with scope(jurisdiction=jurisdiction):
        _lock(jurisdiction)
        subject = log.name_of(statement)
        if not CalendarYear.objects.filter(pk=statement.pk).delete()[0]:
            return
        facts = {"year": statement.year, "source": statement.source, "reason": why}
        log.record("calendar.unstated", scope=jurisdiction.code, actor=actor, subject=subject, facts=facts)


def _lock(jurisdiction: Jurisdiction) -> None:
    """One writer of a jurisdiction's calendar at a time."""
    Jurisdiction.objects.select_for_update(no_key=True).get(pk=jurisdiction.pk)


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    if last < first:
        raise Refused("days_end_before_they_begin", field="last")
    count = (last - first).days + 1
    if count > LIMIT:
        raise Refused("too_many_days", field="last", limit=LIMIT)
    _in_range(first.year)
    _in_range(last.year)
    return [first + dt.timedelta(days=n) for n in range(count)]


def _in_range(year: int) -> None:
    if year not in YEARS:
        raise Refused("calendar_year_out_of_range", year=year)


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused("reason_missing", field="reason")
    return reason.strip()
