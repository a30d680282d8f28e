"""What reviews show on the screen of an entry: how far each review is, its result and its report."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext_lazy as _

from reviews.models import Assignment, DepartmentOpinion, Report, ScoreSheet, Visit
from rounds.panels import Look, provide
from rounds.rules import is_office, is_supervisor

KINDS = ("team_review", "department_review", "composite")


@provide("scores", _("Reviews and scores"), template="reviews/panels/scores.html", order=50)
def scores(look: Look) -> dict[str, Any] | None:
    """For the office and supervision. What a sheet says stands on its own page once all are in; here only how many are. Five queries."""
    rows = [row for row in look.rows if row.stage.kind in KINDS]
    if not rows or not (is_office(look.user, look.entry) or is_supervisor(look.user, look.entry)):
        return None
    pks = [row.pk for row in rows]
    asked, given = _sheets(pks)
    reports = {
        r.stage_entry_id: r for r in Report.objects.filter(stage_entry__in=pks).select_related("paper__jurisdiction")
    }
    visits = {v.stage_entry_id: v for v in Visit.objects.filter(stage_entry__in=pks)}
    opinions: dict[int, list[DepartmentOpinion]] = {}
    for opinion in DepartmentOpinion.objects.filter(stage_entry__in=pks).select_related("body").order_by("body_id"):
        opinions.setdefault(opinion.stage_entry_id, []).append(opinion)
    lines = [
        {
            "row": row, "asked": asked[row.pk], "given": given[row.pk], "report": reports.get(row.pk),
            "visit": visits.get(row.pk), "opinions": opinions.get(row.pk, []), "team": row.stage.kind == "team_review",
        }
        for row in rows
    ]  # fmt: skip
    return {"lines": lines}


def _sheets(pks: list[int]) -> tuple[Counter[int], Counter[int]]:
    """How many review each row now, and how many of them have handed in."""
    running = set(
        Assignment.objects.filter(stage_entry__in=pks, ended_at=None).values_list("stage_entry_id", "reviewer_id")
    )
    sheets = ScoreSheet.objects.filter(stage_entry__in=pks, submitted_at__isnull=False)
    done = running & set(sheets.values_list("stage_entry_id", "reviewer_id"))
    return Counter(row for row, _reviewer in running), Counter(row for row, _reviewer in done)
