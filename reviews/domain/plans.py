"""On-site plans: made by the team, approved by whom the policy names, before any visit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from core.access import require
from core.refusals import Refused
from jurisdictions.policy.stages import PlanApproval
from reviews.domain import letters, sheets_out
from reviews.locking import open_stage
from reviews.models import Assignment, Team, VisitPlan
from reviews.rules import approves_plans, is_office, leads_team
from rounds import clock
from rounds.engine.logging import record
from rounds.models import RoundStage


@transaction.atomic
def make(
    *,
    actor: User,
    team: Team,
    starts_on: dt.date,
    ends_on: dt.date,
    text: str,
    by_entry: Mapping[int, dt.date] | None = None,
) -> VisitPlan:
    """The team's leader (or the office for it) writes the plan; writing it anew takes its approval away.

    Refused: an end before the beginning, days of entries outside it, entries that are not the team's.
    """
    team = _team(team)
    stage, article = open_stage(team.stage), _approval(team.stage).article
    require(leads_team | is_office, actor, team, article=article)
    if ends_on < starts_on:
        raise Refused("ends_before_it_begins", article=article, field="ends_on")
    if not text.strip():
        raise Refused("plan_text_missing", article=article, field="text")
    days = dict(by_entry or {})
    _check_days(team, days, starts_on, ends_on, article)
    kept = {
        "starts_on": starts_on, "ends_on": ends_on, "text": text.strip(), "by_entry": {str(k): v.isoformat() for k, v in days.items()},
        "made_by": actor, "made_at": clock.now(stage.round), "approved_by": None, "approved_at": None, "returned_reason": "",
        "paper": None,
    }  # fmt: skip
    plan, _created = VisitPlan.objects.update_or_create(team=team, defaults=kept)
    record(
        "plan.made",
        round_=stage.round,
        actor=actor,
        subject=plan,
        article=article,
        stage=stage.key,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return plan


@transaction.atomic
def approve(*, actor: User, plan: VisitPlan) -> VisitPlan:
    """Approve a plan. Refused: another than whom the policy names, who made it, an approved one."""
    held, stage, article = _locked(plan, actor)
    if held.approved_at is not None:
        raise Refused("plan_approved_already", article=article)
    if held.made_by_id == actor.pk:
        raise Refused("plan_approved_by_its_maker", article=article)
    held.approved_by, held.approved_at, held.returned_reason = actor, clock.now(stage.round), ""
    held.paper = sheets_out.plan_paper(stage, held, letters.signed(stage.round, article))
    held.save(update_fields=["approved_by", "approved_at", "returned_reason", "paper"])
    record("plan.approved", round_=stage.round, actor=actor, subject=held, article=article, stage=stage.key)
    return held


@transaction.atomic
def send_back(*, actor: User, plan: VisitPlan, reason: str) -> VisitPlan:
    """Send a plan back to its team, with the reason; an approval given before is taken back."""
    held, stage, article = _locked(plan, actor)
    if not reason.strip():
        raise Refused("reason_missing", article=article, field="reason")
    held.approved_by, held.approved_at, held.returned_reason, held.paper = None, None, reason.strip(), None
    held.save(update_fields=["approved_by", "approved_at", "returned_reason", "paper"])
    record(
        "plan.returned", round_=stage.round, actor=actor, subject=held, article=article, stage=stage.key, reason=reason
    )
    return held


def _approval(stage: RoundStage) -> PlanApproval:
    approval: PlanApproval | None = getattr(stage.spec, "plan", None)
    if approval is None:
        raise Refused("no_plan_asked_for", article=stage.article)
    return approval


def _team(team: Team) -> Team:
    found: Team = (
        Team.objects.select_related("stage__round__jurisdiction").defer("stage__round__rules_document").get(pk=team.pk)
    )
    return found


def _locked(plan: VisitPlan, actor: User) -> tuple[VisitPlan, RoundStage, str]:
    held: VisitPlan = (
        VisitPlan.objects.select_for_update(of=("self",)).select_related("team__stage__round__jurisdiction")
        .defer("team__stage__round__rules_document").get(pk=plan.pk)
    )  # fmt: skip
    stage = open_stage(held.team.stage)
    approval = _approval(stage)
    require(approves_plans(approval.by.value, stage.round.rules), actor, stage, article=approval.article)
    return held, stage, approval.article


def _check_days(team: Team, days: Mapping[int, dt.date], starts_on: dt.date, ends_on: dt.date, article: str) -> None:
    if not days:
        return
    own = set(
        Assignment.objects.filter(team=team, ended_at=None, stage_entry__in=list(days)).values_list(
            "stage_entry", flat=True
        )
    )
    if set(days) - own:
        raise Refused("entry_not_of_this_team", article=article, field="by_entry")
    if any(not starts_on <= day <= ends_on for day in days.values()):
        raise Refused("day_outside_plan", article=article, field="by_entry", first=starts_on, last=ends_on)
