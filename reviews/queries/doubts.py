"""Interests that wait for the office's word, in a stage."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from reviews.models import Assignment, RecusalRequest, Suspicion
from rounds.models import RoundStage, StageEntry


def open_signs(stage: RoundStage) -> QuerySet[Suspicion]:
    """Signs about organisations whose entries wait in the stage; those of a request that is still open are the request's."""
    here = StageEntry.objects.filter(stage=stage).pending()
    found: QuerySet[Suspicion] = (
        Suspicion.objects.filter(status=Suspicion.Status.OPEN, reviewer__jurisdiction=stage.round.jurisdiction_id)
        .filter(
            Q(organisation__in=here.values("entry__organisation"))
            | Q(organisation__in=here.values("entry__organisation__parent"))
        )
        .exclude(request__status=RecusalRequest.Status.OPEN)
    )
    return found if stage.round.is_rehearsal else found.filter(reviewer__rehearsal=False)


def open_requests(stage: RoundStage) -> QuerySet[RecusalRequest]:
    """Requests of applicants whose entries wait in the stage."""
    here = StageEntry.objects.filter(stage=stage).pending()
    found: QuerySet[RecusalRequest] = RecusalRequest.objects.filter(
        status=RecusalRequest.Status.OPEN, entry__in=here.values("entry")
    )
    return found


def doubtful_pairs(stage: RoundStage) -> int:
    """How many reviewers work on an entry while a sign, or a request, about them and its applicant is open."""
    entry = OuterRef("stage_entry__entry__organisation")
    sign = Suspicion.objects.filter(reviewer=OuterRef("reviewer"), status=Suspicion.Status.OPEN, organisation=entry)
    running = Assignment.objects.filter(stage_entry__stage=stage, stage_entry__status="pending", ended_at=None)
    return int(running.filter(Exists(sign)).count())
