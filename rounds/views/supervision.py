"""Pages of supervision: ordering and settling corrections; major matters."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.pages import attempt
from core.refusals import Refused
from rounds import engine
from rounds.forms import AnswerForm, CorrectionForm, MatterForm
from rounds.models import Correction, MajorMatter
from rounds.rules import is_supervisor
from rounds.views.access import jurisdiction_for, round_for, shared, stage_for


@require_POST
@login_required
def order(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Order a correction in a stage."""
    stage = stage_for(request, pk, is_supervisor)
    form = CorrectionForm(request.POST)
    if form.is_valid():
        attempt(
            request,
            engine.order_correction,
            stage=stage,
            done=_("The correction is ordered; it blocks the stage until settled."),
            **form.cleaned_data,
        )
        return redirect("rounds:stage", code, pk)
    return render(
        request, "rounds/correct.html", shared(request, stage.round) | {"stage": stage, "form": form}, status=422
    )


@login_required
def correction(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A correction: the office answers, supervision settles."""
    jurisdiction_for(request)
    found: Correction = get_object_or_404(
        Correction.objects.select_related("stage__round__jurisdiction", "stage__round__policy", "ordered_by"), pk=pk
    )
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            engine.settle_correction(actor=request.user, order=found, answer=form.cleaned_data["answer"])  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("rounds:stage", code, found.stage_id)
    return render(
        request,
        "rounds/correction.html",
        shared(request, found.stage.round) | {"order": found, "stage": found.stage, "form": form},
    )


@login_required
def matters(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Major matters of a round, and recording one."""
    round_ = round_for(request, pk)
    organs = [
        (o.key, str(o.name)) for o in round_.rules.organs if any(p.act == "decide_major_matter" for p in o.powers)
    ]
    form = MatterForm(request.POST or None, organs=organs)
    if request.method == "POST" and form.is_valid():
        try:
            engine.record_matter(actor=request.user, round_=round_, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return redirect("rounds:matters", code, pk)
    rows = MajorMatter.objects.filter(round=round_).select_related("recorded_by").order_by("-id")[:100]
    return render(request, "rounds/matters.html", shared(request, round_) | {"matters": rows, "form": form})
