"""The order in which a body recommends."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from applications.domain.recommending.work import OUTCOME
from applications.models.opinions import Recommendation
from core.refusals import Refused
from jurisdictions.models import Body
from rounds.engine.logging import record
from rounds.models import RoundStage


@transaction.atomic
def reorder(*, actor: User, stage: RoundStage, body: Body, entries: Sequence[int]) -> list[Recommendation]:
    """Order a body's list anew: ids of all entries it recommends, first to last. Those with priority come first."""
    from applications.rules_office import own_bodies

    article = stage.article
    if body.pk not in own_bodies(actor, stage):
        raise Refused("not_your_own", article=article)
    if stage.status != RoundStage.Status.OPEN:
        raise Refused("stage_not_open", article=article, stage=stage.name)
    rows = Recommendation.objects.select_for_update(of=("self",)).filter(
        body=body, stage_entry__stage=stage, outcome=OUTCOME.RECOMMENDED
    )
    by_entry = {row.stage_entry.entry_id: row for row in rows.select_related("stage_entry")}
    if sorted(by_entry) != sorted(entries):
        raise Refused("list_incomplete", article=article)
    ordered = [by_entry[entry] for entry in entries]
    if [row.priority for row in ordered] != sorted((row.priority for row in ordered), reverse=True):
        raise Refused("priority_comes_first", article=article)
    for place, row in enumerate(ordered, start=1):
        row.order = place
    Recommendation.objects.bulk_update(ordered, ["order"])
    record(
        "recommendations.ordered",
        round_=stage.round,
        actor=actor,
        subject=stage,
        article=article,
        stage=stage.key,
        body=body.key,
        entries=list(entries),
    )
    return ordered
