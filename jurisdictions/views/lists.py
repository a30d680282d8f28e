"""Lists that come in: bodies, people with their roles, days of the calendar."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jurisdictions import bringing
from jurisdictions.domain import people
from jurisdictions.importing import BodyLines, DayLines, OfJurisdiction, RoleLines
from jurisdictions.models import Jurisdiction
from jurisdictions.rules import administers
from jurisdictions.views.access import actor, page, shared


@page(rule=administers)
def bodies(request: HttpRequest, jurisdiction: Jurisdiction) -> HttpResponse:
    """Bring in bodies."""
    return _page(request, BodyLines(actor=actor(request), jurisdiction=jurisdiction), tab="bodies")


@page(rule=administers)
def days(request: HttpRequest, jurisdiction: Jurisdiction) -> HttpResponse:
    """Bring in days of the calendar."""
    return _page(request, DayLines(actor=actor(request), jurisdiction=jurisdiction), tab="calendar")


@page()
def roles(request: HttpRequest, jurisdiction: Jurisdiction) -> HttpResponse:
    """Bring in people with their roles, each of which this person may give."""
    if not people.may_give(actor(request), jurisdiction):
        raise PermissionDenied
    return _page(request, RoleLines(actor=actor(request), jurisdiction=jurisdiction), tab="people")


def _page(request: HttpRequest, lines: OfJurisdiction, *, tab: str) -> HttpResponse:
    back = reverse(f"jurisdictions:{tab}", args=[lines.jurisdiction.code])
    return bringing.page(
        request, lines, back=back, where="jurisdictions/parts/where.html", context=shared(request, tab)
    )
