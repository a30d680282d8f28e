"""A tie that crosses a cut: the office decides it, with its reason, for all to see."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from core.access import require
from core.refusals import Refused
from reviews.locking import open_stage
from reviews.models import TieDecision
from reviews.rules import is_office
from rounds import clock
from rounds.engine.logging import record
from rounds.engine.stages import lock
from rounds.kinds import kind_of
from rounds.models import Recusal, RoundStage


@transaction.atomic
def settle(
    *, actor: User, stage: RoundStage, group: str, score: Decimal, chosen: Collection[int], reason: str
) -> TieDecision:
    """Say which of the tied entries take the places that are left (stage entry ids; may be fewer than the places, never more).

    Refused: no such tie as it stands now, an entry that is not tied, more than there are places, no reason, somebody recused from one of them.
    """
    stage = open_stage(lock(stage))
    article = stage.spec.shortlist.article if stage.spec.shortlist else stage.article
    require(is_office, actor, stage, article=article)
    standings = kind_of(stage).standings(stage)  # type: ignore[attr-defined]  # every kind of this app that cuts has them
    tie = next((t for t in standings.ties if t.group == group and t.score == score), None)
    if tie is None:
        raise Refused("no_such_tie", article=article)
    if Recusal.objects.filter(user=actor.pk, entry__in=[row.entry_id for row in tie.rows], ended_at=None).exists():
        raise Refused("recused", article=stage.round.rules.recusal.article)
    if not reason.strip():
        raise Refused("reason_missing", article=article, field="reason")
    picked = sorted(set(chosen))
    if set(picked) - set(tie.ids):
        raise Refused("not_tied", article=article, field="chosen")
    if len(picked) > tie.free:
        raise Refused("more_than_places", article=article, field="chosen", free=tie.free, got=len(picked))
    made = TieDecision.objects.create(
        stage=stage, group=group, score=score, tied=tie.ids, chosen=picked, reason=reason.strip(), article=article, by=actor,
        at=clock.now(stage.round),
    )  # fmt: skip
    record(
        "tie.settled", round_=stage.round, actor=actor, subject=made, article=article, stage=stage.key, group=group, score=score,
        tied=tie.ids, chosen=picked, reason=reason,
    )  # fmt: skip
    return made
