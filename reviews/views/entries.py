"""The office's page of one entry's review: who reviews it, replacing, taking back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.pages import carry_out
from reviews.domain import assignments
from reviews.forms.teams import LeaderForm, ReasonForm, ReplaceForm
from reviews.models import Assignment, Reviewer
from reviews.queries import progress
from reviews.views.access import office_only, overview, row_for, shared
from rounds.models import StageEntry


@login_required
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Assignments (ended ones too), sheets, report, and what the office may change."""
    return _page(request, _seen(request, pk))


def _page(request: HttpRequest, row: StageEntry, **refused: forms.Form) -> HttpResponse:
    """The page; ``refused``: a form that comes back with what was typed, by its name here."""
    work = progress.of_entry(row)
    context = shared(request, row.stage.round) | {
        "row": row, "stage": row.stage, "work": work,
        "assignments": Assignment.objects.filter(stage_entry=row).select_related("reviewer__user", "team").order_by("id"),
        "scored": {sheet.reviewer_id: sheet for sheet in work.every_sheet},
    }  # fmt: skip
    if context["may_work"]:
        context |= {
            "replace_form": _replace_form(row),
            "leader_form": LeaderForm(people=_reviewing(row), auto_id="leader-%s"),
            "take_back_form": ReasonForm(auto_id="back-%s"),
        }
    return render(request, "reviews/entry.html", context | refused)


@require_POST
@login_required
def replace(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Put another reviewer in the place of one."""
    row = _to_change(request, pk)
    form = _replace_form(row, request.POST)
    return _act(request, row, "replace_form", form, assignments.replace, _("The place is filled anew."))


@require_POST
@login_required
def take_back(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take the entry from its team."""
    row, form = _to_change(request, pk), ReasonForm(request.POST, auto_id="back-%s")
    return _act(request, row, "take_back_form", form, assignments.take_back, _("The entry is taken back."))


@require_POST
@login_required
def leader(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Appoint who leads for this entry."""
    row = _to_change(request, pk)
    form = LeaderForm(request.POST, people=_reviewing(row), auto_id="leader-%s")
    return _act(request, row, "leader_form", form, assignments.appoint_leader, _("The leader is appointed."))


def _act(
    request: HttpRequest, row: StageEntry, name: str, form: forms.Form, act: Callable[..., Any], done: str
) -> HttpResponse:
    return carry_out(
        request, form, act, page=reverse("reviews:entry", args=[row.stage.round.jurisdiction.code, row.pk]),
        again=lambda refused: _page(request, row, **{name: refused}), done=done, stage_entry=row,
    )  # fmt: skip


def _to_change(request: HttpRequest, pk: int) -> StageEntry:
    row = _seen(request, pk)
    office_only(request, row.stage)
    return row


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
    coming = pool.select_related("user").order_by("user__name", "id")
    return ReplaceForm(data, leaving=leaving, coming=coming, auto_id="replace-%s")
