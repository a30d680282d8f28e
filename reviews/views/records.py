"""Acts on a reviewer's page: qualification, record, discipline, interest. What is refused comes back with what was typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Organisation, User
from core.pages import carry_out
from reviews.domain import conduct, interests, pool
from reviews.forms.interests import EngagementForm
from reviews.forms.pool import DisciplineForm, EndForm, InterestForm, NoteForm, QualifyForm
from reviews.forms.teams import ReasonForm
from reviews.models import InterestDeclaration, Qualification, Reviewer
from reviews.rules import keeps_pool
from reviews.views.access import jurisdiction_of, office_only
from reviews.views.pool import person, reviewer_for


@require_POST
@login_required
def qualify(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record a qualification."""
    reviewer = _office(request, pk)
    form = QualifyForm(request.POST, policy=pool.policy_for(reviewer.jurisdiction), auto_id="qualify-%s")
    return _act(request, reviewer, "qualify_form", form, partial(pool.qualify, reviewer=reviewer))


@require_POST
@login_required
def end_qualification(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """End a qualification."""
    held: Qualification = get_object_or_404(Qualification.objects.select_related("reviewer__jurisdiction"), pk=pk)
    reviewer, form = _office(request, held.reviewer_id), EndForm(request.POST, auto_id=f"end-{pk}-%s")
    return _act(request, reviewer, f"end-{pk}", form, partial(pool.end_qualification, qualification=held))


@require_POST
@login_required
def note(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record training or supervision."""
    reviewer, form = _office(request, pk), NoteForm(request.POST, auto_id="note-%s")
    return _act(request, reviewer, "note_form", form, partial(pool.note, reviewer=reviewer))


@require_POST
@login_required
def discipline(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record a breach and what follows from it."""
    reviewer = _office(request, pk)
    form = DisciplineForm(request.POST, policy=pool.policy_for(reviewer.jurisdiction), auto_id="discipline-%s")
    return _act(request, reviewer, "discipline_form", form, partial(conduct.discipline, reviewer=reviewer))


@require_POST
@login_required
def interest(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Declare an interest: one's own, or by the office."""
    reviewer, form = _own_or_office(request, pk), InterestForm(request.POST, auto_id="interest-%s")
    return _act(request, reviewer, "interest_form", form, partial(_declare, reviewer=reviewer))


@require_POST
@login_required
def end_interest(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """End a declared interest."""
    held: InterestDeclaration = get_object_or_404(InterestDeclaration, pk=pk)
    reviewer, form = _office(request, held.reviewer_id), ReasonForm(request.POST, auto_id=f"interest-{pk}-%s")
    return _act(request, reviewer, f"interest-{pk}", form, partial(interests.end_interest, interest=held))


@require_POST
@login_required
def engage(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record an earlier post or another tie: one's own, or by the office."""
    reviewer, form = _own_or_office(request, pk), EngagementForm(request.POST, auto_id="engagement-%s")
    return _act(request, reviewer, "engagement_form", form, partial(interests.engage, reviewer=reviewer))


def _declare(*, actor: User, reviewer: Reviewer, code: Organisation, text: str) -> Any:
    """The form asks for the organisation by its code."""
    return conduct.declare_interest(actor=actor, reviewer=reviewer, organisation=code, text=text)


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
    return carry_out(
        request, form, act, page=reverse("reviews:reviewer", args=[reviewer.jurisdiction.code, reviewer.pk]),
        again=lambda refused: person(request, reviewer, {name: refused}), done=_("Recorded."),
    )  # fmt: skip
