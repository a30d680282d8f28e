"""On-site plans and the team's proposal."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.pages import attempt, carry_out, submit
from reviews.domain import outcomes, plans
from reviews.forms.field import PlanForm, PlanReturnForm, ProposalForm
from reviews.models import Team, TeamProposal, VisitPlan
from reviews.queries import progress
from reviews.rules import approves_plans, is_office, leads_team
from reviews.views.access import overview, shared, team_for


@login_required
def plan(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A team's on-site plan: written by the leader, read by those who approve it."""
    team = _planned_team(request, pk)
    works = progress.by_team(progress.of_stage(team.stage)).get(team.pk, [])
    held = _plan_of(team)
    form = PlanForm(request.POST or None, works=works, initial=_initial(held))
    if request.method == "POST":
        if not (leads_team | is_office)(request.user, team):
            raise PermissionDenied
        if form.is_valid():
            days = {"starts_on": form.cleaned_data["starts_on"], "ends_on": form.cleaned_data["ends_on"]}
            if submit(
                request, form, plans.make, team=team, text=form.cleaned_data["text"], by_entry=form.days(), **days
            ):
                messages.success(request, _("The plan is saved; it now waits for approval."))
                return redirect("reviews:plan", code, pk)
    return _plan_page(request, team, held, works, form=form)


def _plan_page(
    request: HttpRequest, team: Team, held: VisitPlan | None, works: list[progress.EntryWork], **given: forms.Form
) -> HttpResponse:
    """The page; ``given``: a form with what was typed, by its name here."""
    context = shared(request, team.stage.round) | {
        "team": team, "stage": team.stage, "plan": held, "works": works, "may_approve": _may_approve(request, team),
        "may_write": (leads_team | is_office)(request.user, team), "form": PlanForm(works=works, initial=_initial(held)),
        "return_form": PlanReturnForm(auto_id="return-%s"), "planned": _planned(held, works),
    }  # fmt: skip
    return render(request, "reviews/plan.html", context | given)


def _planned(held: VisitPlan | None, works: list[progress.EntryWork]) -> list[tuple[str, dt.date]]:
    """Which organisation is seen on which day, in the order of the days."""
    days = held.by_entry if held else {}
    found = [
        (work.row.entry.organisation.name, dt.date.fromisoformat(str(day)))
        for work in works
        if (day := days.get(str(work.row.pk)))
    ]
    return sorted(found, key=lambda one: one[1])


@require_POST
@login_required
def approve(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Approve the plan."""
    held = _to_decide(request, pk)
    attempt(request, plans.approve, plan=held, done=_("The plan is approved."))
    return redirect("reviews:plan", code, pk)


@require_POST
@login_required
def send_back(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Send the plan back with the reason."""
    held = _to_decide(request, pk)
    team = _planned_team(request, pk)

    def again(refused: forms.Form) -> HttpResponse:
        works = progress.by_team(progress.of_stage(team.stage)).get(team.pk, [])
        return _plan_page(request, team, _plan_of(team), works, return_form=refused)

    return carry_out(
        request, PlanReturnForm(request.POST, auto_id="return-%s"), plans.send_back, page=reverse("reviews:plan", args=[code, pk]),
        again=again, done=_("The plan is sent back."), plan=held,
    )  # fmt: skip


@login_required
def propose(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Whom the team proposes, by its results."""
    team = team_for(request, pk)
    works = progress.by_team(progress.of_stage(team.stage)).get(team.pk, [])
    works = sorted(
        (w for w in works if not w.row.entry.recusals.filter(user=request.user.pk, ended_at=None).exists()),
        key=_by_result,
    )
    held = TeamProposal.objects.filter(team=team).first()
    may_write = leads_team(request.user, team)
    form = ProposalForm(
        request.POST or None, works=works, initial={"listed": held.listed, "text": held.text} if held else None
    )
    if request.method == "POST":
        if not may_write:
            raise PermissionDenied
        if form.is_valid() and submit(request, form, outcomes.propose, team=team, **form.cleaned_data):
            messages.success(request, _("The proposal is with the office."))
            return redirect("reviews:propose", code, pk)
    context = {
        "team": team,
        "stage": team.stage,
        "works": works,
        "form": form,
        "may_write": may_write,
        "proposal": held,
    }
    return render(request, "reviews/propose.html", shared(request, team.stage.round) | context)


def _by_result(work: progress.EntryWork) -> tuple[bool, Any, int]:
    return (work.result is None, -(work.result or 0), work.row.pk)


def _planned_team(request: HttpRequest, pk: int) -> Team:
    """A team with a plan; for its members, the office, supervision, and who approves plans."""
    team: Team = get_object_or_404(Team.objects.select_related("stage__round__jurisdiction"), pk=pk)
    if team.stage.spec.plan is None:
        raise Http404
    return team if _may_approve(request, team) or overview(request.user, team.stage) else team_for(request, pk)


def _plan_of(team: Team) -> VisitPlan | None:
    rows = VisitPlan.objects.filter(team=team).select_related("made_by", "approved_by", "paper__jurisdiction")
    return rows.first()


def _may_approve(request: HttpRequest, team: Team) -> bool:
    approval = team.stage.spec.plan
    return bool(approval and approves_plans(approval.by.value, team.stage.round.rules)(request.user, team.stage))


def _to_decide(request: HttpRequest, pk: int) -> VisitPlan:
    team = _planned_team(request, pk)
    if not _may_approve(request, team):
        raise PermissionDenied
    return get_object_or_404(VisitPlan, team=team)


def _initial(held: VisitPlan | None) -> dict[str, Any]:
    if held is None:
        return {}
    return {
        "starts_on": held.starts_on,
        "ends_on": held.ends_on,
        "text": held.text,
        **{f"day_{pk}": day for pk, day in held.by_entry.items()},
    }
