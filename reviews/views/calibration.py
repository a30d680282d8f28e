"""How severe and how even a team's members are: for its leader, the office and supervision, once sheets are all in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reviews.models import Reviewer
from reviews.queries import progress
from reviews.rules import leads_team
from reviews.tallies.calibration import Outlier, measure
from reviews.views.access import overview, shared, team_for
from reviews.views.teams import works_for

MOST_OUTLIERS = 200


@login_required
def calibration(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Severity, spread and outliers of each member, as pictures with their table."""
    team = team_for(request, pk)
    if not (leads_team(request.user, team) or overview(request.user, team.stage)):
        raise PermissionDenied
    seen = {work.row.pk: work for work in works_for(request, team)}
    judged = [work for work in seen.values() if work.all_in]
    measures = measure(
        [(w.row.pk, w.sheet, {s.reviewer_id: progress.marks_of(s) for s in w.sheets}) for w in judged],
        team.stage.spec.max_spread.value,
    )
    found = Reviewer.objects.filter(pk__in=[one.reviewer for one in measures]).select_related("user")
    names = {reviewer.pk: str(reviewer.user) for reviewer in found}
    context = shared(request, team.stage.round) | {
        "team": team, "stage": team.stage, "judged": len(judged), "waiting": len(seen) - len(judged),
        "measures": [(one, names[one.reviewer]) for one in measures],
        "outliers": [
            (names[one.reviewer], seen[o.entry], _title(seen[o.entry], o), o) for one in measures for o in one.outliers
        ][:MOST_OUTLIERS],
    }  # fmt: skip
    return render(request, "reviews/calibration.html", context)


def _title(work: progress.EntryWork, outlier: Outlier) -> Any:
    return next(leaf for leaf in work.sheet.leaves() if leaf.key == outlier.leaf)
