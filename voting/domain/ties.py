"""Settling ties: a second round among the tied, or the committee's decision; and how many fallback awards are wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from accounts.models import User
from core.access import require
from core.refusals import Refused
from jurisdictions.policy.quota import limit_of
from rounds import clock
from rounds.engine.logging import record
from rounds.engine.stages import lock
from rounds.models import RoundStage
from voting import results
from voting.domain.polls import lay_out
from voting.domain.shared import lock_meeting, says_something, stage_is_open
from voting.models import Meeting, Poll, TieDecision
from voting.rules import ends_votes, runs_votes


@transaction.atomic
def second_round(*, actor: User, meeting: Meeting, tellers: Sequence[User] = ()) -> Poll:
    """A ballot among the first group of tied entries that a place depends on. Refused: none foreseen, nothing tied."""
    meeting = lock_meeting(meeting)
    stage = meeting.stage
    require(runs_votes, actor, stage, article=stage.article)
    if stage.spec.ties.value != "second_round":
        raise Refused("second_round_not_foreseen", article=stage.article)
    contested = results.outcome(stage).contested
    if not contested:
        raise Refused("no_tie", article=stage.article)
    return lay_out(actor, meeting, [s.row.entry for s in contested[0]], Poll.Purpose.SECOND_ROUND, tellers)


@transaction.atomic
def settle_tie(*, actor: User, stage: RoundStage, order: Sequence[int], reason: str) -> TieDecision:
    """Record in which order tied entries are taken, as the committee decided. Refused: nothing tied, other entries, no reason;
    where a second round is foreseen, before it was held."""
    stage = lock(stage)
    require(ends_votes, actor, stage, article=stage.article)
    stage_is_open(stage)
    reason = says_something(reason, stage.article)
    contested = results.outcome(stage).contested
    if not contested:
        raise Refused("no_tie", article=stage.article)
    wanted = {s.entry_id for s in contested[0]}
    if sorted(order) != sorted(wanted):
        raise Refused("tie_order_wrong", article=stage.article, field="order")
    if stage.spec.ties.value == "second_round" and not _second_round_held(stage, wanted):
        raise Refused("tie_open", article=stage.article, count=len(wanted))
    decision = TieDecision.objects.create(
        stage=stage,
        order=list(order),
        reason=reason,
        article=stage.article,
        decided_by=actor,
        decided_at=clock.now(stage.round),
    )
    record(
        "vote.tie_settled",
        round_=stage.round,
        actor=actor,
        subject=decision,
        article=stage.article,
        order=list(order),
        reason=reason,
    )
    return decision


@transaction.atomic
def set_fallback_places(*, actor: User, meeting: Meeting, places: Mapping[str, int], reason: str) -> Meeting:
    """How many fallback awards are wanted, ``{prize key: number}``. Refused: more than the quota, a prize that is none, no reason."""
    meeting = lock_meeting(meeting)
    stage, rules = meeting.stage, meeting.stage.round.rules
    require(runs_votes, actor, stage, article=stage.article)
    stage_is_open(stage)
    reason = says_something(reason, stage.article)
    for key, number in places.items():
        prize = next(
            (p for p in rules.prizes if p.key == key and p.fallback_for and p.fallback_stage in (None, stage.key)), None
        )
        if prize is None:
            raise Refused("not_a_fallback", article=stage.article, prize=key)
        for quota in rules.quotas:
            limit = limit_of(quota, results.sizes_of(stage)) if key in quota.prizes else None
            if number < 0 or (limit is not None and number > limit):
                raise Refused(
                    "over_quota",
                    article=quota.article,
                    limit=limit,
                    prize=str(prize.name),
                    given=number,
                    field="places",
                )
    meeting.fallback_places, meeting.fallback_reason = dict(places), reason
    meeting.save(update_fields=["fallback_places", "fallback_reason"])
    record(
        "vote.fallback_places_set",
        round_=stage.round,
        actor=actor,
        subject=meeting,
        article=_article(stage),
        places=dict(places),
        reason=reason,
    )
    return meeting


def _article(stage: RoundStage) -> str:
    article: str = stage.spec.fallback_article or stage.article
    return article


def _second_round_held(stage: RoundStage, entries: set[int]) -> bool:
    polls = Poll.objects.filter(stage=stage, purpose=Poll.Purpose.SECOND_ROUND, status=Poll.Status.COUNTED)
    return any(entries <= set(poll.items.values_list("entry", flat=True)) for poll in polls)
