"""Page of the office: asking bodies, how they answer, what silence means, setting a disagreement aside."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from applications.domain import consultation
from applications.forms.office.bodies import AskForm
from applications.forms.office.shared import ReasonForm, attach
from applications.lists import Answers
from applications.models.opinions import ConsultationRequest
from applications.queries.office import answers_by_body, bodies_to_choose, consultation_state, consultations_of
from applications.rules_office import may_examine
from applications.views.office_access import office_stage_for, page_context, person, row_for
from applications.views.office_desk import KINDS
from core.pages import attempt
from core.refusals import Refused
from jurisdictions.lists import serve
from jurisdictions.models import Body
from rounds.models import RoundStage, StageEntry
from rounds.views.access import works_on_rounds


@login_required
def overview(request: HttpRequest, code: str, stage: int) -> HttpResponseBase:
    """Who was asked when, how each body answered, and what stands against applications."""
    return _overview(request, _consulting(request, stage))


@require_POST
@login_required
def ask(request: HttpRequest, code: str, stage: int) -> HttpResponseBase:
    """Ask the bodies ticked about all that wait."""
    found = _consulting(request, stage, works=True)
    form = AskForm(request.POST, bodies=bodies_to_choose(found, found.spec.consult.bodies))
    if form.is_valid():
        try:
            asked = consultation.ask(actor=person(request), stage=found, bodies=list(form.cleaned_data["bodies"]))
        except Refused as refusal:
            attach(form, refusal)
        else:
            day = date_format(localtime(asked.due_at), "DATE_FORMAT")
            messages.success(request, _("The bodies have been asked; answers are due by {day}.").format(day=day))
            return redirect("applications:consultation", code, stage)
    return _overview(request, found, form=form, status=422)


@require_POST
@login_required
def lapse(request: HttpRequest, code: str, stage: int) -> HttpResponse:
    """Take over what silence means for overdue answers."""
    found = _consulting(request, stage, works=True)
    count = attempt(request, consultation.lapse, stage=found)
    if count:
        messages.success(
            request, ngettext("{n} answer was overdue.", "{n} answers were overdue.", count).format(n=count)
        )
    return redirect("applications:consultation", code, stage)


@login_required
def set_aside(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Let an application go on against a body's disagreement, with the reason."""
    rows = ConsultationRequest.objects.select_related("body", "consultation")
    question: ConsultationRequest = get_object_or_404(rows, pk=pk)
    row = row_for(request, question.stage_entry_id, may_examine, KINDS)
    question.stage_entry = row
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            consultation.set_aside(actor=person(request), request=question, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            attach(form, refusal)
        else:
            return redirect("applications:examine", code, row.pk)
    context = page_context(request, row.stage, row=row, question=question, form=form)
    return render(request, "applications/office/set_aside.html", context, status=422 if form.errors else 200)


def _consulting(request: HttpRequest, pk: int, *, works: bool = False) -> RoundStage:
    found = office_stage_for(request, pk, KINDS, works_on_rounds if works else None)
    if found.spec.consult is None:
        raise Http404
    return found


def _overview(
    request: HttpRequest, stage: RoundStage, *, form: AskForm | None = None, status: int = 200
) -> HttpResponseBase:
    code = stage.round.jurisdiction.code
    if status != 200:  # refused at an address of its own
        request.stands_on = reverse("applications:consultation", args=[code, stage.pk])  # type: ignore[attr-defined]
    seen = StageEntry.objects.filter(stage=stage).not_recused_from(request.user)
    rows = ConsultationRequest.objects.filter(stage_entry__in=seen).select_related(
        "body", "consultation", "stage_entry__entry__organisation"
    )
    bodies = Body.objects.filter(pk__in=rows.order_by().values("body")).order_by("kind", "name_zh")
    listing = Answers(request, rows, code=code, round=stage.round, bodies=list(bodies))
    context = page_context(
        request, stage, consult=stage.spec.consult, state=consultation_state(stage), asked=consultations_of(stage),
        answers=answers_by_body(stage),
        form=form or AskForm(bodies=bodies_to_choose(stage, stage.spec.consult.bodies)), silence=_silence(stage.spec.consult.silence.value),
    )  # fmt: skip
    return serve(request, listing, "applications/office/consultation.html", context, status=status)


def _silence(value: str) -> str:
    """What no answer in time means, in words."""
    return {
        "no_objection": _("No answer in time counts as no objection."),
        "no_record": _("No answer in time counts as nothing on record."),
        "blocks": _("Without an answer nothing goes on."),
    }[value]
