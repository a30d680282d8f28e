"""Acts on a reviewer's page: qualification, record, discipline, interest."""

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

from core.pages import attempt
from reviews.domain import conduct, pool
from reviews.forms.pool import DisciplineForm, EndForm, InterestForm, NoteForm, QualifyForm
from reviews.models import Qualification, Reviewer
from reviews.rules import keeps_pool
from reviews.views.access import jurisdiction_of, office_only
from reviews.views.pool import reviewer_for


@require_POST
@login_required
def qualify(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record a qualification."""
    reviewer = _office(request, pk)
    form = QualifyForm(request.POST, policy=pool.policy_for(reviewer.jurisdiction))
    return _act(request, reviewer, form, pool.qualify)


@require_POST
@login_required
def end_qualification(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """End a qualification."""
    held: Qualification = get_object_or_404(Qualification.objects.select_related("reviewer__jurisdiction"), pk=pk)
    reviewer = _office(request, held.reviewer_id)
    form = EndForm(request.POST)
    if form.is_valid():
        attempt(request, pool.end_qualification, qualification=held, done=_("Saved."), **form.cleaned_data)
    else:
        _complain(request, form)
    return redirect("reviews:reviewer", code, reviewer.pk)


@require_POST
@login_required
def note(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record training or supervision."""
    return _act(request, _office(request, pk), NoteForm(request.POST), pool.note)


@require_POST
@login_required
def discipline(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record a breach and what follows."""
    reviewer = _office(request, pk)
    return _act(
        request,
        reviewer,
        DisciplineForm(request.POST, policy=pool.policy_for(reviewer.jurisdiction)),
        conduct.discipline,
    )


@require_POST
@login_required
def interest(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Declare an interest: one's own, or by the office."""
    reviewer = reviewer_for(request, pk)
    if reviewer.user_id != request.user.pk and not keeps_pool(request.user, jurisdiction_of(request)):
        raise PermissionDenied
    form = InterestForm(request.POST)
    if form.is_valid():
        organisation, text = form.cleaned_data["code"], form.cleaned_data["text"]
        attempt(
            request,
            conduct.declare_interest,
            reviewer=reviewer,
            organisation=organisation,
            text=text,
            done=_("Recorded."),
        )
    else:
        _complain(request, form)
    return redirect("reviews:reviewer", code, pk)


def _office(request: HttpRequest, pk: int) -> Reviewer:
    reviewer = reviewer_for(request, pk)
    office_only(request, jurisdiction_of(request))
    return reviewer


def _act(request: HttpRequest, reviewer: Reviewer, form: forms.Form, act: Callable[..., Any]) -> HttpResponse:
    if form.is_valid():
        attempt(request, partial(act, reviewer=reviewer, **form.cleaned_data), done=_("Recorded."))
    else:
        _complain(request, form)
    return redirect("reviews:reviewer", reviewer.jurisdiction.code, reviewer.pk)


def _complain(request: HttpRequest, form: forms.Form) -> None:
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        messages.error(request, f"{label} {' '.join(str(error) for error in errors)}".strip())
