"""Rankings with ties and cuts; the office's report on a stage."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.pages import carry_out, submit
from core.refusals import Refused
from jurisdictions.lists import serve
from reviews.domain import outcomes, sheets_out, ties
from reviews.forms.field import StageReportForm, TieForm
from reviews.lists import Ranking
from reviews.lists.outcomes import places
from reviews.models import StageReport
from reviews.queries import composites
from reviews.queries.standings import Line, Standings, Tie
from reviews.views.access import office_only, shared, stage_for
from rounds.engine.stages import blockers
from rounds.kinds import kind_of
from rounds.models import Recusal, RoundStage, StageEntry


@login_required
def ranking(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """The ranking as it stands; after the decision, as it was decided."""
    return _page(request, _ranked(request, pk))


def _page(
    request: HttpRequest, stage: RoundStage, held: Tie | None = None, refused: forms.Form | None = None
) -> HttpResponseBase:
    """The page; ``held`` with ``refused``: a tie whose form comes back with what was typed. Recused means gone, from ties as well."""
    is_open, gone = stage.status == RoundStage.Status.OPEN, _gone(request, stage)
    standings = _standings(stage)
    ties_ = [tie for tie in standings.ties if not gone & {row.entry_id for row in tie.rows}]
    context = shared(request, stage.round) | {
        "stage": stage,
        "ties": [(tie, refused if held and _same(held, tie) else TieForm(tie=tie, auto_id=f"tie{n}-%s")) for n, tie in enumerate(ties_)],
        "is_open": is_open, "caps": standings.caps,
        "blockers": blockers(stage) if is_open else [], "report": StageReport.objects.filter(stage=stage).select_related("by", "paper").first(),
        "papers": sheets_out.of_stage(stage) if not gone else [],
    }  # fmt: skip
    lines = [line for line in standings.lines if line.row.entry_id not in gone]
    names = {spec.key: str(spec.name) for spec in context["rules"].stages}
    rows = places(lines, _decided(stage, gone), _parts(stage, lines), names)
    listing = Ranking(
        request, rows, code=stage.round.jurisdiction.code, stage=stage, round=stage.round, rules=context["rules"]
    )
    return serve(request, listing, "reviews/ranking.html", context, status=422 if held else 200)


@require_POST
@login_required
def tie(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Settle a tie at the cut."""
    stage = _ranked(request, pk)
    office_only(request, stage)
    found = _tie_of(stage, request.POST.get("group", ""), request.POST.get("score", ""))
    address = reverse("reviews:ranking", args=[code, pk])
    if found is None:
        messages.error(request, str(Refused("no_such_tie", article=stage.article)))
        return redirect(address)
    return carry_out(
        request, TieForm(request.POST, tie=found, auto_id="tie-%s"), ties.settle, page=address,
        again=lambda refused: cast(HttpResponse, _page(request, stage, found, refused)), done=_("The tie is settled."), stage=stage,
    )  # fmt: skip


def _standings(stage: RoundStage) -> Standings:
    if stage.status != RoundStage.Status.OPEN:
        return Standings()
    found: Standings = kind_of(stage).standings(stage)  # type: ignore[attr-defined]
    return found


def _gone(request: HttpRequest, stage: RoundStage) -> set[int]:
    mine = Recusal.objects.filter(user=request.user.pk, entry__round=stage.round_id, ended_at=None)
    return set(mine.values_list("entry_id", flat=True))


def _tie_of(stage: RoundStage, group: str, score: str) -> Tie | None:
    """The tie that a form means, as it stands now."""
    return next((one for one in _standings(stage).ties if (one.group, f"{one.score:f}") == (group, score)), None)


def _same(one: Tie, other: Tie) -> bool:
    return (one.group, one.score) == (other.group, other.score)


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
        and submit(request, form, outcomes.write_report, stage=stage, **form.cleaned_data)
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
    return list(rows.select_related("entry__organisation").order_by("entry__prize", "rank", "id"))
