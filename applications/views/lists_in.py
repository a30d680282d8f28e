"""Lists that come in: a register's results from the office, a body's answers from the body. Checked line by line, then confirmed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from applications.importing import AnswerLines, ResultLines
from applications.models.opinions import ConsultationRequest
from applications.rules_office import own_bodies
from applications.views.office_access import office_stage_for, page_context, person
from applications.views.office_desk import KINDS
from jurisdictions import bringing
from rounds.models import RoundStage
from rounds.rules import is_office


@login_required
def results(request: HttpRequest, code: str, stage: int) -> HttpResponse:
    """Facts of many applications from one list."""
    found = office_stage_for(request, stage, KINDS, is_office)
    lines = ResultLines(actor=person(request), stage=found)
    if not lines.checks:
        raise Http404
    back = reverse(f"applications:{found.kind}", args=[code, found.pk])
    where = "applications/office/parts/where.html"
    return bringing.page(request, lines, back=back, where=where, context=page_context(request, found))


@login_required
def answers(request: HttpRequest, code: str, stage: int) -> HttpResponse:
    """A body's answers from one list."""
    rows = RoundStage.objects.select_related("round__jurisdiction", "round__policy").filter(kind__in=KINDS)
    found: RoundStage = get_object_or_404(rows, pk=stage)
    bodies = own_bodies(request.user, found)
    if found.spec.consult is None or not ConsultationRequest.objects.of_pending(found).filter(body__in=bodies).exists():
        raise Http404
    lines = AnswerLines(actor=person(request), stage=found, bodies=bodies)
    return bringing.page(
        request, lines, back=reverse("applications:consultations", args=[code]), context={"stage": found}
    )
