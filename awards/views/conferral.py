"""The page of a conferral: what each gets, and the papers."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from awards.forms import ITEMS
from awards.models import Honour
from awards.queries.approvals import approval_before
from awards.queries.rewards import granted
from awards.views.common import stage_for
from documents.models import Paper
from rounds.engine.stages import blockers
from rounds.models import RoundStage
from rounds.views.access import sees_rounds


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Before the decision: what it will give. After it: the honours and their papers."""
    stage = stage_for(request, pk, "conferral")
    names = {prize.key: prize.name for prize in stage.round.rules.prizes}
    waiting = [grant for grant in granted(stage) if grant.line.row.status == "pending"]
    honours = list(Honour.objects.filter(round=stage.round).order_by("id"))
    is_open = stage.status == RoundStage.Status.OPEN
    context = {
        "sees_rounds": sees_rounds(request.user, stage),
        "stage": stage, "round": stage.round, "rules": stage.round.rules, "approval": approval_before(stage), "honours": honours,
        "grants": [(grant, names[grant.line.prize], [ITEMS[item] for item in grant.items]) for grant in waiting],
        "total": sum((grant.amount or 0 for grant in waiting), start=0), "blockers": blockers(stage) if is_open else [],
        "papers": list(
            Paper.objects.filter(round_ref=str(stage.round_id), kind__in=("decision", "certificate", "budget")).select_related("jurisdiction").order_by("id")
        ),
    }  # fmt: skip
    return render(request, "awards/conferral.html", context)
