"""People and their roles."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.pages import attempt
from core.refusals import Refused
from jurisdictions import queries, roles
from jurisdictions.domain import people
from jurisdictions.forms import ReasonForm, RoleForm, organs, put
from jurisdictions.lists import serve
from jurisdictions.models import Jurisdiction, Membership
from jurisdictions.tables import People
from jurisdictions.views.access import actor, page, shared


@page()
def index(request: HttpRequest, jurisdiction: Jurisdiction) -> HttpResponseBase:
    """Who holds which role, filtered."""
    may_give = people.may_give(actor(request), jurisdiction)
    known = {"code": jurisdiction.code, "may_give": may_give, "today": clock.today(), "organs": organs(jurisdiction)}
    listing = People(request, queries.memberships(), **known)
    return serve(request, listing, "jurisdictions/people.html", shared(request, "people") | {"may_give": may_give})


@page()
def give(request: HttpRequest, jurisdiction: Jurisdiction) -> HttpResponse:
    """Give a role to somebody known, or invite somebody new."""
    may_give = people.may_give(actor(request), jurisdiction)
    if not may_give:
        raise PermissionDenied
    form = RoleForm(request.POST or None, jurisdiction=jurisdiction, may_give=may_give)
    if request.method == "POST" and form.is_valid():
        try:
            held = people.appoint(actor=actor(request), jurisdiction=jurisdiction, **form.arguments())
        except Refused as refusal:
            put(form, refusal)
        else:
            messages.success(
                request, _("{person} holds the role “{role}”.").format(person=held.user, role=held.get_role_display())
            )
            return redirect("jurisdictions:people", jurisdiction.code)
    return render(request, "jurisdictions/give.html", shared(request, "people") | {"form": form})


@page()
def end(request: HttpRequest, jurisdiction: Jurisdiction, pk: int) -> HttpResponse:
    """End a role at once, with its reason."""
    held = _membership(request, jurisdiction, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        attempt(request, roles.end, membership=held, done=_("The role has ended."), **form.cleaned_data)
        return redirect("jurisdictions:people", jurisdiction.code)
    heading = _("End the role “{role}” of {person}").format(role=held.get_role_display(), person=held.user)
    context = {"form": form, "heading": heading, "text": _("The role ends at once; what was done in it stands.")}
    return render(request, "jurisdictions/reason.html", shared(request, "people") | context)


@require_POST
@page()
def remind(request: HttpRequest, jurisdiction: Jurisdiction, pk: int) -> HttpResponse:
    """Send an invitation again."""
    held = _membership(request, jurisdiction, pk)
    attempt(request, people.remind, membership=held, done=_("The invitation goes out again."))
    return redirect("jurisdictions:people", jurisdiction.code)


def _membership(request: HttpRequest, jurisdiction: Jurisdiction, pk: int) -> Membership:
    """A real role of this jurisdiction that this person may end: else 404, or 403."""
    rows = Membership.objects.filter(rehearsal=False).select_related("user", "body", "jurisdiction")
    held: Membership = get_object_or_404(rows, pk=pk)
    if held.role not in people.may_give(actor(request), jurisdiction):
        raise PermissionDenied
    return held
