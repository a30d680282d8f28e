"""Who may open the pages of the office's and the bodies' side: what is not yours to see answers 404."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from applications.models.opinions import ConsultationRequest
from applications.rules_office import may_answer, own_bodies
from core.access import Predicate
from jurisdictions.models import Body
from rounds.models import RoundStage, StageEntry
from rounds.rules import is_office
from rounds.views.access import shared, stage_for

BODY_KINDS = ("recommendation", "preliminary_review")


def row_for(request: HttpRequest, pk: int, rule: Predicate, kinds: tuple[str, ...]) -> StageEntry:
    """A stage entry of a stage of these kinds for which ``rule`` holds."""
    rows = StageEntry.objects.not_recused_from(request.user).filter(stage__kind__in=kinds)
    row: StageEntry = get_object_or_404(
        rows.select_related("stage__round__jurisdiction", "stage__round__policy", "entry__organisation"), pk=pk
    )
    row.entry.round = row.stage.round
    if not rule(request.user, row):
        raise Http404
    return row


def own_stage_for(request: HttpRequest, pk: int) -> tuple[RoundStage, list[Body]]:
    """A recommending or auditing stage, and the bodies for which the person acts; 404 for those who act for none."""
    rows = RoundStage.objects.select_related("round__jurisdiction", "round__policy").filter(kind__in=BODY_KINDS)
    stage: RoundStage = get_object_or_404(rows, pk=pk)
    bodies = list(Body.objects.filter(pk__in=own_bodies(request.user, stage), kind__in=stage.spec.by).order_by("pk"))
    if not bodies:
        raise Http404
    return stage, bodies


def question_for(request: HttpRequest, pk: int) -> ConsultationRequest:
    """A question that was put to one of the person's bodies."""
    rows = ConsultationRequest.objects.select_related(
        "body",
        "consultation",
        "stage_entry__entry__organisation",
        "stage_entry__stage__round__jurisdiction",
        "stage_entry__stage__round__policy",
    )
    found: ConsultationRequest = get_object_or_404(rows, pk=pk)
    found.stage_entry.entry.round = found.stage_entry.stage.round
    if not may_answer(request.user, found):
        raise Http404
    return found


def office_stage_for(
    request: HttpRequest, pk: int, kinds: tuple[str, ...], rule: Predicate | None = None
) -> RoundStage:
    """A stage of these kinds, for those who look at rounds (or for whom ``rule`` holds)."""
    stage = stage_for(request, pk, rule) if rule else stage_for(request, pk)
    if stage.kind not in kinds:
        raise Http404
    return stage


def page_context(request: HttpRequest, stage: RoundStage, **more: Any) -> dict[str, Any]:
    """What every page here shows."""
    return (
        shared(request, stage.round)
        | {"stage": stage, "may_work": is_office(request.user, stage), "is_open": stage.status == "open"}
        | more
    )


def person(request: HttpRequest) -> Any:
    """The signed-in person (every view here asks for one)."""
    return request.user
