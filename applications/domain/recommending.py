"""Bodies recommend or decline their own entries, one by one; where the policy says so after a first review and after consulting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from applications.domain.assessing import Found, check_finding
from applications.domain.owning import charge_of, waiting
from applications.models.assessment import Assessment
from applications.models.opinions import Charge, Recommendation
from core.refusals import Refused
from jurisdictions.models import Body
from rounds import clock, engine
from rounds.engine.logging import record
from rounds.models import RoundStage, StageEntry

OUTCOME = Recommendation.Outcome


@transaction.atomic
def review(
    *, actor: User, stage_entry: StageEntry, findings: Mapping[str, Found], body: Body | None = None
) -> Recommendation:
    """The first review: every condition, one by one. What was computed stands unless found otherwise; what is unknown must be found
    (met, not met, or left to the review office, each with a note)."""
    row, charge, work = _begin(actor, stage_entry, body)
    spec, stage = row.stage.spec, row.stage
    if not spec.first_review:
        raise Refused("no_first_review_here", article=stage.article)
    points = list(Assessment.objects.filter(stage_entry=row))
    unasked = set(findings) - {point.key for point in points}
    if unasked:
        raise Refused("point_not_asked", article=stage.article, point=sorted(unasked)[0])
    work.findings = {point.key: _finding(point, findings.get(point.key)) for point in points}
    work.reviewed_at = clock.now(stage.round)
    work.save()
    shown = {key: value["finding"] for key, value in work.findings.items()}
    record(
        "entry.first_reviewed",
        round_=stage.round,
        actor=actor,
        subject=row.entry,
        article=stage.article,
        stage=stage.key,
        body=charge.body.key,
        findings=shown,
    )
    return work


@transaction.atomic
def consulted(
    *, actor: User, stage_entry: StageEntry, outcomes: Sequence[Mapping[str, str]], body: Body | None = None
) -> Recommendation:
    """Record whom the body consulted and what came of it: ``[{"whom": …, "outcome": …}]``, both told."""
    row, charge, work = _begin(actor, stage_entry, body)
    work.consulted = told(outcomes, row.stage.article)
    work.save()
    record(
        "entry.consulted",
        round_=row.stage.round,
        actor=actor,
        subject=row.entry,
        article=row.stage.article,
        stage=row.stage.key,
        body=charge.body.key,
        consulted=work.consulted,
    )
    return work


@transaction.atomic
def recommend(
    *, actor: User, stage_entry: StageEntry, reason: str = "", overtaking: str = "", body: Body | None = None
) -> Recommendation:
    """Recommend; the entry goes on.

    Refused: not one's own; no first review, or one that found a condition not met; nobody consulted where the policy asks; an entry with
    priority still waits and no reason (``overtaking``) is given.
    """
    row, charge, work = _begin(actor, stage_entry, body)
    stage = row.stage
    _refuse_unprepared(stage, work)
    if stage.spec.ranks and not charge.priority and not overtaking.strip():
        _refuse_overtaking(stage, charge)
    work.outcome, work.reason, work.overtaking = OUTCOME.RECOMMENDED, reason.strip(), overtaking.strip()
    work.priority, work.at, work.officer = charge.priority, clock.now(stage.round), actor
    last = Recommendation.objects.filter(body=charge.body, stage_entry__stage=stage).aggregate(last=Max("order"))[
        "last"
    ]
    work.order = (last or 0) + 1
    work.save()
    engine.settle(
        actor=actor, stage_entry=row, outcome="advanced", article=stage.article, reason=work.reason, act="entry.recommended",
        body=charge.body.key, order=work.order, priority=work.priority, overtaking=work.overtaking,
    )  # fmt: skip
    return work


@transaction.atomic
def decline(*, actor: User, stage_entry: StageEntry, reason: str, body: Body | None = None) -> Recommendation:
    """Decline with the reason. The entry stops when every body whose own it is has declined."""
    row, charge, work = _begin(actor, stage_entry, body)
    stage = row.stage
    if not reason.strip():
        raise Refused("reason_missing", article=stage.article, field="reason")
    work.outcome, work.reason, work.at, work.officer = OUTCOME.DECLINED, reason.strip(), clock.now(stage.round), actor
    work.save()
    if _others_may_still_recommend(row):
        record(
            "entry.declined_by_one",
            round_=stage.round,
            actor=actor,
            subject=row.entry,
            article=stage.article,
            stage=stage.key,
            body=charge.body.key,
            reason=reason,
        )
        return work
    engine.settle(
        actor=actor,
        stage_entry=row,
        outcome="stopped",
        article=stage.article,
        reason=reason.strip(),
        act="entry.declined",
        body=charge.body.key,
    )
    return work


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


def told(outcomes: Sequence[Mapping[str, str]], article: str) -> list[dict[str, str]]:
    """Whom and what came of it; raises ``Refused`` when one is not told, or nobody was consulted."""
    kept = [{"whom": str(o.get("whom", "")).strip(), "outcome": str(o.get("outcome", "")).strip()} for o in outcomes]
    kept = [o for o in kept if o["whom"] or o["outcome"]]
    if not kept or not all(o["whom"] and o["outcome"] for o in kept):
        raise Refused("consultation_not_told", article=article, field="consulted")
    return kept


def _begin(actor: User, stage_entry: StageEntry, body: Body | None) -> tuple[StageEntry, Charge, Recommendation]:
    row = waiting(stage_entry)
    charge = charge_of(actor, row, body)
    work = Recommendation.objects.filter(stage_entry=row, body=charge.body).first()
    if work and work.outcome:
        raise Refused("body_has_spoken", article=row.stage.article, body=charge.body.name)
    return row, charge, work or Recommendation(stage_entry=row, body=charge.body, officer=actor)


def _finding(point: Assessment, found: Found | None) -> dict[str, Any]:
    computed = {True: "met", False: "not_met", None: ""}[point.computed]
    finding, note = (found.finding, found.note) if found else (computed, "")
    if found is None and point.state == "later":
        return {"finding": "later", "note": "", "computed": None}
    if not finding:
        raise Refused("first_review_incomplete", article=point.article, field=point.key)
    check_finding(finding, point.computed, note, article=point.article, field=point.key, may_leave=True)
    return {"finding": finding, "note": note.strip(), "computed": point.computed}


def _refuse_unprepared(stage: RoundStage, work: Recommendation) -> None:
    if stage.spec.first_review:
        if work.reviewed_at is None:
            raise Refused("first_review_missing", article=stage.article)
        if any(found["finding"] == "not_met" for found in work.findings.values()):
            raise Refused("first_review_failed", article=stage.article)
    if stage.spec.consults and not work.consulted:
        raise Refused("nobody_consulted", article=stage.article)


def _refuse_overtaking(stage: RoundStage, charge: Charge) -> None:
    before = Charge.objects.filter(
        body=charge.body, priority=True, stage_entry__in=StageEntry.objects.filter(stage=stage).pending()
    )
    spoken = (
        Recommendation.objects.filter(body=charge.body, stage_entry__stage=stage)
        .exclude(outcome="")
        .values("stage_entry")
    )
    count = before.exclude(stage_entry__in=spoken).count()
    if count:
        raise Refused("priority_waits", article=stage.article, count=count, field="overtaking")


def _others_may_still_recommend(row: StageEntry) -> bool:
    declined = Recommendation.objects.filter(stage_entry=row, outcome=OUTCOME.DECLINED).values("body")
    return Charge.objects.filter(stage_entry=row).exclude(body__in=declined).exists()
