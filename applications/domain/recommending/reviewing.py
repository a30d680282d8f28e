"""The first review: every condition, one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from applications.domain.assessing import Found, check_finding
from applications.domain.recommending.work import begin_many, log, store
from applications.models.assessment import Assessment
from applications.models.opinions import Recommendation
from core.refusals import Refused
from jurisdictions.models import Body
from rounds import clock
from rounds.models import StageEntry


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
    works = begin_many(actor, findings, body)
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
    store(works, ("findings", "reviewed_at"))
    shown = {str(w.stage_entry.entry_id): {k: v["finding"] for k, v in w.findings.items()} for w in works}
    log(works, "entry.first_reviewed", actor, findings=shown)
    return works


def _finding(point: Assessment, found: Found | None) -> dict[str, Any]:
    computed = {True: "met", False: "not_met", None: ""}[point.computed]
    finding, note = (found.finding, found.note) if found else (computed, "")
    if found is None and point.state == "later":
        return {"finding": "later", "note": "", "computed": None}
    if not finding:
        raise Refused("first_review_incomplete", article=point.article, field=point.key)
    check_finding(finding, point.computed, note, article=point.article, field=point.key, may_leave=True)
    return {"finding": finding, "note": note.strip(), "computed": point.computed}
