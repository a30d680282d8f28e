"""The office's page of a team review: teams, progress, what holds it up."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase

from jurisdictions.lists import serve
from reviews.lists import Progress
from reviews.models import Team, VisitPlan
from reviews.queries import progress
from reviews.views.access import open_to, shared, stage_for
from rounds.engine.stages import blockers
from rounds.models import RoundStage


@login_required
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Teams with their plans, entries with how far their review is; filter by team or by what is missing."""
    stage = stage_for(request, pk, kind="team_review")
    works = open_to(request, progress.of_stage(stage))
    plans = {plan.team_id: plan for plan in VisitPlan.objects.filter(team__stage=stage)} if stage.spec.plan else {}
    teams = list(Team.objects.filter(stage=stage, ended_at=None).prefetch_related("members__reviewer__user"))
    counts, is_open = (
        {pk: len(mine) for pk, mine in progress.by_team(works).items()},
        stage.status == RoundStage.Status.OPEN,
    )
    context = shared(request, stage.round) | {
        "stage": stage, "total": len(works), "teams": [(t, counts.get(t.pk, 0), plans.get(t.pk)) for t in teams],
        "blockers": blockers(stage) if is_open else [], "free": sum(1 for work in works if not work.assignments),
    }  # fmt: skip
    listing = Progress(
        request, works, code=code, stage=stage, rules=context["rules"], round=stage.round, may_work=context["may_work"] and is_open, teams=teams
    )  # fmt: skip
    return serve(request, listing, "reviews/stage.html", context)
