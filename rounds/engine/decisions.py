"""Decisions: prepared, inspected, released wholly or not at all; turned only by a counter-decision."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from core.access import require
from core.fields import digest
from core.refusals import Refused
from rounds import clock
from rounds.engine import settling
from rounds.engine.logging import record
from rounds.engine.stages import _refuse_blocked, blockers, enter_stage, lock, next_stage
from rounds.kinds import Proposal, kind_of
from rounds.models import Decision, DecisionItem, Entry, RoundStage, StageEntry
from rounds.rules import may_release, may_run_round

D = Decision.Status


@transaction.atomic
def prepare(*, actor: User, stage: RoundStage, note: str = "") -> Decision:
    """Lay out what the stage's kind proposes for every pending entry. Nothing takes effect yet."""
    stage = lock(stage)
    require(may_run_round, actor, stage.round, article=stage.article)
    if stage.status != RoundStage.Status.OPEN:
        raise Refused("stage_not_open", article=stage.article, stage=stage.name)
    if Decision.objects.filter(stage=stage, status=D.PREPARED).exists():
        raise Refused("decision_already_prepared", article=stage.article)
    _refuse_blocked(stage, blockers(stage))
    proposals = kind_of(stage).proposals(stage)
    if not proposals:
        raise Refused("nothing_to_decide", article=stage.article, stage=stage.name)
    decision = Decision.objects.create(
        stage=stage,
        article=stage.article,
        note=note,
        fingerprint=_fingerprint(proposals),
        prepared_by=actor,
        prepared_at=clock.now(stage.round),
    )
    DecisionItem.objects.bulk_create(_item(decision, proposal) for proposal in proposals)
    stopped = sum(p.outcome == "stopped" for p in proposals)
    record(
        "decision.prepared", round_=stage.round, actor=actor, subject=decision, article=stage.article,
        stage=stage.key, advanced=len(proposals) - stopped, stopped=stopped, fingerprint=decision.fingerprint,
    )  # fmt: skip
    return decision


@transaction.atomic
def release(*, actor: User, decision: Decision) -> Decision:
    """Put a prepared decision into effect. Refused: same person, changed since, blocked again, not prepared."""
    decision, stage = _locked(decision)
    require(may_release, actor, stage.round, article=stage.article)
    if decision.status != D.PREPARED:
        raise Refused("decision_not_prepared", article=stage.article)
    if decision.prepared_by_id == actor.pk:
        raise Refused("prepared_by_same_person", article=stage.article)
    _refuse_blocked(stage, blockers(stage))
    if _fingerprint(kind_of(stage).proposals(stage)) != decision.fingerprint:
        raise Refused("decision_out_of_date", article=stage.article)
    items = (
        DecisionItem.objects.filter(decision=decision).select_related("stage_entry__entry__organisation").order_by("id")
    )
    passed = [entry for item in items if (entry := _apply(item, stage, actor))]
    decision.status, decision.released_by, decision.released_at = D.RELEASED, actor, clock.now(stage.round)
    decision.save(update_fields=["status", "released_by", "released_at"])
    following = next_stage(stage)
    if following and following.status == RoundStage.Status.OPEN:
        enter_stage(following, passed)
    kind_of(stage).on_release(decision, actor)
    record(
        "decision.released", round_=stage.round, actor=actor, subject=decision, article=stage.article, stage=stage.key,
        items=[[i.stage_entry.entry_id, i.outcome, i.article] for i in items], fingerprint=decision.fingerprint,
    )  # fmt: skip
    return decision


@transaction.atomic
def discard(*, actor: User, decision: Decision) -> Decision:
    """Give a prepared decision up."""
    decision, stage = _locked(decision)
    require(may_run_round, actor, stage.round, article=stage.article)
    if decision.status != D.PREPARED:
        raise Refused("decision_not_prepared", article=stage.article)
    decision.status = D.DISCARDED
    decision.save(update_fields=["status"])
    record(
        "decision.discarded", round_=stage.round, actor=actor, subject=decision, article=stage.article, stage=stage.key
    )
    return decision


