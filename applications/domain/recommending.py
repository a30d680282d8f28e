"""Bodies recommend or decline their own entries, one by one; where the policy says so after a first review and after consulting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from applications.domain.assessing import Found, check_finding
from applications.domain.owning import charges_of, waiting_many
from applications.domain.telling import tell_outcome
from applications.models.assessment import Assessment
from applications.models.opinions import Charge, Recommendation
from core.refusals import Refused
from jurisdictions.models import Body
from rounds import clock, engine
from rounds.engine.logging import record
from rounds.models import RoundStage, StageEntry

OUTCOME = Recommendation.Outcome


def review(
    *, actor: User, stage_entry: StageEntry, findings: Mapping[str, Found], body: Body | None = None
) -> Recommendation:
    """The first review: every condition, one by one. What was computed stands unless found otherwise; what is unknown must
    be found (met, not met, or left to the review office, each with a note)."""
    return review_many(actor=actor, findings={stage_entry: findings}, body=body)[0]


@transaction.atomic
def review_many(
    *, actor: User, findings: Mapping[StageEntry, Mapping[str, Found]], body: Body | None = None
) -> list[Recommendation]:
    """The first review of several entries of one stage."""
    works = _begin_many(actor, findings, body)
    stage = works[0].stage_entry.stage
    if not stage.spec.first_review:
        raise Refused("no_first_review_here", article=stage.article)
    given = {row.pk: found for row, found in findings.items()}
    points: dict[int, list[Assessment]] = {}
    for point in Assessment.objects.filter(stage_entry__in=list(given)).order_by("stage_entry", "position"):
        points.setdefault(point.stage_entry_id, []).append(point)
    now = clock.now(stage.round)
    for work in works:
        asked, found = points.get(work.stage_entry_id, []), given[work.stage_entry_id]
        unasked = set(found) - {point.key for point in asked}
        if unasked:
            raise Refused("point_not_asked", article=stage.article, point=sorted(unasked)[0])
        work.findings = {point.key: _finding(point, found.get(point.key)) for point in asked}
        work.reviewed_at = now
    _store(works, ("findings", "reviewed_at"))
    shown = {str(w.stage_entry.entry_id): {k: v["finding"] for k, v in w.findings.items()} for w in works}
    _log(works, "entry.first_reviewed", actor, findings=shown)
    return works


def consulted(
    *, actor: User, stage_entry: StageEntry, outcomes: Sequence[Mapping[str, str]], body: Body | None = None
) -> Recommendation:
    """Record whom the body consulted and what came of it: ``[{"whom": …, "outcome": …}]``, both told."""
    return consulted_many(actor=actor, stage_entries=[stage_entry], outcomes=outcomes, body=body)[0]


@transaction.atomic
def consulted_many(
    *, actor: User, stage_entries: Iterable[StageEntry], outcomes: Sequence[Mapping[str, str]], body: Body | None = None
) -> list[Recommendation]:
    """The same consultation about several entries of one stage."""
    works = _begin_many(actor, stage_entries, body)
    kept = told(outcomes, works[0].stage_entry.stage.article)
    for work in works:
        work.consulted = kept
    _store(works, ("consulted",))
    _log(works, "entry.consulted", actor, consulted=kept)
    return works


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
    tell_outcome(row, "application.recommended", charge.body)
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
    tell_outcome(row, "application.declined", charge.body, reason.strip())
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
    (work,) = _begin_many(actor, [stage_entry], body)
    return work.stage_entry, work.charge, work  # type: ignore[attr-defined]


def _begin_many(actor: User, stage_entries: Iterable[StageEntry], body: Body | None = None) -> list[Recommendation]:
    """The body's work on each row, in the order given, each with its ``charge``. Refused where it has spoken. Five queries."""
    rows = waiting_many(stage_entries)
    charges = charges_of(actor, rows)
    known = {(w.stage_entry_id, w.body_id): w for w in Recommendation.objects.filter(stage_entry__in=rows)}
    works = []
    for row in rows:
        charge = next((one for one in charges[row.pk] if body is None or one.body_id == body.pk), None)
        if charge is None:
            raise Refused("not_your_own", article=row.stage.article)
        work = known.get((row.pk, charge.body_id)) or Recommendation(stage_entry=row, body=charge.body, officer=actor)
        if work.outcome:
            raise Refused("body_has_spoken", article=row.stage.article, body=charge.body.name)
        work.stage_entry, work.body, work.charge = row, charge.body, charge  # type: ignore[attr-defined]
        works.append(work)
    return works


def _store(works: list[Recommendation], fields: tuple[str, ...]) -> None:
    fresh = [work for work in works if work._state.adding]
    Recommendation.objects.bulk_create(fresh)
    Recommendation.objects.bulk_update(works, fields, batch_size=500)


def _log(works: list[Recommendation], act: str, actor: User, **facts: Any) -> None:
    """One event: on the entry, or on the stage with all the entries where several were handled in one go."""
    stage = works[0].stage_entry.stage
    subject: Any = works[0].stage_entry.entry
    if len(works) > 1:
        subject, facts = stage, facts | {"entries": [work.stage_entry.entry_id for work in works]}
    bodies = "、".join(sorted({work.body.key for work in works}))
    record(
        act,
        round_=stage.round,
        actor=actor,
        subject=subject,
        article=stage.article,
        stage=stage.key,
        body=bodies,
        **facts,
    )


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
