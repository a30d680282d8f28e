"""Interests: the office's desk for signs and requests, and ending an interest; supervision reads."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.pages import carry_out, submit
from jurisdictions.lists import serve
from jurisdictions.rules import roles_of
from reviews.domain import interests, pool, requests
from reviews.forms.interests import AnswerForm, DecideForm
from reviews.lists import Signs
from reviews.models import RecusalRequest, Reviewer, Suspicion
from reviews.rules import is_office, sees_pool
from reviews.views.access import jurisdiction_of, office_only
from rounds.models import Recusal, Round

OVERSEES = frozenset({"office", "office_head", "supervisor"})


@login_required
def index(request: HttpRequest, code: str) -> HttpResponseBase:
    """Requests that wait for an answer, and signs: those to be decided first, the decided ones on demand."""
    return _page(request, _jurisdiction(request))


def _page(
    request: HttpRequest, jurisdiction: Any, held: Suspicion | None = None, refused: forms.Form | None = None
) -> HttpResponseBase:
    """The desk; ``held`` with ``refused``: a sign whose form comes back with what was typed, wherever the sign stood."""
    if held is not None:
        held.decide_form = refused  # type: ignore[attr-defined]
    works = bool({"office", "office_head"} & roles_of(request.user, jurisdiction, rehearsal=True))
    known = {"code": jurisdiction.code, "sees_pool": sees_pool(request.user, jurisdiction), "works": works}
    listing = Signs(
        request, _signs(request, jurisdiction), may_decide=lambda sign: is_office(request.user, sign), held=held.pk if held else 0, **known
    )  # fmt: skip
    context = {"rules": pool.policy_for(jurisdiction), "asked": _asked(request, jurisdiction), "row": held, **known}
    return serve(request, listing, "reviews/interests.html", context, status=422 if held else 200)


def _signs(request: HttpRequest, jurisdiction: Any) -> QuerySet[Suspicion]:
    """The signs that a person sees: not those about whom one is recused from; with a role in rehearsals only, those of rehearsals."""
    rows = Suspicion.objects.filter(reviewer__jurisdiction=jurisdiction).exclude(
        organisation__in=_gone(request, "entry__organisation")
    )
    if not sees_pool(request.user, jurisdiction):
        rows = rows.filter(Q(reviewer__rehearsal=True) | Q(organisation__rehearsal=True))
    found: QuerySet[Suspicion] = rows.select_related(
        "reviewer__user", "reviewer__jurisdiction", "organisation", "decided_by"
    )
    return found


def _asked(request: HttpRequest, jurisdiction: Any) -> QuerySet[RecusalRequest]:
    rows = RecusalRequest.objects.filter(entry__round__jurisdiction=jurisdiction, status="open").exclude(
        entry__in=_gone(request, "entry")
    )
    if not sees_pool(request.user, jurisdiction):
        rows = rows.filter(entry__round__kind=Round.Kind.REHEARSAL)
    found: QuerySet[RecusalRequest] = rows.select_related("entry__organisation", "entry__round", "by").order_by("id")[
        :50
    ]
    return found


def _gone(request: HttpRequest, what: str) -> Any:
    """Recused means gone."""
    return Recusal.objects.filter(user=request.user.pk, ended_at=None).values(what)


@require_POST
@login_required
def decide(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Confirm or dismiss a sign."""
    jurisdiction = _jurisdiction(request)
    held: Suspicion = get_object_or_404(_signs(request, jurisdiction), pk=pk)
    office_only(request, held)
    confirmed = "confirm" in request.POST
    done = _("The interest stands; the reviewer is kept away.") if confirmed else _("The sign is dismissed.")
    return carry_out(
        request, DecideForm(request.POST, auto_id=f"sign-{pk}-%s"), interests.decide, page=reverse("reviews:interests", args=[code]),
        again=lambda refused: cast(HttpResponse, _page(request, jurisdiction, held, refused)), done=done, suspicion=held, confirmed=confirmed,
    )  # fmt: skip


@login_required
def request_(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One request of an applicant: whom it means, and the answer."""
    jurisdiction = jurisdiction_of(request)
    held: RecusalRequest = get_object_or_404(
        RecusalRequest.objects.select_related("entry__organisation", "entry__round__jurisdiction", "by", "answered_by"),
        pk=pk, entry__round__jurisdiction=jurisdiction,
    )  # fmt: skip
    gone = Recusal.objects.filter(entry=held.entry_id, user=request.user.pk, ended_at=None).exists()
    if gone or not sees_pool(request.user, held.entry):
        raise Http404
    everyone = _pool(held)
    form = AnswerForm(request.POST or None, pool=everyone)
    if request.method == "POST":
        office_only(request, held.entry)
        given: dict[str, Any] = {"request_": held, "granted": "grant" in request.POST}
        if form.is_valid() and submit(request, form, requests.answer, **given, **form.cleaned_data):
            messages.success(request, _("The applicant has its answer."))
            return redirect("reviews:interests", code)
    signs = Suspicion.objects.filter(request=held).select_related("reviewer__user").order_by("id")
    context: dict[str, Any] = {
        "held": held, "form": form, "signs": signs, "round": held.entry.round, "rules": held.entry.round.rules,
        "may_work": is_office(request.user, held.entry), "sees_pool": sees_pool(request.user, jurisdiction),
    }  # fmt: skip
    return render(request, "reviews/request.html", context)


def _jurisdiction(request: HttpRequest) -> Any:
    """For the office and supervision; a role that exists only in rehearsals opens the page as well."""
    jurisdiction = jurisdiction_of(request)
    if not OVERSEES & roles_of(request.user, jurisdiction, rehearsal=True):
        raise Http404
    return jurisdiction


def _pool(held: RecusalRequest) -> Any:
    found = Reviewer.objects.filter(jurisdiction=held.entry.round.jurisdiction_id, status=Reviewer.Status.ACTIVE)
    if not held.entry.round.is_rehearsal:
        found = found.filter(rehearsal=False)
    return found.select_related("user").order_by("user__name", "id")
