"""The voter's pages: read, undertake, vote, confirm, receipt."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from core.pages import attempt, carry_out, submit
from rounds import engine
from rounds.forms import ReasonForm
from voting import queries
from voting.domain import casting
from voting.forms import BallotForm
from voting.models import Ballot, Poll, RollSeat
from voting.tally import ABSTAIN
from voting.views.access import any_poll, shared


@never_cache
@login_required
def ballot(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The ballot: choose, read your choices once more, cast. Until the vote is closed it can be cast again."""
    poll, seat = _own(request, pk)
    if poll.status != Poll.Status.OPEN:
        return _page(request, poll, seat, "voting/ballot_closed.html")
    if request.method != "POST":
        return _page(request, poll, seat, "voting/ballot.html", form=_form(poll, seat))
    form = _form(poll, seat, request.POST)
    if not form.is_valid() or not _complete(form):
        return _page(request, poll, seat, "voting/ballot.html", form=form, status=422)
    if "change" in request.POST:
        return _page(request, poll, seat, "voting/ballot.html", form=form)
    if "confirmed" not in request.POST:
        return _page(request, poll, seat, "voting/ballot_confirm.html", form=form, chosen=_chosen(form))
    cast = submit(request, form, casting.cast, poll=poll, choices=form.choices)
    if cast is None:
        return _page(request, poll, seat, "voting/ballot.html", form=form, status=422)
    return redirect("voting:ballot", code, pk)


@require_POST
@login_required
def undertake(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Sign what the regulation asks of voters."""
    poll, _seat = _own(request, pk)
    attempt(request, casting.sign_undertakings, poll=poll, done=_("Signed."))
    return redirect("voting:ballot", code, pk)


@require_POST
@login_required
def step_aside(request: HttpRequest, code: str, pk: int, entry: int) -> HttpResponse:
    """Declare an interest in one candidate: it leaves the ballot at once."""
    poll, seat = _own(request, pk)
    item = get_object_or_404(poll.items.select_related("entry__organisation"), entry=entry)
    if item not in queries.items_for(poll, seat):
        raise Http404
    item.entry.round = poll.stage.round

    def again(refused: forms.Form) -> HttpResponse:
        return _page(request, poll, seat, "voting/ballot.html", form=_form(poll, seat), refused={entry: refused})

    return carry_out(
        request, ReasonForm(request.POST, auto_id=f"aside-{entry}-%s"), engine.recuse, page=reverse("voting:ballot", args=[code, pk]),
        again=again, done=_("You have stepped aside; the candidate is no longer on your ballot."), entry=item.entry, user=request.user,
    )  # fmt: skip


def _own(request: HttpRequest, pk: int) -> tuple[Poll, RollSeat]:
    """The poll and the person's seat on its roll; 404 for everybody else."""
    poll = any_poll(pk)
    return poll, get_object_or_404(RollSeat, poll=poll, user=request.user, present=True)


def _form(poll: Poll, seat: RollSeat, data: Any = None) -> BallotForm:
    rules = poll.stage.round.rules
    told = {row["entry"]: set(row["tiers"]) for row in poll.settings["entries"]}
    entries = [item.entry for item in queries.items_for(poll, seat)]
    tiers = {e.pk: [tier for tier in rules.prize(e.prize).tiers if tier.key in told[e.pk]] for e in entries}
    return BallotForm(
        data,
        method=poll.method,
        settings=poll.settings,
        entries=entries,
        tiers=tiers,
        prizes={p.key: p.name for p in rules.prizes},
    )


def _complete(form: BallotForm) -> bool:
    """Numbers left empty are asked for on their field; abstaining is ticked, never assumed."""
    for entry in form.entries:
        if not form.choices.get(entry.pk):
            form.add_error(f"vote-{entry.pk}", _("Choose here; abstaining is a choice."))
    return not form.errors


def _chosen(form: BallotForm) -> list[tuple[str, str]]:
    """Each candidate with the vote in words."""
    shown = []
    for entry in form.entries:
        field, value = form.fields[f"vote-{entry.pk}"], form.choices[entry.pk]
        words = dict(getattr(field, "choices", [])).get(value) or value
        words = _("Abstain") if value == ABSTAIN else words
        shown.append((str(field.label), str(words)))
    return shown


def _page(
    request: HttpRequest, poll: Poll, seat: RollSeat, template: str, *, status: int = 200, refused: dict[int, forms.Form] | None = None,
    **context: Any,
) -> HttpResponse:  # fmt: skip
    """``refused``: the form with which one steps aside, as it was typed, by its entry."""
    user = request.user
    assert isinstance(user, User)
    entries = [item.entry for item in queries.items_for(poll, seat)]
    aside = [(e, (refused or {}).get(e.pk) or ReasonForm(auto_id=f"aside-{e.pk}-%s")) for e in entries]
    shown = shared(request, poll.stage) | {
        "poll": poll,
        "seat": seat,
        "cast": Ballot.objects.filter(seat=seat).first(),
        "unsigned": casting.unsigned(poll.stage.round, user),
        "aside": aside,
        "stepping": bool(refused),
    }
    return render(request, template, shown | context, status=status)
