"""Department review: a body answers; the office sees who has."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.refusals import Refused
from jurisdictions.lists import serve
from jurisdictions.models import Body
from jurisdictions.rules import bodies_of
from reviews.domain import departments
from reviews.domain.departments import Answer
from reviews.lists import DepartmentScores
from reviews.models import DepartmentOpinion
from reviews.queries import departments as reads
from reviews.views.access import jurisdiction_of, shared, stage_for
from reviews.words import opinion
from rounds.engine.stages import blockers
from rounds.models import RoundStage, StageEntry


@login_required
def overview(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Each entry with its answers and department score; each body with what it still owes."""
    stage = stage_for(request, pk, kind="department_review")
    rows = StageEntry.objects.filter(stage=stage).not_recused_from(request.user).exclude(status="skipped")
    given = reads.of_stage(stage, list(rows.select_related("entry__organisation").order_by("id")))
    bodies = reads.bodies_asked(stage)
    owed = [(body, sum(1 for o in given if body.pk not in {said.body_id for said in o.given})) for body in bodies]
    context = shared(request, stage.round) | {
        "stage": stage, "owed": owed,
        "blockers": blockers(stage) if stage.status == RoundStage.Status.OPEN else [],
    }  # fmt: skip
    listing = DepartmentScores(request, given, code=code, stage=stage, round=stage.round, bodies=bodies)
    return serve(request, listing, "reviews/answers.html", context)


@login_required
def answer(request: HttpRequest, code: str, pk: int, body: int) -> HttpResponse:
    """A body's answers, all entries on one page; what is left empty stays open."""
    stage: RoundStage = get_object_or_404(
        RoundStage.objects.select_related("round__jurisdiction"), pk=pk, kind="department_review"
    )
    asked: Body = get_object_or_404(Body, pk=body, jurisdiction=jurisdiction_of(request))
    if asked.pk not in bodies_of(request.user, jurisdiction_of(request), rehearsal=stage.round.is_rehearsal):
        raise Http404
    rows = list(
        StageEntry.objects.filter(stage=stage)
        .pending()
        .not_recused_from(request.user)
        .select_related("entry__organisation")
        .order_by("id")
    )
    said = {
        o.stage_entry_id: o for o in DepartmentOpinion.objects.filter(stage_entry__in=[r.pk for r in rows], body=asked)
    }
    lines = [_line(row, said.get(row.pk), request) for row in rows]
    if request.method == "POST":
        refusal = _kept(request, stage, asked, lines)
        if refusal is None:
            return redirect("reviews:answer", code, pk, body)
        messages.error(request, str(refusal))
        _mark(lines, refusal)
    context = shared(request, stage.round) | {
        "stage": stage,
        "body": asked,
        "lines": lines,
        "opinions": [(key, opinion(key)) for key in _best_first(stage.spec.opinions.value)],
        "scale": stage.spec.scale,
    }
    return render(request, "reviews/answer.html", context)


def _best_first(opinions: dict[str, Any]) -> list[str]:
    """The opinions by their points."""
    return sorted(opinions, key=lambda key: -opinions[key])


def _line(row: StageEntry, said: DepartmentOpinion | None, request: HttpRequest) -> dict[str, Any]:
    """What stands in an entry's controls: what was typed, else what was said."""
    if request.method == "POST":
        typed = {name: request.POST.get(f"{name}_{row.pk}", "").strip() for name in ("opinion", "credit", "reason")}
    elif said is not None:
        typed = {
            "opinion": said.opinion,
            "credit": f"{said.credit.normalize():f}" if said.credit is not None else "",
            "reason": said.reason,
        }
    else:
        typed = {"opinion": "", "credit": "", "reason": ""}
    return {"row": row, "said": said, "error": "", **typed}


def _kept(request: HttpRequest, stage: RoundStage, body: Body, lines: list[dict[str, Any]]) -> Refused | None:
    filled = {
        line["row"].pk: Answer(line["opinion"], line["credit"], line["reason"])
        for line in lines
        if line["opinion"] or line["credit"]
    }
    if not filled:
        return Refused("opinion_empty", article=stage.article)
    try:
        with transaction.atomic():
            made = departments.answer(actor=request.user, stage=stage, body=body, answers=filled)  # type: ignore[arg-type]
    except Refused as refusal:
        return refusal
    messages.success(
        request,
        ngettext("{n} answer is recorded.", "{n} answers are recorded.", len(made)).format(n=len(made))
        or _("Recorded."),
    )
    return None


def _mark(lines: list[dict[str, Any]], refusal: Refused) -> None:
    for line in lines:
        if refusal.field in (f"opinion_{line['row'].pk}", f"credit_{line['row'].pk}"):
            line["error"] = str(refusal)
