"""Bonuses: what is payable for each round, paid, or to be paid back."""

from __future__ import annotations

import csv
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from awards.domain.paying import mark_paid
from awards.forms import PaidForm
from awards.models import Payment
from awards.rules import runs_awards, sees_awards
from awards.views.common import carry, here, must_do, must_see
from core import keyset

_DANGEROUS = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n", "\0")


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    """All bonuses, with the amounts of each year."""
    must_see(request, sees_awards, here(request))
    rows = _rows(request)
    context = {
        "page": keyset.page(rows, by=("-id",), cursor=request.GET.get("cursor", "")), "states": Payment.State.choices,
        "wanted": request.GET.get("state", ""), "totals": _totals(), "may_pay": runs_awards(request.user, here(request)), "form": PaidForm(),
    }  # fmt: skip
    return render(request, "awards/payments.html", context)


@login_required
@require_POST
def paid(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One bonus was paid."""
    payment: Payment = get_object_or_404(Payment.objects.select_related("honour__jurisdiction"), pk=pk)
    must_see(request, sees_awards, payment.honour)
    must_do(request, runs_awards, payment.honour)
    form = PaidForm(request.POST)
    if carry(request, form, mark_paid, done=_("The payment is recorded."), payment=payment) is None:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("awards:payments", code)


@login_required
@require_GET
def export(request: HttpRequest, code: str) -> HttpResponse:
    """The list as CSV (UTF-8 with mark, so that spreadsheets show Chinese)."""
    must_see(request, sees_awards, here(request))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="bonuses-{code}.csv"'
    response.write("\ufeff")
    out = csv.writer(response)
    out.writerow(
        [
            _("Year"),
            _("Serial"),
            _("Organisation"),
            _("Prize"),
            _("Article"),
            _("Amount (yuan)"),
            _("State"),
            _("Paid on"),
        ]
    )
    for row in _rows(request).iterator():
        honour = row.honour
        values = [
            honour.year,
            honour.serial,
            honour.organisation_name,
            honour.prize_name,
            row.article,
            row.amount,
            row.get_state_display(),
            row.paid_on or "",
        ]
        out.writerow([plain(value) for value in values])
    return response


def plain(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_DANGEROUS) else value


def _rows(request: HttpRequest) -> QuerySet[Payment]:
    rows: QuerySet[Payment] = Payment.objects.filter(honour__world=None).select_related("honour").order_by("-id")
    state = request.GET.get("state", "")
    return rows.filter(state=state) if state in Payment.State.values else rows


def _totals() -> list[dict[str, Any]]:
    rows = (
        Payment.objects.filter(honour__world=None)
        .values("honour__year", "state")
        .annotate(total=Sum("amount"))
        .order_by("-honour__year")
    )
    years: dict[int, dict[str, Decimal]] = {}
    for row in rows:
        years.setdefault(row["honour__year"], {})[row["state"]] = row["total"]
    return [
        {"year": year, "of": [(label, states.get(key)) for key, label in Payment.State.choices]}
        for year, states in years.items()
    ]
