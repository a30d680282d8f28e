"""Pages of a consulted body: what it is asked, and its answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from applications.domain import consultation
from applications.forms.office.checks import AnswerForm
from applications.forms.office.shared import attach
from applications.lists import Questions
from applications.models.opinions import ConsultationRequest
from applications.queries.office import questions_of
from applications.rules_office import may_answer
from applications.views import office_answers
from applications.views.office_access import page_context, person, question_for
from core.access import require
from core.refusals import Refused
from documents import uploads
from jurisdictions.lists import serve
from jurisdictions.rules import bodies_of
from rounds.models import RoundStage


@login_required
def index(request: HttpRequest, code: str) -> HttpResponseBase:
    """Questions to the person's bodies: those open first, or those answered; the same harmless answer for several."""
    bodies = bodies_of(request.user, request.jurisdiction, rehearsal=True)  # type: ignore[attr-defined]
    if not bodies:
        raise Http404
    listing = Questions(request, questions_of(person(request), bodies), code=code)
    waiting = ConsultationRequest.objects.open().filter(body__in=bodies, stage_entry__status="pending")
    open_stages = RoundStage.objects.filter(pk__in=waiting.values("stage_entry__stage"), status=RoundStage.Status.OPEN)
    stages = list(open_stages.select_related("round__jurisdiction", "round__policy"))
    return serve(request, listing, "applications/body/questions.html", {"stages": stages})


@login_required
def answer(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One question: the application as far as the task needs it, and the answer."""
    question = question_for(request, pk)
    stage = question.stage_entry.stage
    spec = stage.spec.consult
    checks = [stage.round.rules.check(key) for key in spec.asks]
    form = AnswerForm(request.POST or None, request.FILES or None, checks=checks, recommends=spec.recommends)
    if request.method == "POST" and form.is_valid():
        try:
            _answered(request, question, form, spec)
        except Refused as refusal:
            attach(form, refusal)
        else:
            messages.success(request, _("Your answer is recorded."))
            return redirect("applications:consultations", code)
    context = page_context(
        request, stage, question=question, form=form, parts=office_answers.parts(question.stage_entry, masked=True),
        waits=not question.answer and question.lapsed_at is None and question.stage_entry.status == "pending",
    )  # fmt: skip
    return render(request, "applications/body/answer.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _answered(request: HttpRequest, question: ConsultationRequest, form: AnswerForm, spec: Any) -> None:
    given = form.cleaned_data
    file = None
    if given["file"]:
        require(may_answer, person(request), question, article=spec.article, code="not_asked_of_you")
        file = uploads.accept(
            actor=person(request), jurisdiction=request.jurisdiction, upload=given["file"], subject=question, article=spec.article  # type: ignore[attr-defined]
        )  # fmt: skip
    consultation.answer(
        actor=person(request), request=question, answer=given["answer"], reason=given["reason"], values=form.values(),
        recommends=form.recommendation(), file=file,
    )  # fmt: skip
