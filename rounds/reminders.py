"""Reminders of supervision's orders, derived each time: two days before they are due, and when they are over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from jurisdictions.models import Jurisdiction
from notifications import reminders
from notifications.reminders import Reminder
from rounds import clock
from rounds.models import Correction, Round

DAYS = 2
KIND = "supervision.due"
TEXTS = {
    KIND: (
        _("Supervision waits for an answer by {due}"),
        _("“{text}” (stage “{stage}”) is to be answered by {due}. While an order is open it blocks its stage."),
    ),
}


@reminders.register
def unanswered(now: dt.datetime) -> Iterable[Reminder]:
    """To everybody in the office: an order or observation that nobody has answered, and whose day is near or over."""
    rows = Correction.objects.filter(
        settled_at=None, answer="", due_on__isnull=False, stage__round__status=Round.Status.OPEN
    ).select_related("stage__round__jurisdiction", "stage__round__policy")
    people: dict[int, tuple[User, ...]] = {}
    for order in rows.order_by("id"):
        round_ = order.stage.round
        assert order.due_on is not None
        left = (order.due_on - clock.today(round_)).days
        if left > DAYS:
            continue
        office = people.setdefault(round_.jurisdiction_id, _office(round_.jurisdiction))
        yield Reminder(
            to=office, kind=KIND, jurisdiction=round_.jurisdiction, subject_ref=order, rehearsal=round_.is_rehearsal,
            key=f"{KIND}:{order.pk}:{'over' if left < 0 else 'near'}:{order.due_on}",
            url=reverse("rounds:correction", args=[round_.jurisdiction.code, order.pk]),
            context={"text": order.text[:80], "stage": order.stage.name, "due": order.due_on},
        )  # fmt: skip


def _office(jurisdiction: Jurisdiction) -> tuple[User, ...]:
    held = Q(memberships__jurisdiction=jurisdiction, memberships__role__in=("office", "office_head"))
    return tuple(User.objects.filter(held, memberships__until=None, is_active=True).distinct().order_by("pk"))
