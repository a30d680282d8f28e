"""The applicant's pages: confirming a report, reading feedback."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.pages import submit
from reviews.domain import reports, requests
from reviews.forms.field import ConfirmForm
from reviews.forms.interests import RequestForm
from reviews.models import Feedback, RecusalRequest, Report, Visit
from reviews.rules import heads_of, is_head_of, may_act_for, may_confirm, may_read_for
from reviews.views.access import overview, shared
from rounds.models import Entry, StageEntry


@login_required
def confirm(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Read the report on one's own application and confirm it."""
    row = _own(request, pk)
    report: Report = get_object_or_404(Report.objects.select_related("confirmed_by", "paper"), stage_entry=row)
    report.stage_entry = row
    rule = row.stage.spec.confirm
    may = may_confirm(request.user, report)
    form = ConfirmForm(
        request.POST or None,
        on_the_spot=bool(rule and rule.on_the_spot),
        initial={"answer": "agreed", "version": report.version},
    )
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        if form.is_valid() and submit(request, form, reports.confirm, report=report, **form.cleaned_data):
            messages.success(request, _("Your confirmation is recorded."))
            return redirect("reviews:confirm", code, pk)
    visit = Visit.objects.filter(stage_entry=row).first() if rule and rule.on_the_spot else None
    context = {
        "row": row, "stage": row.stage, "report": report, "form": form, "may": may, "rule": rule, "visit": visit,
        "heads": [] if may or report.confirmed_at else heads_of(row.entry.organisation_id),
    }  # fmt: skip
    return render(request, "reviews/confirm.html", shared(request, row.stage.round) | context)


@login_required
def feedback(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What an organisation that did not go on was told."""
    row = _own(request, pk)
    told: Feedback = get_object_or_404(Feedback.objects.select_related("paper"), stage_entry=row)
    return render(
        request,
        "reviews/feedback.html",
        shared(request, row.stage.round) | {"row": row, "stage": row.stage, "told": told},
    )


@login_required
def recusal(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Ask that somebody shall not review one's own application; what was asked and answered."""
    entry: Entry = get_object_or_404(
        Entry.objects.not_recused_from(request.user).select_related("round__jurisdiction", "organisation"), pk=pk
    )
    if not ((may_read_for | is_head_of)(request.user, entry.organisation) or overview(request.user, entry.round)):
        raise Http404
    may = may_act_for(request.user, entry.organisation) and requests.reviews_to_come(entry)
    form = RequestForm(request.POST or None)
    if request.method == "POST":
        if not may_act_for(request.user, entry.organisation):
            raise PermissionDenied
        if form.is_valid() and submit(request, form, requests.ask, entry=entry, **form.cleaned_data):
            messages.success(request, _("Your request is with the office."))
            return redirect("reviews:recusal", code, pk)
    asked = RecusalRequest.objects.filter(entry=entry).select_related("by")
    context = shared(request, entry.round) | {"entry": entry, "form": form, "may": may, "asked": asked}
    return render(request, "reviews/recusal.html", context)


def _own(request: HttpRequest, pk: int) -> StageEntry:
    """A stage entry of one's own organisation (or seen by office and supervision)."""
    rows = StageEntry.objects.not_recused_from(request.user).select_related(
        "stage__round__jurisdiction", "entry__organisation"
    )
    row: StageEntry = get_object_or_404(rows, pk=pk, stage__kind="team_review")
    row.entry.round = row.stage.round
    organisation = row.entry.organisation
    if not ((may_read_for | is_head_of)(request.user, organisation) or overview(request.user, row.stage)):
        raise Http404
    return row
