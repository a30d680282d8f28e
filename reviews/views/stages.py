"""The office's page of a team review: teams, progress, what holds it up."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reviews.models import Team, VisitPlan
from reviews.queries import progress
from reviews.views.access import shared, stage_for
from reviews.views.teams import _recused
from rounds.engine.stages import blockers
from rounds.models import RoundStage


@login_required
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Teams with their plans, entries with how far their review is; filter by team or by what is missing."""
    stage = stage_for(request, pk, kind="team_review")
    works = progress.of_stage(stage)
    recused = _recused(works)
    works = [work for work in works if request.user.pk not in recused.get(work.row.entry_id, set())]
    team, lacking = request.GET.get("team", ""), request.GET.get("lacking", "")
    shown = [
        work for work in works if (not team or (work.team and str(work.team.pk) == team)) and _lacks(work, lacking)
    ]
    plans = {plan.team_id: plan for plan in VisitPlan.objects.filter(team__stage=stage)} if stage.spec.plan else {}
    teams = list(Team.objects.filter(stage=stage, ended_at=None).prefetch_related("members__reviewer__user"))
    counts = {team_id: len(mine) for team_id, mine in progress.by_team(works).items()}
    context = shared(request, stage.round) | {
        "stage": stage, "works": shown, "total": len(works), "teams": [(t, counts.get(t.pk, 0), plans.get(t.pk)) for t in teams],
        "blockers": blockers(stage) if stage.status == RoundStage.Status.OPEN else [], "wanted_team": team, "lacking": lacking,
        "free": sum(1 for work in works if not work.assignments), "needs_report": progress.needs_report(stage.spec),
    }  # fmt: skip
    return render(request, "reviews/stage.html", context)


def _lacks(work: progress.EntryWork, what: str) -> bool:
    """Whether the entry lacks that; "" shows all."""
    tests = {
        "team": not work.assignments, "sheets": bool(work.assignments) and work.missing > 0, "agreement": bool(work.unsettled),
        "report": work.result is not None and work.report is None,
        "confirmation": work.report is not None and work.report.confirmed_at is None,
    }  # fmt: skip
    return tests.get(what, True)
