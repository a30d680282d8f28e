"""A reviewer's own pages: the entries assigned, undertakings, stepping aside."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.pages import attempt, submit
from jurisdictions.lists import serve
from jurisdictions.rules import holds
from reviews.domain import conduct, pool
from reviews.forms.teams import ReasonForm
from reviews.lists import Mine
from reviews.models import Report, Reviewer, ScoreSheet, TeamMember, Visit
from reviews.rules import assignments_of
from reviews.views.access import assigned, jurisdiction_of, shared
from rounds.models import RoundStage


@login_required
def index(request: HttpRequest, code: str) -> HttpResponseBase:
    """The entries that are mine to review in open stages, with what is left to do."""
    reviewer = _active(request)
    if reviewer is None:
        return _not_in_pool(request)
    sheets = ScoreSheet.objects.filter(stage_entry=OuterRef("stage_entry"), reviewer=OuterRef("reviewer"))
    rows = (
        assignments_of(request.user)
        .filter(stage_entry__stage__status=RoundStage.Status.OPEN, stage_entry__status="pending")
        .select_related("team", "reviewer", "stage_entry__stage__round__jurisdiction", "stage_entry__entry__organisation")
        .annotate(
            saved_at=Subquery(sheets.values("saved_at")[:1]), submitted_at=Subquery(sheets.values("submitted_at")[:1]),
            report_id=Subquery(Report.objects.filter(stage_entry=OuterRef("stage_entry")).values("pk")[:1]),
            visit_id=Subquery(Visit.objects.filter(stage_entry=OuterRef("stage_entry")).values("pk")[:1]),
        )
    )  # fmt: skip
    policy = pool.policy_for(jurisdiction_of(request))
    unsigned = (
        [u for u in policy.undertakings if "reviewer" in u.who and u.key not in reviewer.undertakings] if policy else []
    )
    teams = TeamMember.objects.filter(
        reviewer=reviewer,
        is_leader=True,
        ended_at=None,
        team__ended_at=None,
        team__stage__status=RoundStage.Status.OPEN,
    ).select_related("team__stage__round")
    context = {"reviewer": reviewer, "unsigned": unsigned, "teams": teams, "rules": policy}
    return serve(request, Mine(request, rows, code=code), "reviews/mine.html", context)


@login_required
def undertaking(request: HttpRequest, code: str) -> HttpResponse:
    """Read and sign what the policy asks reviewers to undertake."""
    reviewer = _reviewer(request)
    if request.method == "POST":
        attempt(request, pool.sign_undertakings, reviewer=reviewer, done=_("Signed; thank you."))
        return redirect("reviews:mine", code)
    policy = pool.policy_for(jurisdiction_of(request))
    texts = [u for u in policy.undertakings if "reviewer" in u.who] if policy else []
    return render(request, "reviews/undertaking.html", {"reviewer": reviewer, "texts": texts, "rules": policy})


@login_required
def step_aside(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Declare an interest in the applicant: the entry is gone at once."""
    row, assignment = assigned(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = submit(
            request, form, conduct.declare_interest, reviewer=assignment.reviewer, organisation=row.entry.organisation,
            text=form.cleaned_data["reason"], round_=row.stage.round,
        )  # fmt: skip
        if made:
            messages.success(request, _("You have stepped aside; the application is no longer yours to see."))
            return redirect("reviews:mine", code)
    return render(
        request,
        "reviews/step_aside.html",
        shared(request, row.stage.round) | {"form": form, "row": row, "stage": row.stage},
    )


def _active(request: HttpRequest) -> Reviewer | None:
    reviewer: Reviewer | None = (
        Reviewer.objects.filter(jurisdiction=jurisdiction_of(request), user=request.user.pk, status=Reviewer.Status.ACTIVE)
        .select_related("user", "jurisdiction").first()
    )  # fmt: skip
    return reviewer


def _reviewer(request: HttpRequest) -> Reviewer:
    reviewer = _active(request)
    if reviewer is None:
        raise Http404
    return reviewer


def _not_in_pool(request: HttpRequest) -> HttpResponse:
    """Somebody with the role who is not, or no longer, in the pool is told so; anybody else finds nothing."""
    if not holds("reviewer")(request.user, jurisdiction_of(request)):
        raise Http404
    return render(request, "reviews/not_in_pool.html")
