"""Page: the calendar of a round, as a picture and as a table; and as a file for the office's own calendar."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import clock as core_clock
from jurisdictions.rules import sees_administration
from rounds import clock, picture, planning
from rounds import ics as files
from rounds.models import Round
from rounds.rules import is_office, is_supervisor
from rounds.views.access import round_for, shared


@login_required
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Every stage with its dates, actual and planned, each with its article and its count."""
    round_ = round_for(request, pk)
    lanes = planning.lanes(round_) if round_.status != Round.Status.DRAFT else []
    today = clock.today(round_)
    context = shared(request, round_) | {
        "picture": picture.draw(lanes, today) if lanes else None,
        "today": today,
        "follows": (is_office | is_supervisor)(request.user, round_),
        "sees_working_days": sees_administration(request.user, round_.jurisdiction),
        "has_dates": any(lane.dates for lane in lanes),
    }
    return render(request, "rounds/calendar.html", context)


@login_required
def ics(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The legal dates as an iCalendar file (RFC 5545)."""
    round_ = round_for(request, pk)
    lanes = planning.lanes(round_) if round_.status != Round.Status.DRAFT else []
    text = files.write(round_, lanes, host=request.get_host(), now=core_clock.now())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{round_.jurisdiction.code}-{round_.year}.ics"'
    return response
