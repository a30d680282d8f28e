"""Stages, decisions, counter-decisions, recusal, corrections: each works, refuses, and leaves nothing half-done."""

from __future__ import annotations

import datetime as dt

import pytest

from audit.models import AuditEvent
from rounds import clock, engine
from rounds.models import Correction, Decision, DecisionItem, Entry, Recusal, RoundStage, StageEntry
from tests.refusing import refused
from tests.worlds import World


@pytest.fixture
def eligible(world: World) -> World:
    """Up to the eligibility stage, its work done, nothing decided."""
    from rounds.rehearsal import player_of

    stage = world.advance("eligibility")
    player_of(stage).play(world.ctx, stage)
    return world


def decide(world: World, stage: RoundStage) -> Decision:
    decision = engine.prepare(actor=world.cast.office, stage=stage)
    return engine.release(actor=world.cast.office_head, decision=decision)


@pytest.mark.requirement("wenling-12")
def test_stages_open_only_in_their_order(world: World) -> None:
    keys = [s.kind for s in RoundStage.objects.filter(round=world.round).order_by("position")]
    assert [k for k in keys if k in ("call", "intake", "eligibility", "team_review", "composite", "vote", "publicity", "approval")] == [
        "call", "intake", "eligibility", "team_review", "team_review", "composite", "vote", "publicity", "approval",
    ]  # fmt: skip
    with refused("stage_out_of_turn"):
        engine.open_stage(actor=world.cast.office, stage=world.stage("vote"))
    with refused("stage_not_waiting"):
        engine.open_stage(actor=world.cast.office, stage=world.stage("call"))


def test_a_decision_is_prepared_by_one_and_released_by_another(eligible: World) -> None:
    stage, cast = eligible.stage("eligibility"), eligible.cast
    with refused("entries_undecided"):
        engine.close_stage(actor=cast.office_head, stage=stage)
    decision = engine.prepare(actor=cast.office_head, stage=stage)
    with refused("decision_already_prepared"):
        engine.prepare(actor=cast.office, stage=stage)
    with refused("prepared_by_same_person"):
        engine.release(actor=cast.office_head, decision=decision)
    with refused("not_yours_to_do"):
        engine.release(actor=cast.office, decision=decision)
    assert not StageEntry.objects.filter(stage=stage).exclude(status="pending").exists()
    engine.discard(actor=cast.office, decision=decision)
    released = decide(eligible, stage)
    with refused("decision_not_prepared"):
        engine.release(actor=cast.office_head, decision=released)
    assert not StageEntry.objects.filter(stage=stage).pending().exists()
    stopped = StageEntry.objects.filter(stage=stage, status="stopped")
    assert stopped and all(row.article and row.reason for row in stopped)
    assert AuditEvent.objects.filter(act="decision.released", subject=f"rounds.Decision:{released.pk}").count() == 1


def test_what_changed_after_preparation_is_not_released(eligible: World) -> None:
    stage = eligible.stage("eligibility")
    decision = engine.prepare(actor=eligible.cast.office, stage=stage)
    gone = StageEntry.objects.filter(stage=stage).pending().select_related("entry__organisation").first()
    owner = eligible.ctx.candidate(gone.entry).owner
    engine.withdraw(actor=owner, entry=gone.entry, reason="改期")
    with refused("decision_out_of_date"):
        engine.release(actor=eligible.cast.office_head, decision=decision)
    assert not StageEntry.objects.filter(stage=stage, status__in=("advanced", "stopped")).exists()


