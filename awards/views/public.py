"""What everybody may see without signing in: the register, the verification of a certificate, disclosures, shared experience."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_scopes import scopes_disabled

from awards.models import DutyRecord, Honour, SanctionCase
from awards.models.register import REHEARSED
from awards.views.common import here
from core import clock, keyset
from jurisdictions.models import in_language


@require_safe
def register(request: HttpRequest, code: str) -> HttpResponse:
    """Every real honour of the jurisdiction, whatever became of it."""
    rows = Honour.objects.filter(jurisdiction=here(request), world=None)
    wanted = {name: request.GET.get(name, "").strip() for name in ("q", "prize", "year", "status")}
    if wanted["q"]:
        rows = rows.filter(Q(organisation_name__icontains=wanted["q"]) | Q(serial__iexact=wanted["q"]))
    if wanted["prize"]:
        rows = rows.filter(prize=wanted["prize"])
    if wanted["year"].isdecimal():
        rows = rows.filter(year=int(wanted["year"]))
    if wanted["status"] in Honour.Status.values:
        rows = rows.filter(status=wanted["status"])
    every = Honour.objects.filter(jurisdiction=here(request), world=None)
    context = {
        "page": keyset.page(rows, by=("-year", "id"), cursor=request.GET.get("cursor", ""), size=50),
        "wanted": wanted, "statuses": Honour.Status.choices, "today": clock.today(),
        "prizes": [(key, in_language(zh, en)) for key, zh, en in every.order_by("prize").values_list("prize", "prize_zh", "prize_en").distinct()],
        "years": list(every.order_by("-year").values_list("year", flat=True).distinct()),
    }  # fmt: skip
    return render(request, "awards/register.html", context)


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
def disclosures(request: HttpRequest, code: str) -> HttpResponse:
    """What was disclosed of cases."""
    rows = SanctionCase.objects.filter(
        jurisdiction=here(request), world=None, disclosed_on__isnull=False
    ).select_related("organisation", "honour")
    return render(
        request,
        "awards/disclosures.html",
        {"page": keyset.page(rows, by=("-id",), cursor=request.GET.get("cursor", ""))},
    )


@require_safe
def sharing(request: HttpRequest, code: str) -> HttpResponse:
    """How holders share their methods."""
    rows = DutyRecord.objects.filter(jurisdiction=here(request), public=True, honour__world=None).select_related(
        "honour"
    )
    return render(
        request, "awards/sharing.html", {"page": keyset.page(rows, by=("-id",), cursor=request.GET.get("cursor", ""))}
    )
