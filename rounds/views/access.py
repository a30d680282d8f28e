"""Who may open the pages of rounds: what is not yours to see answers 404."""

from __future__ import annotations

from typing import Any, TypeVar

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from core.access import Predicate
from rounds import clock
from rounds.models import Decision, Entry, Round, RoundStage
from rounds.querysets import light
from rounds.rules import is_approver, is_office, is_supervisor

T = TypeVar("T")
sees_rounds = is_office | is_supervisor | is_approver
works_on_rounds = is_office


def jurisdiction_for(request: HttpRequest, rule: Predicate = sees_rounds) -> Any:
    """The jurisdiction of the address, when ``rule`` holds in it."""
    jurisdiction = request.jurisdiction  # type: ignore[attr-defined]
    if not rule(request.user, jurisdiction):
        raise Http404
    return jurisdiction


def round_for(request: HttpRequest, pk: int, rule: Predicate = sees_rounds) -> Round:
    round_: Round = get_object_or_404(light(Round.objects, ""), pk=pk)
    return _seen(request, round_, rule)


def stage_for(request: HttpRequest, pk: int, rule: Predicate = sees_rounds) -> RoundStage:
    rows = light(RoundStage.objects)
    stage: RoundStage = get_object_or_404(rows, pk=pk)
    return _seen(request, stage, rule)


def decision_for(request: HttpRequest, pk: int, rule: Predicate = sees_rounds) -> Decision:
    rows = light(Decision.objects.select_related("prepared_by", "released_by"), "stage__round")
    decision: Decision = get_object_or_404(rows, pk=pk)
    return _seen(request, decision, rule)


def entry_for(request: HttpRequest, pk: int, rule: Predicate = sees_rounds) -> Entry:
    """An entry, unless the person is recused from it."""
    rows = light(Entry.objects.not_recused_from(request.user).select_related("organisation", "stopped_stage"))
    entry: Entry = get_object_or_404(rows, pk=pk)
    return _seen(request, entry, rule)


def _seen(request: HttpRequest, thing: T, rule: Predicate) -> T:
    if not rule(request.user, thing):
        raise Http404
    return thing


def shared(request: HttpRequest, round_: Round) -> dict[str, Any]:
    """What every page of a round shows."""
    return {
        "round": round_,
        "rules": round_.rules,
        "round_now": clock.now(round_),
        "may_work": is_office(request.user, round_),
        "sees_rounds": sees_rounds(request.user, round_),
    }
