"""Bonuses: what is payable for each round, paid, or to be paid back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards.domain.paying import mark_paid
from awards.forms import PaidForm
from awards.lists import Payments
from awards.models import Payment
from awards.rules import runs_awards, sees_awards
from awards.views.common import carry, here, must_do, must_see
from jurisdictions.lists import serve, take


@login_required
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest, code: str) -> HttpResponseBase:
    """All bonuses, with the amounts of each year; several can be marked as paid at once."""
    must_see(request, sees_awards, here(request))
    may_pay = bool(runs_awards(request.user, here(request)))
    context = {"states": Payment.State.choices, "totals": _totals()}
    return serve(request, Payments(request, _rows(), code=code, may_pay=may_pay), "awards/payments.html", context)


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
def export(request: HttpRequest, code: str) -> HttpResponseBase:
    """The list as CSV."""
    must_see(request, sees_awards, here(request))
    return take(request, Payments(request, _rows(), code=code, may_pay=False), "csv")


def _rows() -> QuerySet[Payment]:
    rows: QuerySet[Payment] = Payment.objects.filter(honour__world=None).select_related("honour")
    return rows


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