def test_a_failure_halfway_leaves_nothing_behind(eligible: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import transaction

    stage = eligible.stage("eligibility")
    decision = engine.prepare(actor=eligible.cast.office, stage=stage)
    events = AuditEvent.objects.count()

    def fails(*_args: object, **_more: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("rounds.engine.decisions.record", fails)
    with pytest.raises(RuntimeError), transaction.atomic():
        engine.release(actor=eligible.cast.office_head, decision=decision)
    assert AuditEvent.objects.count() == events
    assert Decision.objects.get(pk=decision.pk).status == "prepared"
    assert not StageEntry.objects.filter(stage=stage, status__in=("advanced", "stopped")).exists()


def test_an_outcome_is_turned_only_by_a_counter_decision_with_its_reason(eligible: World) -> None:
    stage, head = eligible.stage("eligibility"), eligible.cast.office_head
    decide(eligible, stage)
    row = StageEntry.objects.filter(stage=stage, status="stopped").select_related("entry").first()
    with refused("counter_needs_reason"):
        engine.counter(actor=head, stage_entry=row, outcome="advanced", reason=" ")
    with refused("not_yours_to_do"):
        engine.counter(actor=eligible.cast.supervisor, stage_entry=row, outcome="advanced", reason="x")
    decision = engine.counter(actor=head, stage_entry=row, outcome="advanced", reason="补交证明，事实不成立")
    row.refresh_from_db()
    assert (row.status, row.entry.__class__.objects.get(pk=row.entry_id).status) == ("advanced", "active")
    assert DecisionItem.objects.get(decision=decision).before["status"] == "stopped"
    with refused("entry_not_pending"):
        engine.counter(actor=head, stage_entry=row, outcome="advanced", reason="x")


def test_a_counter_decision_carries_into_the_stage_that_is_open(eligible: World) -> None:
    stage, cast = eligible.stage("eligibility"), eligible.cast
    decide(eligible, stage)
    engine.close_stage(actor=cast.office_head, stage=stage)
    following = engine.open_next(actor=cast.office, round_=eligible.round)
    stopped = StageEntry.objects.filter(stage=stage, status="stopped").first()
    engine.counter(actor=cast.office_head, stage_entry=stopped, outcome="advanced", reason="复核后符合")
    assert StageEntry.objects.filter(stage=following, entry=stopped.entry_id, status="pending").exists()
    advanced = StageEntry.objects.filter(stage=stage, status="advanced").exclude(pk=stopped.pk).first()
    engine.counter(actor=cast.office_head, stage_entry=advanced, outcome="stopped", reason="复核后不符合")
    assert StageEntry.objects.get(stage=following, entry=advanced.entry_id).status == "stopped"
    assert Entry.objects.get(pk=advanced.entry_id).status == "stopped"


@pytest.mark.requirement("wenling-24")
def test_supervision_orders_a_correction_that_blocks_until_settled(eligible: World) -> None:
    stage, cast = eligible.stage("eligibility"), eligible.cast
    today = clock.today(eligible.round)
    with refused("not_yours_to_do"):
        engine.order_correction(actor=cast.office, stage=stage, text="补齐记录", due_on=today)
    with refused("correction_due_in_past"):
        engine.order_correction(
            actor=cast.supervisor, stage=stage, text="补齐记录", due_on=today - dt.timedelta(days=1)
        )
    order = engine.order_correction(actor=cast.supervisor, stage=stage, text="补齐记录", due_on=today)
    with refused("stage_blocked", article="24"):
        engine.prepare(actor=cast.office, stage=stage)
    engine.settle_correction(actor=cast.office, order=order, answer="已补齐")
    assert Correction.objects.get(pk=order.pk).settled_at is None
    engine.settle_correction(actor=cast.supervisor, order=order, answer="核实")
    assert engine.prepare(actor=cast.office, stage=stage).status == "prepared"


def test_recused_means_gone(eligible: World) -> None:
    entry, person = eligible.entry, eligible.cast.office
    engine.recuse(actor=person, entry=entry, user=person, reason="亲属任职")
    assert not Entry.objects.not_recused_from(person).filter(pk=entry.pk).exists()
    assert not StageEntry.objects.not_recused_from(person).filter(entry=entry).exists()
    with refused("recused_already"):
        engine.recuse(actor=person, entry=entry, user=person, reason="亲属任职")
    assert Recusal.objects.filter(entry=entry, user=person, ended_at=None).count() == 1


def test_the_clock_of_a_rehearsal_moves_only_forward(world: World) -> None:
    now = clock.now(world.round)
    moved = engine.move_clock(actor=world.cast.office, round_=world.round, to=now + dt.timedelta(days=3))
    assert clock.today(moved) == (now + dt.timedelta(days=3)).date()
    with refused("clock_runs_backwards"):
        engine.move_clock(actor=world.cast.office, round_=moved, to=now)
    with refused("not_yours_to_do"):
        engine.move_clock(actor=world.cast.reviewers[0], round_=moved, to=now + dt.timedelta(days=9))


@pytest.mark.requirement("wenling-4b")
@pytest.mark.parametrize("policy", ["wenling-2023"])
def test_the_organ_with_the_power_decides_major_matters_and_it_is_recorded(world: World, policy: str) -> None:
    rules = world.round.rules
    organ = next(o for o in rules.organs if any(p.act == "decide_major_matter" for p in o.powers))
    other = next(o for o in rules.organs if o.key != organ.key)
    made = engine.record_matter(
        actor=world.cast.office,
        round_=world.round,
        organ=organ.key,
        subject="延长申报",
        decision="同意",
        decided_on=dt.date(2025, 3, 10),
    )
    assert made.article == next(p.article for p in organ.powers if p.act == "decide_major_matter")
    with refused("organ_may_not"):
        engine.record_matter(
            actor=world.cast.office,
            round_=world.round,
            organ=other.key,
            subject="x",
            decision="x",
            decided_on=dt.date(2025, 3, 10),
        )


def test_another_jurisdictions_entry_is_not_there(world: World, load) -> None:  # type: ignore[no-untyped-def]
    from django_scopes import scope

    other = load("yiwu-2020").jurisdiction
    with scope(jurisdiction=other):
        assert not RoundStage.objects.filter(round=world.round).exists()