@transaction.atomic
def counter(*, actor: User, stage_entry: StageEntry, outcome: str, reason: str, article: str = "") -> Decision:
    """Turn one released outcome, with its reason. Possible until the stage after it has closed."""
    row = settling.locked(stage_entry)
    stage = row.stage
    article = article or stage.article
    require(may_release, actor, stage.round, article=article)
    if not reason.strip():
        raise Refused("counter_needs_reason", article=article, field="reason")
    if row.status not in (StageEntry.Status.ADVANCED, StageEntry.Status.STOPPED) or row.status == outcome:
        raise Refused("entry_not_pending", article=article, stage=stage.name)
    if row.entry.status == Entry.Status.HONOURED:
        raise Refused("counter_after_honour", article=article)
    following = next_stage(stage)
    if following and following.status == RoundStage.Status.CLOSED:
        raise Refused("counter_too_late", article=article, stage=stage.name, next=following.name)
    now = clock.now(stage.round)
    decision = Decision.objects.create(
        stage=stage, status=D.RELEASED, counter=True, article=article, note=reason, prepared_by=actor, prepared_at=now,
        released_by=actor, released_at=now,
    )  # fmt: skip
    before = {"status": row.status, "article": row.article, "reason": row.reason}
    DecisionItem.objects.create(
        decision=decision, stage_entry=row, outcome=outcome, article=article, reason=reason, before=before
    )
    settling.write_outcome(row, outcome, actor=actor, article=article, reason=reason, facts={})
    if following and following.status == RoundStage.Status.OPEN:
        _follow(row, following, outcome, actor, article, reason)
    record(
        "decision.countered",
        round_=stage.round,
        actor=actor,
        subject=row.entry,
        article=article,
        stage=stage.key,
        before=before,
        outcome=outcome,
        reason=reason,
    )
    return decision


def _follow(row: StageEntry, following: RoundStage, outcome: str, actor: User, article: str, reason: str) -> None:
    there = StageEntry.objects.filter(stage=following, entry=row.entry).select_related("entry", "stage__round").first()
    if outcome == StageEntry.Status.ADVANCED and there is None:
        enter_stage(following, [row.entry])
    elif there is not None and there.status != outcome:
        back = StageEntry.Status.STOPPED if outcome == StageEntry.Status.STOPPED else StageEntry.Status.PENDING
        settling.write_outcome(there, back, actor=actor, article=article, reason=reason, facts={})


def _item(decision: Decision, proposal: Proposal) -> DecisionItem:
    return DecisionItem(
        decision=decision, stage_entry=proposal.stage_entry, outcome=proposal.outcome, prize=proposal.prize, tier=proposal.tier,
        article=proposal.article, reason=str(proposal.reason), facts=proposal.facts, score=proposal.score, rank=proposal.rank,
    )  # fmt: skip


def _apply(item: DecisionItem, stage: RoundStage, actor: User) -> Entry | None:
    row: StageEntry = item.stage_entry
    row.stage = stage
    if row.status != StageEntry.Status.PENDING or row.entry.status not in ("draft", "active"):
        raise Refused("decision_out_of_date", article=stage.article)
    row.score = item.score if item.score is not None else row.score
    row.rank = item.rank if item.rank is not None else row.rank
    row.prize, row.tier = item.prize, item.tier
    settling.write_outcome(row, item.outcome, actor=actor, article=item.article, reason=item.reason, facts=item.facts)
    entry: Entry = row.entry
    return entry if item.outcome == StageEntry.Status.ADVANCED else None


def _fingerprint(proposals: list[Proposal]) -> str:
    return digest([[p.stage_entry.pk, p.outcome, p.article, str(p.score), p.rank, p.prize, p.tier] for p in proposals])


def _locked(decision: Decision) -> tuple[Decision, RoundStage]:
    stage = lock(decision.stage)
    found: Decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    found.stage = stage
    return found, stage
