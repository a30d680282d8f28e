"""The administration's first page, and where the office is found."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core import clock
from core.refusals import Refused
from jurisdictions.domain import office
from jurisdictions.forms import OfficeForm, put
from jurisdictions.models import Body, Jurisdiction
from jurisdictions.queries import cover, held_on, memberships
from jurisdictions.rules import administers
from jurisdictions.views.access import actor, page, shared


@page()
def index(request: HttpRequest, jurisdiction: Jurisdiction) -> HttpResponse:
    """What there is to administer."""
    today = clock.today()
    context = {
        "people": memberships().filter(held_on(today)).values("user").distinct().count(),
        "bodies": Body.objects.filter(active=True, rehearsal=False).count(),
        "missing": next((c.year for c in cover(range(today.year, today.year + 3)) if not c.by), None),
        "this_year": today.year,
    }
    return render(request, "jurisdictions/index.html", shared(request, "index") | context)


@page(rule=administers)
def edit(request: HttpRequest, jurisdiction: Jurisdiction) -> HttpResponse:
    """Address, phone and e-mail of the office."""
    initial = {name: getattr(jurisdiction, f"office_{name}") for name in OfficeForm.base_fields}
    form = OfficeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            office.change_office(actor=actor(request), jurisdiction=jurisdiction, **form.cleaned_data)
        except Refused as refusal:
            put(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("jurisdictions:admin", jurisdiction.code)
    return render(request, "jurisdictions/office.html", shared(request, "office") | {"form": form})
