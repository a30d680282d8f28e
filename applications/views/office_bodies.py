"""Page of the office: how far the bodies are, who is late, and what no body owns."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications.domain import owning
from applications.forms.office.bodies import BodyForm
from applications.forms.office.shared import attach
from applications.lists import Lost
from applications.queries.office import bodies_to_choose, progress_by_body, without_body
from applications.rules_office import may_examine
from applications.views.office_access import BODY_KINDS, office_stage_for, page_context, person, row_for
from core.pages import attempt
from core.refusals import Refused
from jurisdictions.lists import serve
from rounds import clock
from rounds.models import RoundStage
from rounds.rules import is_office
from rounds.views.access import works_on_rounds


@login_required
def overview(request: HttpRequest, code: str, stage: int) -> HttpResponseBase:
    """Body by body: its own, those still waiting; and what has no body."""
    found = office_stage_for(request, stage, BODY_KINDS)
    lost = without_body(found).not_recused_from(person(request)).select_related("entry__organisation")
    works = found.status == RoundStage.Status.OPEN and bool(is_office(request.user, found))
    listing = Lost(request, lost, code=code, stage=found, round=found.round, works=works)
    late = found.deadline is not None and found.deadline < clock.now(found.round)
    context = page_context(request, found, progress=progress_by_body(found), late=late)
    return serve(request, listing, "applications/office/bodies.html", context)


@login_required
def assign(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Put an entry into a body's hands."""
    row = row_for(request, pk, may_examine, BODY_KINDS)
    form = BodyForm(request.POST or None, bodies=bodies_to_choose(row.stage, row.stage.spec.by))
    if request.method == "POST" and form.is_valid():
        try:
            owning.assign(actor=person(request), stage_entry=row, **form.cleaned_data)
        except Refused as refusal:
            attach(form, refusal)
        else:
            return redirect("applications:own_overview", code, row.stage_id)
    context = page_context(request, row.stage, row=row, form=form)
    return render(request, "applications/office/assign.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def newcomers(request: HttpRequest, code: str, stage: int) -> HttpResponse:
    """Let officers see who took up their role after the entries came."""
    found = office_stage_for(request, stage, BODY_KINDS, works_on_rounds)
    granted = attempt(request, owning.let_newcomers_in, stage=found)
    if granted is not None:
        words = (
            _("New officers of the bodies see their applications now.") if granted else _("There are no new officers.")
        )
        messages.success(request, words)
    return redirect("applications:own_overview", code, stage)
