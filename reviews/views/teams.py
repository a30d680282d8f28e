"""The office's pages of teams."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.pages import attempt, carry_out, submit
from reviews.domain import assignments, teams
from reviews.forms.teams import AssignForm, ReasonForm, TeamForm
from reviews.models import Team, TeamProposal
from reviews.queries import progress
from reviews.rules import leads_team
from reviews.views.access import office_only, open_to, overview, shared, stage_for, team_for
from rounds.models import Recusal, RoundStage

#: With more entries to give out than this the stage's list does it, in lots and with its filters.
MOST_TICKS = 100


@login_required
def build(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Set a team up."""
    stage = stage_for(request, pk, kind="team_review")
    office_only(request, stage)
    form = TeamForm(
        request.POST or None,
        stage=stage,
        initial={"name": _("Team {n}").format(n=Team.objects.filter(stage=stage).count() + 1)},
    )
    if request.method == "POST" and form.is_valid():
        team = submit(request, form, teams.build, stage=stage, **form.cleaned_data)
        if team:
            messages.success(request, _("The team is set up."))
            return redirect("reviews:team", code, team.pk)
    choosable: Any = form.fields["members"]
    context = {"stage": stage, "form": form, "rule": stage.spec.team, "pool_empty": not choosable.queryset.exists()}
    return render(request, "reviews/team_new.html", shared(request, stage.round) | context)


@login_required
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A team: members, entries, what it proposed."""
    return _page(request, team_for(request, pk))


def _page(request: HttpRequest, team: Team, **refused: forms.Form) -> HttpResponse:
    """The page; ``refused``: a form that comes back with what was typed, by its name here."""
    context = shared(request, team.stage.round) | {
        "team": team, "stage": team.stage, "works": works_for(request, team), "members": team.members.filter(ended_at=None).select_related("reviewer__user"),
        "proposal": TeamProposal.objects.filter(team=team).first(), "leads": leads_team(request.user, team),
    }  # fmt: skip
    if context["may_work"]:
        free = _free(request, team)
        many = free.count() > MOST_TICKS
        context |= {
            "assign_form": None if many else AssignForm(rows=free, auto_id="assign-%s"),
            "many_free": many,
            "dissolve_form": ReasonForm(auto_id="dissolve-%s"),
            "size_form": ReasonForm(auto_id="size-%s", initial={"reason": team.size_reason}),
        }
    return render(request, "reviews/team.html", context | refused)


@require_POST
@login_required
def assign(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give entries to a team."""
    team = _to_change(request, pk)
    form = AssignForm(request.POST, rows=_free(request, team), auto_id="assign-%s")
    return _act(request, team, "assign_form", form, assignments.assign, _("The entries are given to the team."))


@require_POST
@login_required
def dissolve(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Dissolve a team."""
    team, form = _to_change(request, pk), ReasonForm(request.POST, auto_id="dissolve-%s")
    then = reverse("reviews:stage", args=[code, team.stage_id])
    return _act(request, team, "dissolve_form", form, teams.dissolve, _("The team is dissolved."), then)


@require_POST
@login_required
def explain_size(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record the reason for a team's size."""
    team, form = _to_change(request, pk), ReasonForm(request.POST, auto_id="size-%s")
    return _act(request, team, "size_form", form, teams.explain_size, _("Recorded."))


def _act(
    request: HttpRequest, team: Team, name: str, form: forms.Form, act: Callable[..., Any], done: str, then: str = ""
) -> HttpResponse:
    page = reverse("reviews:team", args=[team.stage.round.jurisdiction.code, team.pk])
    return carry_out(
        request, form, act, page=page, again=lambda refused: _page(request, team, **{name: refused}), done=done, then=then, team=team,
    )  # fmt: skip


def _to_change(request: HttpRequest, pk: int) -> Team:
    team = team_for(request, pk)
    office_only(request, team.stage)
    return team


@require_POST
@login_required
def distribute(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give every entry without a team to one that may take it."""
    stage = stage_for(request, pk, kind="team_review")
    office_only(request, stage)
    left = attempt(request, assignments.distribute, stage=stage, done=_("The entries are distributed."))
    if left:
        text = ngettext("{n} entry can be taken by no team.", "{n} entries can be taken by no team.", len(left))
        messages.warning(request, text.format(n=len(left)))
    return redirect("reviews:stage", code, pk)


def _free(request: HttpRequest, team: Team):  # type: ignore[no-untyped-def]
    gone = Recusal.objects.filter(user=request.user.pk, ended_at=None).values("entry")
    rows = assignments.unassigned(team.stage).filter(entry__prize__in=team.prizes).exclude(entry__in=gone)
    return rows.select_related("entry__organisation").order_by("id")


def works_for(request: HttpRequest, team: Team) -> list[progress.EntryWork]:
    """The work on a team's entries that a person may see: not on those one is recused from; once the stage is closed the team's own
    access has ended, and only those who oversee it look back."""
    if team.stage.status == RoundStage.Status.CLOSED and not overview(request.user, team.stage):
        return []
    return open_to(request, progress.of_team(team))
