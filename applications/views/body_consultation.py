"""Pages of a consulted body: what it is asked, and its answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from applications.domain import consultation
from applications.forms_office import AnswerForm, attach
from applications.models.opinions import ConsultationRequest
from applications.queries_office import questions_of
from applications.rules_office import may_answer
from applications.views import office_answers
from applications.views.office_access import page_context, person, question_for
from core.access import require
from core.keyset import page
from core.pages import attempt
from core.refusals import Refused
from documents import uploads
from jurisdictions.rules import bodies_of
from rounds import clock


@login_required
def index(request: HttpRequest, code: str) -> HttpResponse:
    """Questions to the person's bodies: those open first, or those answered."""
    bodies = bodies_of(request.user, request.jurisdiction, rehearsal=True)  # type: ignore[attr-defined]
    if not bodies:
        raise Http404
    rows = questions_of(person(request), bodies)
    state = request.GET.get("state", "open")
    if state == "answered":
        rows = rows.exclude(answer="")
    else:
        state, rows = "open", rows.open().filter(stage_entry__status="pending", stage_entry__stage__status="open")  # type: ignore[attr-defined]
    found = page(rows, by=("consultation__due_at", "id"), cursor=request.GET.get("cursor", ""), size=50)
    _mark_overdue(found.rows)
    return render(
        request,
        "applications/body/questions.html",
        {"page": found, "state": state, "recommends": _recommends(found.rows)},
    )


@require_POST
@login_required
def many(request: HttpRequest, code: str) -> HttpResponse:
    """The same harmless answer for those ticked."""
    if not bodies_of(request.user, request.jurisdiction, rehearsal=True):  # type: ignore[attr-defined]
        raise Http404
    ids = [int(pk) for pk in request.POST.getlist("question") if pk.isdecimal()]
    recommends = {"yes": True, "no": False}.get(request.POST.get("recommends", ""))
    count = attempt(
        request, consultation.answer_many, requests=ids, answer=request.POST.get("answer", ""), recommends=recommends
    )
    if count:
        _say(request, ngettext("{n} question is answered.", "{n} questions are answered.", count).format(n=count))
    return redirect("applications:consultations", code)


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
            _say(request, _("Your answer is recorded."))
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


def _mark_overdue(rows: list[ConsultationRequest]) -> None:
    """Sets ``overdue``; each round's time is asked once."""
    now: dict[int, dt.datetime] = {}
    for row in rows:
        round_ = row.stage_entry.stage.round
        if round_.pk not in now:
            now[round_.pk] = clock.now(round_)
        row.overdue = row.consultation.due_at < now[round_.pk]  # type: ignore[attr-defined]


def _recommends(rows: list[ConsultationRequest]) -> bool:
    """Whether a question on the page asks for a recommendation as well."""
    return any(row.stage_entry.stage.spec.consult.recommends for row in rows)


def _say(request: HttpRequest, words: str) -> None:
    from django.contrib import messages

    messages.success(request, words)
