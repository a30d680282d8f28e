"""Pages of a vote stage and its meetings."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from core.pages import submit
from rounds import clock
from rounds.models import RoundStage, StageEntry
from voting import queries, results
from voting.domain import meetings, ties
from voting.forms import ConveneForm, FallbackForm, HeadsForm, PeopleForm, ReportForm, TieForm
from voting.models import Attendance, HeadHeard, Meeting, Poll, TellerKey
from voting.views.access import meeting_for, shared, stage_for, works
from voting.views.shown import results_for, tied_for


@login_required
def stage(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The vote: meetings, ballots, results."""
    found = stage_for(request, pk)
    return _stage_page(request, found)


@require_POST
@login_required
def convene(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Call a meeting."""
    found = stage_for(request, pk)
    works(request, found)
    form = ConveneForm(request.POST)
    if form.is_valid():
        meeting = submit(
            request, form, meetings.convene, stage=found, done=_("The meeting is called."), **form.cleaned_data
        )
        if meeting:
            return redirect("voting:meeting", code, meeting.pk)
    return _stage_page(request, found, convene_form=form)


@login_required
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A meeting: who is present, what it heard, its ballots."""
    return _meeting_page(request, meeting_for(request, pk))


@require_POST
@login_required
def attend(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record who is present."""
    meeting = _mine(request, pk)
    form = _attendance_form(meeting, request.POST)
    given: dict[str, Any] = {"meeting": meeting, "done": _("Who is present is recorded.")}
    if form.is_valid() and submit(request, form, meetings.attend, present=form.cleaned_data["people"], **given):
        return redirect("voting:meeting", code, pk)
    return _meeting_page(request, meeting, attendance_form=form)


@require_POST
@login_required
def report(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record that the report was heard."""
    meeting = _mine(request, pk)
    form = ReportForm(request.POST)
    given: dict[str, Any] = {"meeting": meeting, "done": _("It is recorded that the report was heard.")}
    if form.is_valid() and submit(request, form, meetings.hear_report, **given, **form.cleaned_data):
        return redirect("voting:meeting", code, pk)
    return _meeting_page(request, meeting, report_form=form)


@require_POST
@login_required
def heads(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record the statements of the candidates' heads."""
    meeting = _mine(request, pk)
    form = _heads_form(meeting, request, request.POST)
    if form.is_valid():
        given: dict[str, Any] = {
            "meeting": meeting,
            "speakers": form.speakers,
            "absent": form.absent,
            "done": _("The statements are recorded."),
        }
        if submit(request, form, meetings.hear_heads, **given) is not None:
            return redirect("voting:meeting", code, pk)
    return _meeting_page(request, meeting, heads_form=form)


@require_POST
@login_required
def fallback(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Set how many fallback awards are wanted."""
    meeting = _mine(request, pk)
    form = FallbackForm(request.POST, prizes=fallback_prizes(meeting.stage))
    if form.is_valid():
        given = {"places": form.places, "reason": form.cleaned_data["reason"], "done": _("The number is set.")}
        if submit(request, form, ties.set_fallback_places, meeting=meeting, **given):
            return redirect("voting:meeting", code, pk)
    return _meeting_page(request, meeting, fallback_form=form)


def fallback_prizes(found: RoundStage) -> list[Any]:
    """Prizes that are given to those who reach this stage without winning."""
    return [p for p in found.round.rules.prizes if p.fallback_for and p.fallback_stage in (None, found.key)]


def tellers_form(found: RoundStage, data: Any = None) -> PeopleForm | None:
    """Choosing the tellers, where the ballot is secret."""
    if not found.spec.secret.value:
        return None
    held = found.round.jurisdiction.memberships.filter(role="teller", until=None)
    if not found.round.is_rehearsal:
        held = held.filter(rehearsal=False)
    total = found.spec.tellers.value.total
    return PeopleForm(
        data, among=held.values_list("user_id", flat=True), label=_("Tellers ({n} of them)").format(n=total)
    )


def _mine(request: HttpRequest, pk: int) -> Meeting:
    meeting = meeting_for(request, pk)
    works(request, meeting)
    return meeting


def _attendance_form(meeting: Meeting, data: Any = None) -> PeopleForm:
    rows = list(Attendance.objects.filter(meeting=meeting).values_list("user_id", "present"))
    initial = {"people": [user for user, present in rows if present]}
    return PeopleForm(data, among=[user for user, _present in rows], label=_("Present"), initial=initial)


def _heads_form(meeting: Meeting, request: HttpRequest, data: Any = None) -> HeadsForm:
    user = request.user
    assert isinstance(user, User)
    rows = StageEntry.objects.filter(stage=meeting.stage).pending().not_recused_from(user)
    entries = [row.entry for row in rows.select_related("entry__organisation").order_by("entry__number", "id")]
    initial: dict[str, str] = {}
    for heard in HeadHeard.objects.filter(meeting=meeting):
        initial |= {f"speaker-{heard.entry_id}": heard.speaker, f"absent-{heard.entry_id}": heard.absent_reason}
    return HeadsForm(data, entries=entries, initial=initial)


def _stage_page(request: HttpRequest, found: RoundStage, **forms: Any) -> HttpResponse:
    today = clock.today(found.round)
    outcome = results.outcome(found)
    tied = tied_for(request.user, outcome)
    context = (
        shared(request, found)
        | {
            "meetings": Meeting.objects.filter(stage=found).order_by("-id"),
            "polls": Poll.objects.filter(stage=found).order_by("number"),
            "rows": results_for(request.user, found),
            "scored": found.spec.method.value != Poll.Method.APPROVE,
            "vacancies": outcome.vacancies,
            "tied": tied,
            "members": len(queries.electorate(found)),
            "is_open": found.status == RoundStage.Status.OPEN,
            "convene_form": ConveneForm(initial={"held_on": today, "plenary": found.spec.plenary}),
            "tie_form": TieForm(entries=[s.row.entry for s in tied]) if tied else None,
            "second_round_form": tellers_form(found) if tied else None,
            "meeting": queries.latest_meeting(found),
        }
        | forms
    )
    return render(request, "voting/stage.html", context, status=422 if forms else 200)


def _meeting_page(request: HttpRequest, meeting: Meeting, **forms: Any) -> HttpResponse:
    found = meeting.stage
    prizes = fallback_prizes(found)
    initial = {f"places-{key}": n for key, n in meeting.fallback_places.items()} | {"reason": meeting.fallback_reason}
    context = (
        shared(request, found)
        | {
            "meeting": meeting,
            "attendance": Attendance.objects.filter(meeting=meeting).select_related("user").order_by("id"),
            "heads": HeadHeard.objects.filter(meeting=meeting).select_related("entry__organisation"),
            "polls": Poll.objects.filter(meeting=meeting).order_by("number"),
            "waiting": len(queries.waiting_entries(found)),
            "under_way": queries.current_poll(found),
            "is_open": found.status == RoundStage.Status.OPEN,
            "attendance_form": _attendance_form(meeting),
            "report_form": ReportForm(initial={"given_by": meeting.report_by}),
            "heads_form": _heads_form(meeting, request) if found.spec.hears_heads else None,
            "fallback_form": FallbackForm(prizes=prizes, initial=initial) if prizes else None,
            "tellers_form": tellers_form(found),
            "tellers": TellerKey.objects.filter(poll__meeting=meeting).select_related("teller"),
        }
        | forms
    )
    return render(request, "voting/meeting.html", context, status=422 if forms else 200)
