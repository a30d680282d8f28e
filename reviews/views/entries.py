"""The office's page of one entry's review: who reviews it, replacing, taking back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.pages import attempt
from reviews.domain import assignments
from reviews.forms.teams import LeaderForm, ReasonForm, ReplaceForm
from reviews.models import Assignment, Reviewer
from reviews.queries import progress
from reviews.views.access import office_only, overview, row_for, shared
from rounds.models import StageEntry


@login_required
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Assignments (ended ones too), sheets, report, and what the office may change."""
    row = _seen(request, pk)
    work = progress.of_entry(row)
    context = shared(request, row.stage.round) | {
        "row": row, "stage": row.stage, "work": work,
        "assignments": Assignment.objects.filter(stage_entry=row).select_related("reviewer__user", "team").order_by("id"),
        "scored": {sheet.reviewer_id: sheet for sheet in work.every_sheet},
    }  # fmt: skip
    if context["may_work"]:
        context |= {
            "replace_form": _replace_form(row),
            "leader_form": LeaderForm(people=_reviewing(row)),
            "reason_form": ReasonForm(),
        }
    return render(request, "reviews/entry.html", context)


@require_POST
@login_required
def replace(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Put another reviewer in the place of one."""
    row = _seen(request, pk)
    office_only(request, row.stage)
    form = _replace_form(row, request.POST)
    if form.is_valid():
        attempt(request, assignments.replace, stage_entry=row, done=_("The place is filled anew."), **form.cleaned_data)
    else:
        messages.error(request, _("Choose who leaves, who comes, and give the reason."))
    return redirect("reviews:entry", code, pk)


@require_POST
@login_required
def take_back(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take the entry from its team."""
    row = _seen(request, pk)
    office_only(request, row.stage)
    attempt(
        request,
        assignments.take_back,
        stage_entry=row,
        reason=request.POST.get("reason", ""),
        done=_("The entry is taken back."),
    )
    return redirect("reviews:entry", code, pk)


@require_POST
@login_required
def leader(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Appoint who leads for this entry."""
    row = _seen(request, pk)
    office_only(request, row.stage)
    form = LeaderForm(request.POST, people=_reviewing(row))
    if form.is_valid():
        attempt(
            request,
            assignments.appoint_leader,
            stage_entry=row,
            done=_("The leader is appointed."),
            **form.cleaned_data,
        )
    return redirect("reviews:entry", code, pk)


def _seen(request: HttpRequest, pk: int) -> StageEntry:
    row = row_for(request, pk)
    if not overview(request.user, row.stage):
        raise Http404
    return row


def _reviewing(row: StageEntry):  # type: ignore[no-untyped-def]
    running = Assignment.objects.filter(stage_entry=row, ended_at=None)
    return Reviewer.objects.filter(pk__in=running.values("reviewer")).select_related("user").order_by("id")


def _replace_form(row: StageEntry, data=None) -> ReplaceForm:  # type: ignore[no-untyped-def]
    open_places = Assignment.objects.filter(stage_entry=row, replaced_by=None).exclude(end_code="unassigned")
    leaving = Reviewer.objects.filter(pk__in=open_places.values("reviewer")).select_related("user").order_by("id")
    pool = Reviewer.objects.filter(jurisdiction=row.stage.round.jurisdiction_id, status=Reviewer.Status.ACTIVE)
    if not row.stage.round.is_rehearsal:
        pool = pool.filter(rehearsal=False)
    return ReplaceForm(data, leaving=leaving, coming=pool.select_related("user").order_by("user__name", "id"))
