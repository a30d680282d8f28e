"""Pages: list of rounds, a round, making and opening one, its assumed values, its clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from core import clock as core_clock
from core.pages import attempt, carry_out
from core.refusals import Refused
from jurisdictions.lists import serve
from jurisdictions.rules import sees_administration
from rounds import engine, rulebook
from rounds.assumptions import changes, questions
from rounds.forms import ClockForm, OpenForm, ReasonForm, RoundForm
from rounds.lists import Rounds
from rounds.models import Round, RoundStage
from rounds.queries import current_stage, stages_with_counts
from rounds.rules import is_office_head, is_supervisor
from rounds.views.access import jurisdiction_for, round_for, shared, works_on_rounds


@login_required
def index(request: HttpRequest, code: str) -> HttpResponseBase:
    """All rounds of the jurisdiction, newest first."""
    jurisdiction = jurisdiction_for(request)
    rows = Round.objects.filter(jurisdiction=jurisdiction).select_related("policy")
    context = {
        "may_work": works_on_rounds(request.user, jurisdiction),
        "sees_administration": sees_administration(request.user, jurisdiction),
    }
    return serve(request, Rounds(request, rows, code=code), "rounds/index.html", context)


@login_required
def create(request: HttpRequest, code: str) -> HttpResponse:
    """Make a draft round."""
    jurisdiction = jurisdiction_for(request, works_on_rounds)
    form = RoundForm(request.POST or None, jurisdiction=jurisdiction)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        starts = given["starts_on"] if given["kind"] == Round.Kind.REHEARSAL else None
        try:
            round_ = engine.create_round(
                actor=request.user, jurisdiction=jurisdiction, policy=given["policy"], year=given["year"], kind=given["kind"],  # type: ignore[arg-type]
                starts_at=core_clock.start_of_day(starts) + dt.timedelta(hours=9) if starts else None,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return redirect("rounds:round", code, round_.pk)
    return render(request, "rounds/create.html", {"form": form})


@login_required
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A round: its stages in order, what comes next."""
    return _page(request, round_for(request, pk))


def _page(request: HttpRequest, round_: Round, **refused: forms.Form) -> HttpResponse:
    """The page; ``refused``: a form that comes back with what was typed, by its name here."""
    stages, context = stages_with_counts(round_), shared(request, round_)
    a_month = core_clock.legal_date(context["round_now"]) + dt.timedelta(days=30)
    context |= {
        "stages": stages,
        "current": current_stage(stages),
        "open_form": OpenForm(initial={"closes_on": a_month}),
        "clock_form": ClockForm(auto_id="clock-%s"),
        "may_read_log": (is_supervisor | is_office_head)(request.user, round_),
        "abandon_form": ReasonForm(auto_id="abandon-%s"),
        "can_open_next": any(s.status == RoundStage.Status.WAITING for s in stages)
        and not any(s.status == RoundStage.Status.OPEN for s in stages),
    }
    return render(request, "rounds/detail.html", context | refused)


@login_required
def settings(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The values that the regulation leaves open: set before the round is opened, frozen after."""
    round_ = round_for(request, pk)
    document = round_.rules_document or rulebook.adjusted(round_.policy.document, round_.adjustments)
    asked = questions(round_.rules, document)
    problem = ""
    if request.method == "POST":
        round_for(request, pk, works_on_rounds)
        try:
            _adjust(request, round_, changes(asked, request.POST))
        except Refused as refusal:
            problem = str(refusal)
        else:
            return redirect("rounds:settings", code, pk)
    context = shared(request, round_) | {"questions": asked, "problem": problem, "typed": request.POST}
    return render(request, "rounds/settings.html", context)


def _adjust(request: HttpRequest, round_: Round, values: dict[str, Any]) -> None:
    if not values:
        messages.info(request, _("No value was changed."))
        return
    engine.adjust(actor=request.user, round_=round_, values=values, reason=request.POST.get("reason", ""))  # type: ignore[arg-type]
    messages.success(request, _("The values are set for this round."))


@require_POST
@login_required
def open_(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Open the round."""
    round_ = round_for(request, pk, works_on_rounds)
    return _act(request, round_, "open_form", OpenForm(request.POST), engine.open_round, _("The round is open."))


@require_POST
@login_required
def next_(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Open the next stage."""
    round_ = round_for(request, pk, works_on_rounds)
    stage = attempt(request, engine.open_next, round_=round_, done=_("The stage is open."))
    return redirect(
        reverse("rounds:stage", args=[code, stage.pk]) if stage else reverse("rounds:round", args=[code, pk])
    )


@require_POST
@login_required
def abandon(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give the round up."""
    round_, form = round_for(request, pk, works_on_rounds), ReasonForm(request.POST, auto_id="abandon-%s")
    return _act(request, round_, "abandon_form", form, engine.abandon_round, _("The round is abandoned."))


@require_POST
@login_required
def clock_(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Move a rehearsal's clock."""
    round_, form = round_for(request, pk, works_on_rounds), ClockForm(request.POST, auto_id="clock-%s")
    return _act(request, round_, "clock_form", form, _move_clock, _("The rehearsal's clock was moved."))


def _move_clock(*, actor: User, round_: Round, day: dt.date) -> Round:
    """To nine o'clock of the day that was typed."""
    return engine.move_clock(actor=actor, round_=round_, to=core_clock.start_of_day(day) + dt.timedelta(hours=9))


def _act(
    request: HttpRequest, round_: Round, name: str, form: forms.Form, act: Callable[..., Any], done: str
) -> HttpResponse:
    page = reverse("rounds:round", args=[round_.jurisdiction.code, round_.pk])
    return carry_out(
        request, form, act, page=page, again=lambda refused: _page(request, round_, **{name: refused}), done=done, round_=round_
    )  # fmt: skip
