"""Who may open the pages of a vote: what is not yours to see answers 404, what is not yours to do 403."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from core.access import Predicate
from rounds import clock
from rounds.models import RoundStage
from voting.models import Meeting, Poll
from voting.rules import is_on_roll, is_teller_of, runs_votes, sees_results, sees_votes

STAGE = ("stage__round__jurisdiction", "stage__round__policy")


def stage_for(request: HttpRequest, pk: int) -> RoundStage:
    """A vote stage, for whoever may see results."""
    rows = RoundStage.objects.select_related("round__jurisdiction", "round__policy")
    stage: RoundStage = get_object_or_404(rows, pk=pk, kind="vote")
    _seen(request, sees_results, stage)
    return stage


def meeting_for(request: HttpRequest, pk: int) -> Meeting:
    """A meeting, for the office and supervision."""
    meeting: Meeting = get_object_or_404(Meeting.objects.select_related(*STAGE), pk=pk)
    _seen(request, sees_votes, meeting)
    return meeting


def poll_for(request: HttpRequest, pk: int) -> Poll:
    """A ballot, for the office, supervision, those on its roll and its tellers."""
    poll = any_poll(pk)
    if not (sees_results(request.user, poll) or is_on_roll(request.user, poll) or is_teller_of(request.user, poll)):
        raise Http404
    return poll


def any_poll(pk: int) -> Poll:
    """A ballot of this jurisdiction; the page itself asks who may see it."""
    poll: Poll = get_object_or_404(Poll.objects.select_related(*STAGE, "meeting"), pk=pk)
    poll.meeting.stage = poll.stage
    return poll


def works(request: HttpRequest, thing: Any, rule: Predicate = runs_votes) -> None:
    """403 unless the person may do this here."""
    if not rule(request.user, thing):
        raise PermissionDenied


def shared(request: HttpRequest, stage: RoundStage) -> dict[str, Any]:
    """What every page of a vote shows."""
    round_ = stage.round
    return {
        "stage": stage, "round": round_, "rules": round_.rules, "round_now": clock.now(round_), "may_work": runs_votes(request.user, stage),
        "sees_stage": sees_votes(request.user, stage),
    }  # fmt: skip


def _seen(request: HttpRequest, rule: Predicate, thing: Any) -> None:
    if not rule(request.user, thing):
        raise Http404
