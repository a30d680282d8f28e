"""Who may open the office's pages: what is not yours to see answers 404, what is not yours to do 403."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from core.access import Predicate
from publicity import queries
from publicity.models import Objection
from publicity.rules import sees_notices, sees_objections, works_on_objections
from rounds import clock
from rounds.models import RoundStage
from rounds.rules import is_supervisor
from rounds.views.access import sees_rounds


def stage_for(request: HttpRequest, pk: int) -> RoundStage:
    """A publicity stage, for those who see rounds."""
    rows = RoundStage.objects.select_related("round__jurisdiction", "round__policy")
    stage: RoundStage = get_object_or_404(rows, pk=pk, kind="publicity")
    if not sees_notices(request.user, stage):
        raise Http404
    return stage


def objection_for(request: HttpRequest, pk: int) -> Objection:
    """An objection, for the office and supervision, unless recused from its entry."""
    rows = Objection.objects.select_related(
        "stage__round__jurisdiction", "stage__round__policy", "entry__organisation", "notice", "receipt__jurisdiction",
        "letter__jurisdiction", "examined_by", "concluded_by", "recorded_by",
    )  # fmt: skip
    if not request.user.is_authenticated:
        raise Http404
    objection: Objection = get_object_or_404(queries.for_reader(rows, request.user), pk=pk)
    if not sees_objections(request.user, objection):
        raise Http404
    return objection


def works(request: HttpRequest, thing: Any, rule: Predicate = works_on_objections) -> None:
    """403 unless the person may do this here."""
    if not rule(request.user, thing):
        raise PermissionDenied


def shared(request: HttpRequest, stage: RoundStage) -> dict[str, Any]:
    """What every page of a publicity stage shows."""
    round_ = stage.round
    return {
        "stage": stage, "round": round_, "rules": round_.rules, "round_now": clock.now(round_),
        "may_work": works_on_objections(request.user, stage), "supervises": is_supervisor(request.user, stage),
        "sees_rounds": sees_rounds(request.user, stage), "sees_objections": sees_objections(request.user, stage),
    }  # fmt: skip
