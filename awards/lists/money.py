"""Bonuses, and paying several at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from awards.domain.paying import mark_paid
from awards.forms import PaidForm
from awards.models import Payment
from core.lists import Act, Choice, Column, List, Search, article, money, status


def _pay(*, actor: User, rows: Sequence[Payment], listing: List, on: dt.date) -> None:
    for row in rows:
        mark_paid(actor=actor, payment=row, on=on)


def _form(data: Any, *, listing: List) -> PaidForm:
    return PaidForm(data)


class Payments(List):
    """Bonuses. Context: ``code``, ``may_pay``."""

    key = "awards.payments"
    caption = _("Bonuses")
    nothing_yet = _("There is no bonus here.")
    export_name = "bonuses"
    columns = (
        Column("year", _("Year"), "honour.year", sort="honour__year", show=lambda row, _list: str(row.honour.year)),
        Column(
            "serial", _("Serial"), "honour.serial", sort="honour__serial",
            link=lambda row, listing: listing.way_to("awards:honour", listing.context["code"], row.honour_id),
        ),
        Column("organisation", _("Organisation"), "honour.organisation_name", sort="honour__organisation_name"),
        Column("prize", _("Prize"), "honour.prize_name", sort="honour__prize_zh"),
        article(label=_("Article")),
        money("amount", _("Amount (yuan)"), sort="amount"),
        status("state", _("State"), sort="state"),
        Column("paid_on", _("Paid on"), sort="paid_on", nullable=True, template="awards/parts/paid.html"),
    )  # fmt: skip
    filters = {
        "q": Search("honour__organisation_name", exact=("honour__serial",), label=_("Organisation or serial")),
        "state": Choice("state", Payment.State.choices, label=_("State")),
    }
    acts = (
        Act(
            "paid", _("Mark as paid"), _pay, _("The payments are recorded."), form=_form,
            lead=_("Each of these bonuses is recorded as paid out on the day that you give."),
            allowed=lambda listing: bool(listing.context["may_pay"]),
        ),
    )  # fmt: skip
