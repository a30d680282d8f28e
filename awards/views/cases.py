"""Cases: opened, taken along the chain, carried out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards.domain import consequences, punishing
from awards.domain.sanctioning import today_of
from awards.forms import (
    ITEMS,
    ApplicantCaseForm,
    CaseForm,
    CorrectionForm,
    CreditForm,
    DiscloseForm,
    ReturnForm,
    StepForm,
)
from awards.lists import Bars, Cases
from awards.models import Bar, SanctionCase
from awards.rules import governing, runs_awards, sees_awards, sees_cases, speaks_for
from awards.views.common import carry, case_for, form_page, here, honour_for, must_do, must_see
from core.pages import attempt
from documents import papers, uploads
from documents.contents import ACCEPT
from jurisdictions.exclusions import current_policy
from jurisdictions.lists import serve
from rounds.models import Round


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponseBase:
    """All cases."""
    must_see(request, sees_cases, here(request))
    rows = SanctionCase.objects.filter(jurisdiction=here(request)).select_related("organisation", "honour", "world")
    return serve(request, Cases(request, rows, code=code), "awards/cases.html")


@login_required
@require_GET
def bars(request: HttpRequest, code: str) -> HttpResponseBase:
    """Who may not apply."""
    must_see(request, sees_cases, here(request))
    rows = Bar.objects.filter(jurisdiction=here(request), world=None).select_related("organisation")
    rules = current_policy(here(request)) or ""
    return serve(request, Bars(request, rows, code=code, rules=rules), "awards/bars.html")


@login_required
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A case against an honour; after a refused correction it follows that one (``?follows=``)."""
    honour = honour_for(request, pk, sees_awards)
    must_do(request, runs_awards, honour)
    before = honour.cases.filter(pk=request.GET.get("follows") or 0).first()
    return form_page(
        request, CaseForm(request.POST or None, policy=governing(honour), honour=honour), punishing.open_case, title=_("Open a case"),
        submit=_("Open the case"), done=_("The case is open."), target=lambda case: reverse("awards:case", args=[code, case.pk]),
        context={"honour": honour, "rules": governing(honour), "round": honour.world}, honour=honour, follows=before,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def against_applicant(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A case against an applicant of a round."""
    round_: Round = get_object_or_404(Round.objects.select_related("jurisdiction", "policy"), pk=pk)
    must_see(request, sees_awards, round_)
    must_do(request, runs_awards, round_)
    return form_page(
        request, ApplicantCaseForm(request.POST or None, policy=round_.rules, round_=round_), punishing.open_case,
        title=_("Open a case against an applicant"), submit=_("Open the case"), done=_("The case is open."),
        target=lambda case: reverse("awards:case", args=[code, case.pk]), context={"round": round_, "rules": round_.rules}, round_=round_,
    )  # fmt: skip


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A case: findings, what the organs said, what is left to do."""
    case = case_for(request, pk)
    return render(request, "awards/case.html", _context(request, case))


@login_required
@require_POST
def step(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The next organ speaks."""
    case = case_for(request, pk)
    must_do(request, _next_organ(case), case)
    form = StepForm(request.POST, case=case)
    return _acted(request, case, "step_form", form, punishing.take_step, _("The opinion is recorded."))


@login_required
@require_POST
def returned(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Something came back."""
    case = _for_office(request, pk)
    form = ReturnForm(request.POST, items=list(case.takes_back))
    return _acted(request, case, "return_form", form, consequences.mark_returned, _("Recorded."))


@login_required
@require_POST
def disclose_(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The public is told."""
    case = _for_office(request, pk)
    form = DiscloseForm(request.POST, media=consequences.media_of(case))
    return _acted(request, case, "disclose_form", form, consequences.disclose, _("The case is disclosed."))


@login_required
@require_POST
def credit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The case entered the credit file."""
    return _acted(
        request,
        _for_office(request, pk),
        "credit_form",
        CreditForm(request.POST),
        consequences.enter_credit_file,
        _("Recorded."),
    )


@login_required
@require_POST
def correction(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """An ordered correction was made or refused."""
    case = _for_office(request, pk)
    return _acted(
        request, case, "correction_form", CorrectionForm(request.POST), consequences.settle_correction, _("Recorded.")
    )


@login_required
@require_POST
def evidence(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Evidence is added to the case."""
    case = _for_office(request, pk)
    upload = request.FILES.get("file")
    if upload is None:
        messages.error(request, _("Choose a file."))
    else:
        attempt(
            request, uploads.accept, done=_("The file is stored."), jurisdiction=case.jurisdiction, upload=upload, subject=case,
            article=case.article,
        )  # fmt: skip
    return redirect("awards:case", code, pk)


def _for_office(request: HttpRequest, pk: int) -> SanctionCase:
    case = case_for(request, pk)
    must_do(request, runs_awards, case)
    return case


def _acted(
    request: HttpRequest, case: SanctionCase, name: str, form: Form, act: Callable[..., Any], done: str
) -> HttpResponse:
    if carry(request, form, act, done=done, case=case) is not None:
        return redirect("awards:case", case.jurisdiction.code, case.pk)
    return render(request, "awards/case.html", _context(request, case, **{name: form}))


def _next_organ(case: SanctionCase) -> Any:
    position = min(case.steps.count(), len(case.chain) - 1)
    return speaks_for(governing(case), case.chain[position])


def _context(request: HttpRequest, case: SanctionCase, **forms: Form) -> dict[str, Any]:
    rules, left, steps = governing(case), consequences.state_of(case), list(case.steps.select_related("by"))
    names = {organ.key: organ.name for organ in rules.organs}
    today, office = {"on": today_of(case.world)}, runs_awards(request.user, case)
    speaks = case.status == "open" and _next_organ(case)(request.user, case)
    given: dict[str, Form | None] = {
        "step_form": StepForm(case=case, initial=today) if speaks else None,
        "return_form": ReturnForm(items=left["to_return"], initial=today) if office and left["to_return"] else None,
        "disclose_form": DiscloseForm(initial=today, media=consequences.media_of(case))
        if office and left["to_disclose"]
        else None,
        "credit_form": CreditForm(initial=today) if office and left["to_credit"] else None,
        "correction_form": CorrectionForm(initial=today) if office and left["to_correct"] else None,
    }
    return {
        "case": case, "rules": rules, "round": case.world, "left": left, "office": office, "accept": ACCEPT,
        "sanction": next((s for s in rules.sanctions if s.key == case.sanction), None),
        "chain": [(names[organ], next((one for one in steps if one.position == n), None)) for n, organ in enumerate(case.chain)],
        "returned": [(ITEMS.get(item, item), day) for item, day in case.returned.items()], "bar": getattr(case, "bar", None),
        "papers": list(papers.of_subject(case)), "files": list(uploads.of_subject(case)), **given, **forms,
    }  # fmt: skip
