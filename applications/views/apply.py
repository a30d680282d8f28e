"""Applying: the rounds that take applications, my organisations, beginning."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.models import Organisation
from accounts.rules import reads_for
from applications import gates
from applications.domain.deadlines import shown_to
from applications.domain.starting import start as begin
from applications.facts import rules_of
from applications.models import Application
from applications.queries.applying import applications_of, open_rounds
from applications.views import chances
from applications.views.common import me
from core.pages import attempt
from core.refusals import Refused
from jurisdictions.policy.prizes import Prize
from rounds.models import Round


@login_required
def index(request: HttpRequest, code: str) -> HttpResponse:
    """Each open round with its prizes, and what stands between my organisations and them."""
    organisations = list(
        Organisation.objects.filter(members__user=me(request)).select_related("parent").order_by("name")
    )
    mine = applications_of(organisations)
    rounds = [
        (round_, [_offer(round_, organisation, mine) for organisation in organisations]) for round_ in open_rounds()
    ]
    shown = [(round_, [offer for offer in offers if offer is not None]) for round_, offers in rounds]
    for round_, _offers in shown:
        round_.extended = shown_to(round_, [one.pk for one in organisations])  # type: ignore[attr-defined]
    return render(request, "applications/apply.html", {"rounds": shown, "organisations": organisations, "mine": mine})


def _offer(
    round_: Round, organisation: Organisation, mine: list[Application]
) -> tuple[Organisation, list[tuple[Prize, Refused | None]]] | None:
    """The prizes that the organisation could apply for, each with what stands in the way; None where it is of another world."""
    if organisation.rehearsal != round_.is_rehearsal:
        return None
    policy = rules_of(round_)
    taken = {
        (row.entry.round_id, row.entry.organisation_id, row.entry.prize)
        for row in mine
        if row.entry.status != "withdrawn"
    }
    prizes = [policy.prize(key) for key in round_.prizes if policy.prize(key).is_applied_for]
    free = [prize for prize in prizes if (round_.pk, organisation.pk, prize.key) not in taken]
    return organisation, [
        (prize, next(iter(gates.refusals(gates.Candidacy(round_, organisation, prize))), None)) for prize in free
    ]


@require_POST
@login_required
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin an application."""
    round_: Round = get_object_or_404(
        Round.objects.select_related("jurisdiction"), pk=_number(request.POST.get("round"))
    )
    organisation = get_object_or_404(Organisation, pk=_number(request.POST.get("organisation")))
    if not reads_for(request.user, organisation):
        return redirect("applications:apply", code=code)
    application = attempt(
        request,
        begin,
        round_=round_,
        organisation=organisation,
        prize=request.POST.get("prize", ""),
        category=request.POST.get("category", ""),
    )
    if application is None:
        return redirect("applications:apply", code=code)
    if request.POST.get("carry"):
        chances.carry(request, application)
    return redirect("applications:application", code=code, pk=application.pk)


def _number(given: str | None) -> int:
    return int(given) if given and given.isdigit() and len(given) < 18 else 0
