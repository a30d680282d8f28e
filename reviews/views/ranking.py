"""Rankings with ties and cuts; the office's report on a stage."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.pages import attempt
from reviews.domain import outcomes, sheets_out, ties
from reviews.forms.field import StageReportForm
from reviews.models import StageReport, TieDecision
from reviews.queries import composites
from reviews.queries.standings import Line, Standings
from reviews.views.access import office_only, on_form, shared, stage_for
from rounds.engine.stages import blockers
from rounds.kinds import kind_of
from rounds.models import Recusal, RoundStage, StageEntry


@login_required
def ranking(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The ranking as it stands; after the decision, as it was decided."""
    stage = _ranked(request, pk)
    is_open = stage.status == RoundStage.Status.OPEN
    standings: Standings = kind_of(stage).standings(stage) if is_open else Standings()  # type: ignore[attr-defined]
    gone = set(
        Recusal.objects.filter(user=request.user.pk, entry__round=stage.round_id, ended_at=None).values_list(
            "entry_id", flat=True
        )
    )
    context = shared(request, stage.round) | {
        "stage": stage, "lines": [line for line in standings.lines if line.row.entry_id not in gone], "ties": standings.ties,
        "parts": _parts(stage, standings.lines), "decided": _decided(stage, gone), "is_open": is_open, "caps": standings.caps,
        "blockers": blockers(stage) if is_open else [], "report": StageReport.objects.filter(stage=stage).select_related("by", "paper").first(),
        "papers": sheets_out.of_stage(stage) if not gone else [],
        "report_form": StageReportForm(), "tie_decisions": TieDecision.objects.filter(stage=stage).select_related("by"),
    }  # fmt: skip
    return render(request, "reviews/ranking.html", context)


@require_POST
@login_required
def tie(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Settle a tie at the cut."""
    stage = _ranked(request, pk)
    office_only(request, stage)
    try:
        score = Decimal(request.POST.get("score", ""))
    except InvalidOperation:
        score = Decimal(-1)
    chosen = [int(value) for value in request.POST.getlist("chosen") if value.isdecimal()]
    group, reason = request.POST.get("group", ""), request.POST.get("reason", "")
    attempt(
        request,
        ties.settle,
        stage=stage,
        group=group,
        score=score,
        chosen=chosen,
        reason=reason,
        done=_("The tie is settled."),
    )
    return redirect("reviews:ranking", code, pk)


@login_required
def stage_report(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Write the office's report on the stage."""
    stage = stage_for(request, pk, kind="composite")
    office_only(request, stage)
    held = StageReport.objects.filter(stage=stage).first()
    form = StageReportForm(request.POST or None, initial={"text": held.text} if held else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and on_form(request, form, outcomes.write_report, stage=stage, **form.cleaned_data)
    ):
        messages.success(request, _("The report is saved."))
        return redirect("reviews:ranking", code, pk)
    return render(request, "reviews/stage_report.html", shared(request, stage.round) | {"stage": stage, "form": form})


def _ranked(request: HttpRequest, pk: int) -> RoundStage:
    stage = stage_for(request, pk)
    if stage.kind == "department_review":
        raise Http404
    return stage


def _parts(stage: RoundStage, lines: list[Line]) -> dict[int, Any]:
    """Each entry's weighed parts, for a composite: the columns of its table."""
    if stage.kind != "composite" or not lines:
        return {}
    return {item.row.pk: item.parts for item in composites.of_stage(stage, [line.row for line in lines])}


def _decided(stage: RoundStage, gone: set[int]) -> list[StageEntry]:
    rows = StageEntry.objects.filter(stage=stage, status__in=("advanced", "stopped")).exclude(entry__in=gone)
    return list(rows.select_related("entry__organisation").order_by("entry__prize", "rank", "id")[:500])
