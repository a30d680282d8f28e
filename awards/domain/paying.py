"""Bonuses: marked as paid."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import User
from audit import log
from awards.domain.sanctioning import today_of
from awards.models import Payment
from awards.rules import runs_awards
from core.access import require
from core.refusals import Refused


@transaction.atomic
def mark_paid(*, actor: User, payment: Payment, on: dt.date) -> Payment:
    """The bonus was paid out on that day. Refused: not the office, not payable any more, before the decision or ahead."""
    row: Payment = (
        Payment.objects.select_for_update(of=("self",))
        .select_related("honour__jurisdiction", "honour__world")
        .get(pk=payment.pk)
    )
    honour = row.honour
    require(runs_awards, actor, honour, article=row.article)
    if row.state != Payment.State.PAYABLE:
        raise Refused("payment_not_due", article=row.article, state=row.get_state_display())
    if on > today_of(honour.world):
        raise Refused("document_date_ahead", article=row.article, today=today_of(honour.world), field="on")
    if on < honour.document_date:
        raise Refused("case_day_wrong", article=row.article, field="on")
    row.state, row.paid_on = Payment.State.PAID, on
    row.save(update_fields=["state", "paid_on"])
    log.record(
        "bonus.paid", scope=honour.jurisdiction.code, actor=actor, subject=row, article=row.article, round_id=honour.round_id or "",
        facts={"honour": honour.pk, "amount": row.amount, "on": on},
    )  # fmt: skip
    return row
