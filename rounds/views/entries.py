"""Pages of entries: the list of a round, one entry's way through it, stepping aside."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from audit.log import name_of
from audit.models import AuditEvent
from core.pages import attempt
from jurisdictions.lists import serve
from rounds import engine
from rounds.forms import RecuseForm
from rounds.lists import Entries
from rounds.models import Entry, Recusal, RoundStage, StageEntry
from rounds.views.access import entry_for, round_for, shared, works_on_rounds


@login_required
def index(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Entries of a round; search by name or filing number, filter by state."""
    round_ = round_for(request, pk)
    rows = Entry.objects.of_round(round_).not_recused_from(request.user).select_related("organisation")
    context = shared(request, round_)
    stages = dict(RoundStage.objects.filter(round=round_).values_list("pk", "key"))
    names = {pk: str(round_.rules.stage(key).name) for pk, key in stages.items()}
    listing = Entries(request, rows, code=code, rules=context["rules"], round=round_, stages=names)
    return serve(request, listing, "rounds/entries.html", context)


@login_required
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One entry: each stage it passed, with why, and what the log says."""
    entry = entry_for(request, pk)
    rows = StageEntry.objects.filter(entry=entry).select_related("stage", "decided_by").order_by("stage__position")
    stage_entries = list(rows)
    for row in stage_entries:
        row.stage.round = entry.round
    context = shared(request, entry.round) | {
        "entry": entry,
        "stage_entries": stage_entries,
        "recusals": Recusal.objects.filter(entry=entry).select_related("user"),
        "events": AuditEvent.objects.filter(subject=name_of(entry)).order_by("-id")[:50],
        "recuse_form": RecuseForm(people=_people(entry)),
    }
    return render(request, "rounds/entry.html", context)


@require_POST
@login_required
def recuse(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record that somebody steps aside."""
    entry = entry_for(request, pk, works_on_rounds)
    form = RecuseForm(request.POST, people=_people(entry))
    if form.is_valid():
        attempt(
            request,
            engine.recuse,
            entry=entry,
            done=_("The recusal is recorded; access ended at once."),
            **form.cleaned_data,
        )
        if form.cleaned_data["user"] == request.user:
            return redirect("rounds:entries", code, entry.round_id)
    return redirect("rounds:entry", code, pk)


def _people(entry: Entry) -> object:
    return (
        User.objects.filter(memberships__jurisdiction=entry.round.jurisdiction_id, memberships__until=None)
        .distinct()
        .order_by("name", "id")
    )
