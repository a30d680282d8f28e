"""The office's calendar: its own entries, which years are covered, statements, and windows computed before one's eyes."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core import clock, formats
from core.pages import attempt
from core.refusals import Refused
from jurisdictions import calendar as days_of
from jurisdictions.domain import days
from jurisdictions.forms import DaysForm, ReasonForm, StatementForm, TryForm, put
from jurisdictions.lists import serve
from jurisdictions.models import CalendarEntry, CalendarYear, Jurisdiction
from jurisdictions.queries import cover, special_days
from jurisdictions.rules import administers
from jurisdictions.tables import Days
from jurisdictions.views.access import actor, page, shared

BEFORE, AFTER = 2, 4


@page()
def index(request: HttpRequest, jurisdiction: Jurisdiction) -> HttpResponseBase:
    """A year of the calendar. POST enters days."""
    this_year = clock.today().year
    year = _year(request.GET.get("year", ""), this_year)
    if request.method == "POST" and not administers(request.user, jurisdiction):
        raise PermissionDenied
    form = DaysForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            rows = days.enter(actor=actor(request), jurisdiction=jurisdiction, **form.cleaned_data)
        except Refused as refusal:
            put(form, refusal)
        else:
            messages.success(request, _("Entered. Deadlines that are already computed stay as they are."))
            return redirect(f"{request.path}?year={rows[0].day.year}")
    years = cover(range(this_year - BEFORE, this_year + AFTER))
    missing = next((c.year for c in years if not c.by and c.year >= this_year), None)
    context = {
        "year": year,
        "this_year": this_year,
        "years": years,
        "missing": missing,
        "notes": special_days(days_of.calendar_of(jurisdiction), year),
        "form": form,
    }
    rows = CalendarEntry.objects.filter(day__year=year)
    listing = Days(request, rows, code=jurisdiction.code, may_write=administers(request.user, jurisdiction))
    return serve(request, listing, "jurisdictions/calendar.html", shared(request, "calendar") | context)


@page(rule=administers)
def remove(request: HttpRequest, jurisdiction: Jurisdiction, pk: int) -> HttpResponse:
    """Remove an entry, with its reason."""
    entry: CalendarEntry = get_object_or_404(CalendarEntry.objects.select_related("jurisdiction"), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _("Removed. Deadlines that are already computed stay as they are.")
        attempt(request, days.remove, entry=entry, done=done, **form.cleaned_data)
        return redirect("jurisdictions:calendar", jurisdiction.code)
    context = {
        "form": form,
        "heading": _("Remove the entry for {day}").format(day=formats.day(entry.day)),
        "text": entry.reason,
    }
    return render(request, "jurisdictions/reason.html", shared(request, "calendar") | context)


@page(rule=administers)
def state(request: HttpRequest, jurisdiction: Jurisdiction) -> HttpResponse:
    """State a year complete."""
    form = StatementForm(request.POST or None, initial={"year": request.GET.get("year", "")})
    if request.method == "POST" and form.is_valid():
        try:
            days.state_complete(actor=actor(request), jurisdiction=jurisdiction, **form.cleaned_data)
        except Refused as refusal:
            put(form, refusal)
        else:
            messages.success(request, _("The year is stated complete; working days in it can now be counted."))
            return redirect("jurisdictions:calendar", jurisdiction.code)
    return render(request, "jurisdictions/statement.html", shared(request, "calendar") | {"form": form})


@page(rule=administers)
def withdraw(request: HttpRequest, jurisdiction: Jurisdiction, pk: int) -> HttpResponse:
    """Withdraw the statement that a year is complete."""
    statement: CalendarYear = get_object_or_404(CalendarYear.objects.select_related("jurisdiction"), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        attempt(request, days.withdraw_statement, statement=statement, done=_("Withdrawn."), **form.cleaned_data)
        return redirect("jurisdictions:calendar", jurisdiction.code)
    heading = _("Withdraw the statement about {year}").format(year=statement.year)
    context = {"form": form, "heading": heading, "text": statement.source}
    return render(request, "jurisdictions/reason.html", shared(request, "calendar") | context)


@page()
def attempt_window(request: HttpRequest, jurisdiction: Jurisdiction) -> HttpResponse:
    """A window derived day by day, from the calendar as it stands."""
    form = TryForm(request.GET if "after" in request.GET else None, initial={"length": 7})
    rows, found = [], None
    if form.is_valid():
        calendar = days_of.calendar_of(jurisdiction)
        try:
            found = days_of.window(calendar, **form.cleaned_data)
        except Refused as refusal:
            put(form, refusal)
        else:
            rows = [
                (s, calendar.note(s.day).label if s.reason in set(days_of.DayKind) else s.label) for s in found.steps
            ]
    context = {"form": form, "window": found, "rows": rows}
    return render(request, "jurisdictions/window.html", shared(request, "calendar") | context)


def _year(text: str, default: int) -> int:
    return int(text) if text.isdigit() and int(text) in days.YEARS else default
