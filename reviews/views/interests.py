"""Interests: the office's desk for signs and requests, and ending an interest; supervision reads."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.keyset import page
from core.pages import attempt
from reviews.domain import interests, pool, requests
from reviews.forms.interests import AnswerForm
from reviews.models import RecusalRequest, Reviewer, Suspicion
from reviews.rules import keeps_pool, sees_pool
from reviews.views.access import jurisdiction_of, office_only
from rounds.models import Recusal

SHOWN = ("open", "confirmed", "dismissed")


@login_required
def index(request: HttpRequest, code: str) -> HttpResponse:
    """Requests that wait for an answer, and signs: those to be decided first, the decided ones on demand."""
    jurisdiction = _jurisdiction(request)
    wanted = request.GET.get("status", "open")
    wanted = wanted if wanted in SHOWN else "open"
    rows = Suspicion.objects.filter(reviewer__jurisdiction=jurisdiction, status=wanted).select_related(
        "reviewer__user", "organisation", "decided_by"
    )
    if wanted == "open":  # what an applicant named is decided with its request
        rows = rows.exclude(request__status="open")
    asked = RecusalRequest.objects.filter(entry__round__jurisdiction=jurisdiction, status="open").exclude(
        entry__in=Recusal.objects.filter(user=request.user.pk, ended_at=None).values("entry")
    )
    context = {
        "page": page(rows, by=("-id",), cursor=request.GET.get("cursor", ""), size=50), "wanted": wanted,
        "statuses": Suspicion.Status.choices, "rules": pool.policy_for(jurisdiction), "may_work": keeps_pool(request.user, jurisdiction),
        "asked": asked.select_related("entry__organisation", "entry__round", "by").order_by("id")[:50],
    }  # fmt: skip
    return render(request, "reviews/interests.html", context)


@require_POST
@login_required
def decide(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Confirm or dismiss a sign."""
    jurisdiction = _jurisdiction(request)
    office_only(request, jurisdiction)
    held: Suspicion = get_object_or_404(Suspicion, pk=pk, reviewer__jurisdiction=jurisdiction)
    confirmed = "confirm" in request.POST
    done = _("The interest stands; the reviewer is kept away.") if confirmed else _("The sign is dismissed.")
    attempt(
        request, interests.decide, suspicion=held, confirmed=confirmed, reason=request.POST.get("reason", ""), done=done
    )  # fmt: skip
    return redirect("reviews:interests", code)


@login_required
def request_(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One request of an applicant: whom it means, and the answer."""
    jurisdiction = _jurisdiction(request)
    held: RecusalRequest = get_object_or_404(
        RecusalRequest.objects.select_related("entry__organisation", "entry__round__jurisdiction", "by", "answered_by"),
        pk=pk, entry__round__jurisdiction=jurisdiction,
    )  # fmt: skip
    if Recusal.objects.filter(entry=held.entry_id, user=request.user.pk, ended_at=None).exists():
        raise Http404
    everyone = _pool(held)
    form = AnswerForm(request.POST or None, pool=everyone)
    if request.method == "POST":
        office_only(request, jurisdiction)
        if form.is_valid():
            made = attempt(
                request, requests.answer, request_=held, granted="grant" in request.POST, done=_("The applicant has its answer."),
                **form.cleaned_data,
            )  # fmt: skip
            if made:
                return redirect("reviews:interests", code)
    signs = Suspicion.objects.filter(request=held).select_related("reviewer__user").order_by("id")
    context: dict[str, Any] = {
        "held": held, "form": form, "signs": signs, "round": held.entry.round, "rules": held.entry.round.rules,
        "may_work": keeps_pool(request.user, jurisdiction),
    }  # fmt: skip
    return render(request, "reviews/request.html", context)


def _jurisdiction(request: HttpRequest) -> Any:
    jurisdiction = jurisdiction_of(request)
    if not sees_pool(request.user, jurisdiction):
        raise Http404
    return jurisdiction


def _pool(held: RecusalRequest) -> Any:
    found = Reviewer.objects.filter(jurisdiction=held.entry.round.jurisdiction_id, status=Reviewer.Status.ACTIVE)
    if not held.entry.round.is_rehearsal:
        found = found.filter(rehearsal=False)
    return found.select_related("user").order_by("user__name", "id")
