"""Acts on a reviewer's page: qualification, record, discipline, interest. What is refused comes back with what was typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reviews.domain import conduct, interests, pool
from reviews.forms.interests import EngagementForm
from reviews.forms.pool import DisciplineForm, EndForm, InterestForm, NoteForm, QualifyForm
from reviews.forms.teams import ReasonForm
from reviews.models import InterestDeclaration, Qualification, Reviewer
from reviews.rules import keeps_pool
from reviews.views.access import jurisdiction_of, office_only, on_form
from reviews.views.pool import person, reviewer_for


@require_POST
@login_required
def qualify(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record a qualification."""
    reviewer = _office(request, pk)
    form = QualifyForm(request.POST, policy=pool.policy_for(reviewer.jurisdiction), auto_id="qualify-%s")
    return _act(request, reviewer, "qualify_form", form, pool.qualify)


@require_POST
@login_required
def end_qualification(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """End a qualification."""
    held: Qualification = get_object_or_404(Qualification.objects.select_related("reviewer__jurisdiction"), pk=pk)
    reviewer = _office(request, held.reviewer_id)
    form = EndForm(request.POST, auto_id=f"end-{pk}-%s")
    if form.is_valid() and on_form(request, form, pool.end_qualification, qualification=held, **form.cleaned_data):
        return _done(request, reviewer)
    return person(request, reviewer, {f"end-{pk}": form})


@require_POST
@login_required
def note(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record training or supervision."""
    return _act(request, _office(request, pk), "note_form", NoteForm(request.POST, auto_id="note-%s"), pool.note)


@require_POST
@login_required
def discipline(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record a breach and what follows."""
    reviewer = _office(request, pk)
    form = DisciplineForm(request.POST, policy=pool.policy_for(reviewer.jurisdiction), auto_id="discipline-%s")
    return _act(request, reviewer, "discipline_form", form, conduct.discipline)


@require_POST
@login_required
def interest(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Declare an interest: one's own, or by the office."""
    reviewer = _own_or_office(request, pk)
    form = InterestForm(request.POST, auto_id="interest-%s")
    if form.is_valid() and on_form(
        request, form, conduct.declare_interest, reviewer=reviewer, organisation=form.cleaned_data["code"], text=form.cleaned_data["text"]
    ):  # fmt: skip
        return _done(request, reviewer)
    return person(request, reviewer, {"interest_form": form})


@require_POST
@login_required
def end_interest(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """End a declared interest."""
    held: InterestDeclaration = get_object_or_404(InterestDeclaration, pk=pk)
    reviewer = _office(request, held.reviewer_id)
    form = ReasonForm(request.POST, auto_id=f"interest-{pk}-%s")
    if form.is_valid() and on_form(request, form, interests.end_interest, interest=held, **form.cleaned_data):
        return _done(request, reviewer)
    return person(request, reviewer, {f"interest-{pk}": form})


@require_POST
@login_required
def engage(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record an earlier post or another tie: one's own, or by the office."""
    form = EngagementForm(request.POST, auto_id="engagement-%s")
    return _act(request, _own_or_office(request, pk), "engagement_form", form, interests.engage)


def _own_or_office(request: HttpRequest, pk: int) -> Reviewer:
    reviewer = reviewer_for(request, pk)
    if reviewer.user_id != request.user.pk and not keeps_pool(request.user, jurisdiction_of(request)):
        raise PermissionDenied
    return reviewer


def _office(request: HttpRequest, pk: int) -> Reviewer:
    reviewer = reviewer_for(request, pk)
    office_only(request, jurisdiction_of(request))
    return reviewer


def _act(
    request: HttpRequest, reviewer: Reviewer, name: str, form: forms.Form, act: Callable[..., Any]
) -> HttpResponse:
    if form.is_valid() and on_form(request, form, partial(act, reviewer=reviewer, **form.cleaned_data)):
        return _done(request, reviewer)
    return person(request, reviewer, {name: form})


def _done(request: HttpRequest, reviewer: Reviewer) -> HttpResponse:
    messages.success(request, _("Recorded."))
    return redirect("reviews:reviewer", reviewer.jurisdiction.code, reviewer.pk)
