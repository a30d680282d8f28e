"""Pages of entries: the list of a round, one entry's way through it, stepping aside."""

from __future__ import annotations

from typing import cast

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from core.pages import attempt, carry_out
from jurisdictions.lists import serve
from rounds import engine, panels
from rounds.forms import RecuseForm
from rounds.lists import Entries
from rounds.models import Decision, DecisionItem, Entry, RoundStage, StageEntry
from rounds.querysets import inside
from rounds.screen import people_of
from rounds.views.access import entry_for, round_for, shared, works_on_rounds


@login_required
def index(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Entries of a round; search by name or filing number, filter by state."""
    round_ = round_for(request, pk)
    rows = inside(Entry, round_).of_round(round_).not_recused_from(request.user).select_related("organisation")
    context = shared(request, round_)
    stages = dict(inside(RoundStage, round_).filter(round=round_).order_by().values_list("pk", "key"))
    names = {pk: str(round_.rules.stage(key).name) for pk, key in stages.items()}
    listing = Entries(
        request, rows, code=code, rules=context["rules"], round=round_, stages=names, may_work=context["may_work"]
    )
    return serve(request, listing, "rounds/entries.html", context)


@login_required
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Everything about one entry on one screen: its way with why, and the panels of every app.

    ``?part=<panel>`` reads one panel (as a piece of the page where htmx asks for it), ``?part=all`` everything at once.
    """
    part = request.GET.get("part", "")
    return _screen(request, entry_for(request, pk), part if part == panels.ALL or panels.known(part) else "")


@require_POST
@login_required
def unmask(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The answers with the trade secrets; that they were shown is recorded."""
    entry = entry_for(request, pk)
    if not panels.may_unmask(cast(User, request.user), entry):
        raise PermissionDenied
    return _screen(request, entry, "answers", unmasked=bool(attempt(request, panels.unmask, entry=entry)))


def _screen(
    request: HttpRequest, entry: Entry, part: str, *, unmasked: bool = False, recuse_form: forms.Form | None = None
) -> HttpResponse:
    """The screen; ``recuse_form``: comes back with what was typed."""
    rows = list(
        inside(StageEntry, entry).filter(entry=entry).select_related("stage", "decided_by").order_by("stage__position")
    )
    for row in rows:
        row.stage.round, row.entry = entry.round, entry
    context = shared(request, entry.round)
    look = panels.Look(cast(User, request.user), entry, rows, context["round_now"], unmasked)
    found = panels.panels(look, part)
    for panel in found if recuse_form else ():
        if panel.key == "recusals" and panel.context is not None:
            panel.context["recuse_form"] = recuse_form
    context |= {"entry": entry, "look": look, "part": part, "panels": found}
    if part and part != panels.ALL and request.headers.get("HX-Request"):
        piece = next(panel for panel in found if panel.key == part)
        return render(request, "rounds/parts/panel.html", context | {"panel": piece})
    way = not part or part == panels.ALL
    context |= {"stage_entries": rows, "decided": _decisions(rows) if way else {}, "shows_way": way}
    return render(request, "rounds/entry.html", context)


def _decisions(rows: list[StageEntry]) -> dict[int, list[DecisionItem]]:
    """``{stage entry: what released decisions said of it}``, counter-decisions included: one query."""
    found: dict[int, list[DecisionItem]] = {}
    items = DecisionItem.objects.filter(
        stage_entry__in=[row.pk for row in rows], decision__status=Decision.Status.RELEASED
    )
    for item in items.select_related("decision").order_by("id"):
        found.setdefault(item.stage_entry_id, []).append(item)
    return found


@require_POST
@login_required
def recuse(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record that somebody steps aside."""
    entry = entry_for(request, pk, works_on_rounds)
    form = RecuseForm(request.POST, people=people_of(entry), auto_id="recuse-%s")
    own = form.is_valid() and form.cleaned_data["user"] == request.user
    return carry_out(
        request, form, engine.recuse, page=reverse("rounds:entry", args=[code, pk]),
        again=lambda refused: _screen(request, entry, "recusals", recuse_form=refused),
        done=_("The recusal is recorded; access ended at once."),
        then=reverse("rounds:entries", args=[code, entry.round_id]) if own else "", entry=entry,
    )  # fmt: skip
