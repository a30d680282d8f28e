"""Who may open which page of reviews: what is not yours to see answers 404; what you see but may not do, 403."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from core.access import Predicate
from jurisdictions.models import Jurisdiction
from reviews.models import Assignment, Reviewer, Team
from reviews.queries import progress
from reviews.queries.progress import EntryWork
from reviews.rules import assignments_of, is_office, is_supervisor
from rounds import clock
from rounds.models import Recusal, Round, RoundStage, StageEntry

KINDS = ("team_review", "department_review", "composite")
overview = is_office | is_supervisor


def jurisdiction_of(request: HttpRequest) -> Jurisdiction:
    """The jurisdiction of the address."""
    found: Jurisdiction = request.jurisdiction  # type: ignore[attr-defined]
    return found


def stage_for(request: HttpRequest, pk: int, *, kind: str = "", rule: Predicate = overview) -> RoundStage:
    """A stage of one of this app's kinds, for whom ``rule`` holds."""
    rows = RoundStage.objects.select_related("round__jurisdiction").filter(kind__in=[kind] if kind else KINDS)
    stage: RoundStage = get_object_or_404(rows, pk=pk)
    if not rule(request.user, stage):
        raise Http404
    return stage


def row_for(request: HttpRequest, pk: int) -> StageEntry:
    """An entry in a stage, unless the person is recused from it; who may see it is the caller's question."""
    rows = StageEntry.objects.not_recused_from(request.user).select_related(
        "stage__round__jurisdiction", "entry__organisation"
    )
    row: StageEntry = get_object_or_404(rows.filter(stage__kind="team_review"), pk=pk)
    row.entry.round = row.stage.round
    return row


def assigned(request: HttpRequest, pk: int) -> tuple[StageEntry, Assignment]:
    """An entry that is the person's to review, with the assignment."""
    row = row_for(request, pk)
    assignment = assignments_of(request.user).filter(stage_entry=row).select_related("reviewer__user", "team").first()
    if assignment is None:
        raise Http404
    return row, assignment


def work_for(request: HttpRequest, pk: int) -> tuple[EntryWork, Assignment | None]:
    """The work on an entry, for its reviewers (with their assignment), the office and supervision."""
    row = row_for(request, pk)
    assignment = assignments_of(request.user).filter(stage_entry=row).select_related("reviewer__user", "team").first()
    if assignment is None and not overview(request.user, row.stage):
        raise Http404
    return progress.of_entry(row), assignment


def leading(assignment: Assignment | None) -> None:
    """403 unless the assignment is the leader's."""
    if assignment is None or not assignment.is_leader:
        raise PermissionDenied


def team_for(request: HttpRequest, pk: int) -> Team:
    """A team; for its members, the office and supervision."""
    rows = Team.objects.select_related("stage__round__jurisdiction")
    team: Team = get_object_or_404(rows, pk=pk)
    mine = team.members.filter(
        reviewer__user=request.user.pk, ended_at=None, reviewer__status=Reviewer.Status.ACTIVE
    ).exists()
    if not mine and not overview(request.user, team.stage):
        raise Http404
    return team


def office_only(request: HttpRequest, thing: Any) -> None:
    """403 unless the person is of the review office."""
    if not is_office(request.user, thing):
        raise PermissionDenied


def shared(request: HttpRequest, round_: Round) -> dict[str, Any]:
    """What every page of a round shows."""
    return {
        "round": round_,
        "rules": round_.rules,
        "round_now": clock.now(round_),
        "may_work": is_office(request.user, round_),
    }


def open_to(request: HttpRequest, works: list[EntryWork]) -> list[EntryWork]:
    """Those of ``works`` from whose entries the person is not recused. One query."""
    entries = [work.row.entry_id for work in works]
    mine = Recusal.objects.filter(user=request.user.pk, ended_at=None, entry__in=entries)
    gone = set(mine.values_list("entry_id", flat=True))
    return [work for work in works if work.row.entry_id not in gone]
