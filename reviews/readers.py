"""Who may read this app's papers."""

from __future__ import annotations

from typing import Any

from django_scopes import scope

from documents import access
from jurisdictions.rules import holds
from reviews.models import Feedback, Report, StageReport, VisitPlan
from reviews.rules import approves_plans, assignments_of, is_office, is_supervisor, may_read_for
from rounds.models import Decision, Recusal, StageEntry

_overview = is_office | is_supervisor


def reads_report(user: Any, report: Report, item: Any) -> bool:
    """A review report: office and supervision, the team, the applicant; nobody who is recused."""
    with scope(jurisdiction=item.jurisdiction):
        row = StageEntry.objects.select_related("stage__round__jurisdiction", "entry__organisation").get(
            pk=report.stage_entry_id
        )
        if Recusal.objects.filter(entry=row.entry_id, user=user, ended_at=None).exists():
            return False
        return (
            _overview(user, row.stage)
            or may_read_for(user, row.entry.organisation)
            or assignments_of(user).filter(stage_entry=row).exists()
        )


def reads_feedback(user: Any, told: Feedback, item: Any) -> bool:
    """Feedback on a review: office, supervision, the organisation."""
    with scope(jurisdiction=item.jurisdiction):
        found = StageEntry.objects.select_related("stage__round__jurisdiction", "entry__organisation").get(
            pk=told.stage_entry_id
        )
        return _overview(user, found.stage) or may_read_for(user, found.entry.organisation)


def reads_stage_report(user: Any, report: StageReport, item: Any) -> bool:
    """The composite evaluation report: office, supervision, the committee to which it is handed."""
    with scope(jurisdiction=item.jurisdiction):
        found = StageReport.objects.select_related("stage__round__jurisdiction").get(pk=report.pk)
        return (_overview | holds("committee"))(user, found.stage)


def reads_plan(user: Any, plan: VisitPlan, item: Any) -> bool:
    """An on-site plan: office, supervision, who approves it, the team."""
    with scope(jurisdiction=item.jurisdiction):
        found = VisitPlan.objects.select_related("team__stage__round__jurisdiction").get(pk=plan.pk)
        stage = found.team.stage
        approves = stage.spec.plan is not None and approves_plans(stage.spec.plan.by.value, stage.round.rules)(
            user, stage
        )
        return (
            _overview(user, stage)
            or approves
            or found.team.members.filter(reviewer__user=user, ended_at=None, reviewer__status="active").exists()
        )


def reads_outcome(user: Any, decision: Decision, item: Any) -> bool:
    """Scores and list of a stage: office and supervision; nobody who is recused from one of its entries."""
    with scope(jurisdiction=item.jurisdiction):
        found = Decision.objects.select_related("stage__round__jurisdiction").get(pk=decision.pk)
        if Recusal.objects.filter(
            entry__stage_entries__decision_items__decision=found, user=user, ended_at=None
        ).exists():
            return False
        return _overview(user, found.stage)


READERS: dict[str, access.Reads] = {
    "reviews.Report": reads_report,
    "reviews.Feedback": reads_feedback,
    "reviews.StageReport": reads_stage_report,
    "reviews.VisitPlan": reads_plan,
    "rounds.Decision": reads_outcome,
}
