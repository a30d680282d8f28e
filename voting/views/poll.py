"""Pages of a ballot: its state, opening, closing, counting; ties; the minutes."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.pages import attempt, submit
from documents import papers
from voting import bundle, queries
from voting.domain import counting, polls, ties
from voting.forms import TieForm, VoidForm
from voting.models import Ballot, Minutes, Poll, RollSeat, TellerKey
from voting.results import outcome
from voting.rules import ends_votes, is_on_roll, sees_votes
from voting.views.access import any_poll, meeting_for, poll_for, shared, stage_for, works
from voting.views.meeting import _meeting_page, _stage_page, tellers_form
from voting.views.shown import tallies_for, tied_for


@require_POST
@login_required
def prepare(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Prepare a ballot."""
    meeting = meeting_for(request, pk)
    works(request, meeting)
    form = tellers_form(meeting.stage, request.POST)
    if form is None:
        poll = attempt(request, polls.prepare, meeting=meeting, done=_("The ballot is prepared."))
        return redirect("voting:poll", code, poll.pk) if poll else redirect("voting:meeting", code, pk)
    if form.is_valid():
        given: dict[str, Any] = {
            "meeting": meeting,
            "tellers": list(form.cleaned_data["people"]),
            "done": _("The ballot is prepared."),
        }
        poll = submit(request, form, polls.prepare, **given)
        if poll:
            return redirect("voting:poll", code, poll.pk)
    return _meeting_page(request, meeting, tellers_form=form)


@require_POST
@login_required
def second_round(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Prepare a second round among the tied."""
    meeting = meeting_for(request, pk)
    works(request, meeting)
    form = tellers_form(meeting.stage, request.POST)
    tellers = list(form.cleaned_data["people"]) if form is not None and form.is_valid() else []
    poll = attempt(request, ties.second_round, meeting=meeting, tellers=tellers, done=_("The ballot is prepared."))
    return redirect("voting:poll", code, poll.pk) if poll else redirect("voting:stage", code, meeting.stage_id)


@login_required
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A ballot."""
    return _poll_page(request, poll_for(request, pk))


@require_POST
@login_required
def open_(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Open the vote."""
    poll = poll_for(request, pk)
    works(request, poll)
    attempt(request, polls.open_poll, poll=poll, done=_("The vote is open."))
    return redirect("voting:poll", code, pk)


@require_POST
@login_required
def close(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Close the vote."""
    poll = poll_for(request, pk)
    works(request, poll)
    attempt(request, polls.close_poll, poll=poll, done=_("The vote is closed."))
    return redirect("voting:poll", code, pk)


@require_POST
@login_required
def count(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Count the ballots."""
    poll = poll_for(request, pk)
    works(request, poll)
    attempt(request, counting.count, poll=poll, done=_("The ballots are counted."))
    return redirect("voting:poll", code, pk)


@require_POST
@login_required
def void(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Declare the ballot void."""
    poll = poll_for(request, pk)
    works(request, poll, ends_votes)
    form = VoidForm(request.POST)
    given: dict[str, Any] = {"poll": poll, "done": _("The ballot is void.")}
    if form.is_valid() and submit(request, form, polls.void_poll, **given, **form.cleaned_data):
        return redirect("voting:poll", code, pk)
    return _poll_page(request, poll, void_form=form)


@require_safe
@login_required
def minutes(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The minutes as a bundle, for the stand-alone verifier; for the office, supervision and those on the roll."""
    poll = any_poll(pk)
    if not (sees_votes(request.user, poll) or is_on_roll(request.user, poll)):
        raise Http404
    found = get_object_or_404(Minutes, poll=poll)
    text = json.dumps(bundle.export(found), ensure_ascii=False, sort_keys=True, indent=1)
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="minutes-{poll.stage.key}-{poll.number}.json"'
    return response


@require_POST
@login_required
def tie(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record the committee's decision on a tie."""
    stage = stage_for(request, pk)
    works(request, stage, ends_votes)
    tied = tied_for(request.user, outcome(stage))
    form = TieForm(request.POST, entries=[s.row.entry for s in tied])
    if form.is_valid():
        given: dict[str, Any] = {
            "order": form.order,
            "reason": form.cleaned_data["reason"],
            "done": _("The decision on the tie is recorded."),
        }
        if submit(request, form, ties.settle_tie, stage=stage, **given):
            return redirect("voting:stage", code, pk)
    return _stage_page(request, stage, tie_form=form)


def _poll_page(request: HttpRequest, poll: Poll, **forms: Any) -> HttpResponse:
    counted = poll.status == Poll.Status.COUNTED
    seat = RollSeat.objects.filter(poll=poll, user=request.user.pk).first()
    context = (
        shared(request, poll.stage)
        | {
            "poll": poll,
            "roll": queries.seats_of(poll),
            "voted": set(Ballot.objects.filter(poll=poll).values_list("seat_id", flat=True)),
            "tellers": TellerKey.objects.filter(poll=poll).select_related("teller").order_by("position"),
            "mine": TellerKey.objects.filter(poll=poll, teller=request.user.pk).first(),
            "seat": seat,
            "items": poll.items.count(),
            "rows": tallies_for(request.user, poll) if counted else [],
            "scored": poll.method != Poll.Method.APPROVE,
            "receipts": Ballot.objects.filter(poll=poll).order_by("receipt").values_list("receipt", flat=True)
            if poll.closed_at
            else [],
            "paper": papers.of_subject(poll).first() if counted else None,
            "may_end": ends_votes(request.user, poll),
            "may_have_minutes": counted and (sees_votes(request.user, poll) or seat is not None),
            "void_form": VoidForm(),
        }
        | forms
    )
    return render(request, "voting/poll.html", context, status=422 if forms else 200)
