"""Drafts of feedback to those that a prepared decision stops."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.pages import attempt
from jurisdictions.lists import serve
from reviews.domain import feedback
from reviews.lists.feedback import Drafts, Told
from reviews.models import FeedbackDraft
from reviews.views.access import office_only, shared, stage_for
from rounds.models import Decision, Recusal, RoundStage


@login_required
def drafts(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Every entry that does not go on, with what it will be told."""
    stage = stage_for(request, pk, kind="team_review")
    if stage.spec.feedback == "none":
        raise Http404
    gone = set(Recusal.objects.filter(user=request.user.pk, entry__round=stage.round_id, ended_at=None).values_list("entry_id", flat=True))  # fmt: skip
    rows = [row for row in feedback.stopped(stage) if row.entry_id not in gone]
    held = {
        draft.stage_entry_id: draft
        for draft in FeedbackDraft.objects.filter(stage_entry__in=rows).select_related("written_by", "approved_by")
    }
    typed = request.session.pop(f"feedback-{pk}", None) or {}
    context = shared(request, stage.round) | {
        "stage": stage, "undrafted": sum(1 for row in rows if row.pk not in held),
        "decision": Decision.objects.filter(stage=stage, status=Decision.Status.PREPARED).first(),
    }  # fmt: skip
    lines = [Told(row, held.get(row.pk), typed.get(str(row.pk), "")) for row in rows]
    lines.sort(key=lambda told: not told.typed)  # what could not be saved stands on the first page
    works = context["may_work"] and stage.status == RoundStage.Status.OPEN
    listing = Drafts(
        request, lines, code=code, stage=stage, round=stage.round, works=works, change_url=reverse("reviews:change_feedback", args=[code, pk])
    )  # fmt: skip
    return serve(request, listing, "reviews/feedback_drafts.html", context)


@require_POST
@login_required
def change(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Draft what is missing, write one anew, approve all that wait."""
    stage = stage_for(request, pk, kind="team_review")
    office_only(request, stage)
    act = request.POST.get("act", "")
    if act == "draft":
        attempt(request, feedback.draft, stage=stage, done=_("The feedback is drafted from the reports."))
    elif act == "approve":
        ids = [int(value) for value in request.POST.getlist("draft") if value.isdecimal()]
        attempt(request, feedback.approve, stage=stage, drafts=ids, done=_("The feedback is approved."))
    elif act == "edit":
        _edited(request, pk)
    return redirect("reviews:feedback_drafts", code, pk)


def _edited(request: HttpRequest, stage: int) -> None:
    number, version = request.POST.get("draft", ""), request.POST.get("version", "")
    held: FeedbackDraft = get_object_or_404(
        FeedbackDraft.objects.select_related("stage_entry__stage"),
        pk=int(number) if number.isdecimal() else 0, stage_entry__stage=stage,
    )  # fmt: skip
    text = request.POST.get("text", "")
    done = attempt(
        request, feedback.edit, held=held, text=text, version=int(version) if version.isdecimal() else 0, done=_("Saved.")
    )  # fmt: skip
    if done is None and text.strip():  # what was typed stays
        request.session[f"feedback-{stage}"] = {str(held.stage_entry_id): text}
