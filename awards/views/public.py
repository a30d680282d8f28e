"""What everybody may see without signing in: the register, the verification of a certificate, disclosures, shared experience."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_scopes import scopes_disabled

from awards.lists import Disclosures, Register, Shared
from awards.models import DutyRecord, Honour, SanctionCase
from awards.models.register import REHEARSED
from awards.views.common import here
from core import clock
from jurisdictions.lists import serve
from jurisdictions.models import in_language


@require_safe
def register(request: HttpRequest, code: str) -> HttpResponseBase:
    """Every real honour of the jurisdiction, whatever became of it."""
    rows = Honour.objects.filter(jurisdiction=here(request), world=None)
    names = rows.order_by("prize").values_list("prize", "prize_zh", "prize_en").distinct()
    listing = Register(
        request, rows, today=clock.today(), prizes=list({key: in_language(zh, en) for key, zh, en in names}.items()),
        years=list(rows.order_by("-year").values_list("year", flat=True).distinct()),
    )  # fmt: skip
    return serve(request, listing, "awards/register.html")


@require_safe
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """The page to which a certificate's code leads: what the register says of it today."""
    if token == REHEARSED:
        return render(request, "awards/rehearsed.html")
    with scopes_disabled():
        honour = Honour.objects.select_related("jurisdiction").filter(token=token).first()
        if honour is None:
            return render(request, "awards/unknown.html", status=404)
        events = list(honour.events.filter(public=True))
    expired = bool(honour.stands and honour.valid_until and honour.valid_until < clock.today())
    return render(request, "awards/verify.html", {"honour": honour, "events": events, "expired": expired})


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Find a certificate by its serial."""
    serial = request.GET.get("serial", "").strip()
    if not serial:
        return render(request, "awards/find.html", {"serial": serial})
    with scopes_disabled():
        found = Honour.objects.filter(serial__iexact=serial, world=None).first()
    if found is None:
        messages.warning(request, _("The registers know no certificate of that serial."))
        return render(request, "awards/find.html", {"serial": serial}, status=404)
    return redirect("awards:verify", found.token)


@require_safe
def disclosures(request: HttpRequest, code: str) -> HttpResponseBase:
    """What was disclosed of cases."""
    rows = SanctionCase.objects.filter(jurisdiction=here(request), world=None, disclosed_on__isnull=False)
    return serve(
        request,
        Disclosures(request, rows.select_related("organisation", "honour"), rules=""),
        "awards/disclosures.html",
    )


@require_safe
def sharing(request: HttpRequest, code: str) -> HttpResponseBase:
    """How holders share their methods."""
    rows = DutyRecord.objects.filter(jurisdiction=here(request), public=True, honour__world=None)
    return serve(request, Shared(request, rows.select_related("honour")), "awards/sharing.html")
