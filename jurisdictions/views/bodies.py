"""Departments, towns, associations and offices of the jurisdiction."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.pages import attempt
from core.refusals import Refused
from jurisdictions import queries
from jurisdictions.domain import bodies
from jurisdictions.forms import BodyForm, NewBodyForm, put
from jurisdictions.lists import serve
from jurisdictions.models import Body, Jurisdiction
from jurisdictions.rules import administers
from jurisdictions.tables import Bodies
from jurisdictions.views.access import actor, page, shared


@page()
def index(request: HttpRequest, jurisdiction: Jurisdiction) -> HttpResponseBase:
    """The bodies, filtered."""
    rows, context = queries.bodies(today=clock.today()), shared(request, "bodies")
    listing = Bodies(request, rows, code=jurisdiction.code, may_write=administers(request.user, jurisdiction))
    return serve(request, listing, "jurisdictions/bodies.html", context)


@page(rule=administers)
def new(request: HttpRequest, jurisdiction: Jurisdiction) -> HttpResponse:
    """Add a body."""
    form = NewBodyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            body = bodies.add(actor=actor(request), jurisdiction=jurisdiction, **form.cleaned_data)
        except Refused as refusal:
            put(form, refusal)
        else:
            messages.success(request, _("{body} is added.").format(body=body.name))
            return redirect("jurisdictions:bodies", jurisdiction.code)
    return render(request, "jurisdictions/body.html", shared(request, "bodies") | {"form": form, "body": None})


@page(rule=administers)
def edit(request: HttpRequest, jurisdiction: Jurisdiction, pk: int) -> HttpResponse:
    """A body's particulars."""
    body: Body = get_object_or_404(Body.objects.select_related("jurisdiction"), pk=pk)
    initial = {name: getattr(body, name) for name in BodyForm.base_fields}
    form = BodyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            bodies.change(actor=actor(request), body=body, **form.cleaned_data)
        except Refused as refusal:
            put(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("jurisdictions:bodies", jurisdiction.code)
    return render(request, "jurisdictions/body.html", shared(request, "bodies") | {"form": form, "body": body})


@require_POST
@page(rule=administers)
def active(request: HttpRequest, jurisdiction: Jurisdiction, pk: int) -> HttpResponse:
    """Take a body out of service, or back into it."""
    body: Body = get_object_or_404(Body.objects.select_related("jurisdiction"), pk=pk)
    wanted = request.POST.get("active") == "1"
    done = _("{body} is in service.") if wanted else _("{body} is out of service.")
    attempt(request, bodies.set_active, body=body, active=wanted, done=done.format(body=body.name))
    return redirect("jurisdictions:body", jurisdiction.code, pk)
