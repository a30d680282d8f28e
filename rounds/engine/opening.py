"""Making, adjusting and opening a round."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from accounts.models import User
from core import clock as core_clock
from core.access import require
from core.fields import digest
from core.refusals import Refused
from jurisdictions.models import Jurisdiction, PolicyDocument
from jurisdictions.policy.parsing import parse
from rounds import clock, rulebook
from rounds.engine import guards
from rounds.engine.logging import record
from rounds.engine.stages import open_stage
from rounds.models import Round, RoundStage
from rounds.rules import may_release, may_run_round


@transaction.atomic
def create_round(
    *,
    actor: User,
    jurisdiction: Jurisdiction,
    policy: PolicyDocument,
    year: int,
    kind: str = Round.Kind.BINDING,
    prizes: list[str] | None = None,
    starts_at: dt.datetime | None = None,
    seed: str = "",
) -> Round:
    """A draft round. ``prizes`` None: all whose turn it is. ``starts_at`` sets a rehearsal's clock.

    Refused: a draft edition for a binding round, a day out of force, a year or prize that the cycle does not give, a second round.
    """
    rehearsal = kind == Round.Kind.REHEARSAL
    require(may_run_round, actor, Round(jurisdiction=jurisdiction, kind=kind), article=policy.policy.cycle.article)
    if starts_at and not rehearsal:
        raise Refused("clock_of_binding_round")
    now = core_clock.now()
    offset = (starts_at - now) if starts_at else dt.timedelta(0)
    if not rehearsal:
        Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
    offered = guards.check_creation(
        policy, jurisdiction, year, prizes, day=core_clock.legal_date(now + offset), rehearsal=rehearsal
    )
    round_ = Round.objects.create(
        jurisdiction=jurisdiction,
        policy=policy,
        year=year,
        kind=kind,
        prizes=offered,
        clock_offset=offset,
        seed=seed,
        created_by=actor,
    )
    record(
        "round.created",
        round_=round_,
        actor=actor,
        subject=round_,
        article=policy.policy.cycle.article,
        year=year,
        kind=kind,
        prizes=offered,
    )
    return round_


@transaction.atomic
def adjust(*, actor: User, round_: Round, values: dict[str, Any], reason: str) -> Round:
    """Set assumed values of a draft round, ``{path: value}``; the result must still be a valid policy."""
    round_ = _locked(round_)
    article = round_.policy.policy.cycle.article
    require(may_run_round, actor, round_, article=article)
    guards.is_draft(round_)
    if not reason.strip():
        raise Refused("reason_missing", article=article, field="reason")
    merged = {**round_.adjustments, **values}
    guards.check_document(rulebook.adjusted(round_.policy.document, merged), article)
    round_.adjustments = merged
    round_.save(update_fields=["adjustments"])
    record("round.adjusted", round_=round_, actor=actor, subject=round_, article=article, values=values, reason=reason)
    return round_


@transaction.atomic
def open_round(*, actor: User, round_: Round, closes_on: dt.date, reason: str = "") -> Round:
    """Freeze the rules, lay out the stages, open the call. ``closes_on``: the last day for filing.

    Refused: not a draft, a call outside the usual months (without reason, or at all), too short a time for filing.
    """
    round_ = _locked(round_)
    rules = round_.rules
    require(may_release, actor, round_, article=rules.stages[0].article)
    guards.is_draft(round_)
    today = clock.today(round_)
    guards.check_call(rules, today, closes_on, reason)
    document = rulebook.adjusted(round_.policy.document, round_.adjustments)
    round_.rules_document, round_.rules_sha256 = document, digest(document)
    parse(document, round_.rules_sha256)
    round_.standard_edition = f"{rules.standard.number}-{rules.standard.edition.value}" if rules.standard else ""
    round_.closes_on, round_.opened_at, round_.status = closes_on, clock.now(round_), Round.Status.OPEN
    if reason.strip():
        round_.departures = [*round_.departures, {"article": rules.stages[0].article, "reason": reason.strip()}]
    round_.save()
    stages = RoundStage.objects.bulk_create(
        RoundStage(round=round_, key=spec.key, kind=spec.kind, position=n) for n, spec in enumerate(rules.stages)
    )
    open_stage(actor=actor, stage=stages[0])
    record(
        "round.opened", round_=round_, actor=actor, subject=round_, article=rules.stages[0].article,
        rules=round_.rules_sha256, closes_on=closes_on, reason=reason, standard=round_.standard_edition,
    )  # fmt: skip
    return round_


@transaction.atomic
def abandon_round(*, actor: User, round_: Round, reason: str) -> Round:
    """Give a round up, with its reason; what was done stays on record."""
    round_ = _locked(round_)
    article = round_.policy.policy.cycle.article
    require(may_release, actor, round_, article=article)
    if round_.status not in (Round.Status.DRAFT, Round.Status.OPEN):
        raise Refused("round_is_not_a_draft", article=article)
    if not reason.strip():
        raise Refused("reason_missing", article=article, field="reason")
    round_.status, round_.closed_at = Round.Status.ABANDONED, clock.now(round_)
    round_.save(update_fields=["status", "closed_at"])
    RoundStage.objects.filter(round=round_, status=RoundStage.Status.OPEN).update(
        status=RoundStage.Status.CLOSED, closed_at=round_.closed_at
    )
    record("round.abandoned", round_=round_, actor=actor, subject=round_, article=article, reason=reason)
    return round_


def _locked(round_: Round) -> Round:
    locked: Round = (
        Round.objects.select_for_update(of=("self",)).select_related("jurisdiction", "policy").get(pk=round_.pk)
    )
    return locked
