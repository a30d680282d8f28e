"""Pages of visits and hearings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.pages import submit
from reviews.domain import visits
from reviews.forms.field import FeedbackForm, HearingForm, OpinionForm, VisitForm
from reviews.queries.progress import EntryWork
from reviews.rules import is_office
from reviews.views.access import leading, shared, work_for
from rounds import clock


@login_required
def visit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The visit: its record, feedback on the spot, the team's opinion."""
    work, assignment = _work(request, pk, "onsite")
    today = clock.today(work.row.stage.round)
    form = VisitForm(request.POST or None, initial={"started_on": today, "ended_on": today})
    if request.method == "POST":
        leading(assignment)
        if form.is_valid() and submit(request, form, visits.record_visit, stage_entry=work.row, **form.cleaned_data):
            messages.success(request, _("The visit is recorded."))
            return redirect("reviews:visit", code, pk)
    return _render(request, work, assignment, {"form": form})


@require_POST
@login_required
def feed_back(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Feedback on the spot."""
    return _act(request, code, pk, FeedbackForm(request.POST), visits.feed_back, "feed_back_form")


@require_POST
@login_required
def opinion(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The team's opinion after the visit."""
    return _act(request, code, pk, OpinionForm(request.POST), visits.give_opinion, "opinion_form")


@login_required
def hearing(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A statement and defence, and whether the head was there."""
    work, assignment = _work(request, pk, "defence")
    may_record = is_office(request.user, work.row.stage) or (assignment is not None and assignment.is_leader)
    held = work.hearing
    names = ("held_on", "head_present", "head_name", "note")
    form = HearingForm(request.POST or None, initial={name: getattr(held, name) for name in names} if held else None)
    if request.method == "POST":
        if not may_record:
            raise PermissionDenied
        if form.is_valid() and submit(request, form, visits.record_hearing, stage_entry=work.row, **form.cleaned_data):
            messages.success(request, _("The hearing is recorded."))
            return redirect("reviews:hearing", code, pk)
    context = {
        "work": work,
        "row": work.row,
        "stage": work.row.stage,
        "form": form,
        "may_record": may_record,
        "hearing": held,
    }
    return render(request, "reviews/hearing.html", shared(request, work.row.stage.round) | context)


def _work(request: HttpRequest, pk: int, mode: str) -> tuple[EntryWork, Any]:
    work, assignment = work_for(request, pk)
    if work.spec.mode != mode:
        raise Http404
    return work, assignment


def _act(
    request: HttpRequest, code: str, pk: int, form: forms.Form, act: Callable[..., Any], name: str
) -> HttpResponse:
    work, assignment = _work(request, pk, "onsite")
    leading(assignment)
    if form.is_valid() and submit(request, form, act, stage_entry=work.row, **form.cleaned_data):
        messages.success(request, _("Recorded."))
        return redirect("reviews:visit", code, pk)
    return _render(request, work, assignment, {name: form})


def _render(request: HttpRequest, work: EntryWork, assignment: Any, forms_: dict[str, forms.Form]) -> HttpResponse:
    context = shared(request, work.row.stage.round) | {
        "work": work, "row": work.row, "stage": work.row.stage, "visit": work.visit, "assignment": assignment,
        "leads": assignment is not None and assignment.is_leader, "form": VisitForm(), "feed_back_form": FeedbackForm(),
        "opinion_form": OpinionForm(),
    }  # fmt: skip
    return render(request, "reviews/visit.html", context | forms_)
