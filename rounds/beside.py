"""To-dos of rounds that no stage's kind knows: supervision's orders, decisions to release."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from core.clock import end_of_day
from jurisdictions.models import Jurisdiction
from rounds.kinds import Todo
from rounds.models import Correction, Decision, Round, RoundStage
from rounds.querysets import light
from rounds.readers import Reader
from rounds.todos import Waiting, provide


@provide
def orders(jurisdiction: Jurisdiction, reader: Reader, now: dt.datetime) -> Iterable[Waiting]:
    """The office answers what supervision filed; supervision settles what was answered. One query, two where there are some."""
    if not (reader.office or reader.plays("supervisor")):
        return
    rows = Correction.objects.filter(stage__round__jurisdiction=jurisdiction, settled_at=None)
    for order in _with_stages(rows).order_by("due_on", "id"):
        due = end_of_day(order.due_on) if order.due_on else None
        url = reverse("rounds:correction", args=[jurisdiction.code, order.pk])
        order.stage.round.jurisdiction = jurisdiction
        if order.answer:
            text = _("Settle, it was answered: {text}").format(text=order.text[:60])
            todo = Todo("settle_order", order.article, text, url, role="supervisor")
        else:
            text = _("Answer supervision: {text}").format(text=order.text[:60])
            todo = Todo("answer_order", order.article, text, url, due=due, role="office")
        yield Waiting(todo, jurisdiction, order.stage.round, order.stage)


@provide
def releases(jurisdiction: Jurisdiction, reader: Reader, now: dt.datetime) -> Iterable[Waiting]:
    """Prepared decisions wait for the head of the office, who did not prepare them. One query, two where there are some."""
    if not reader.plays("office_head"):
        return
    rows = Decision.objects.filter(stage__round__jurisdiction=jurisdiction, status=Decision.Status.PREPARED)
    rows = _with_stages(rows.filter(stage__round__status=Round.Status.OPEN))
    for decision in rows.order_by("id"):
        if decision.prepared_by_id != reader.user:
            url = reverse("rounds:decision", args=[jurisdiction.code, decision.pk])
            text = _("Inspect and release the decision: {stage}").format(stage=decision.stage.name)
            todo = Todo("release", decision.article, text, url, role="office_head")
            yield Waiting(todo, jurisdiction, decision.stage.round, decision.stage)


def _with_stages(rows: Any) -> Any:
    """Mostly there are none: their stages and rounds are looked up only where there are."""
    return rows.prefetch_related(Prefetch("stage", queryset=light(RoundStage.objects)))
