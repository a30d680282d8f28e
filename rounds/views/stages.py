"""Pages of a stage: who is in it, what holds it up, preparing a decision, closing."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from core import reading
from core.pages import attempt
from jurisdictions.lists import serve
from rounds import engine
from rounds.engine.stages import blockers
from rounds.forms import CorrectionForm, ObservationForm
from rounds.kinds import kind_of
from rounds.lists import StageEntries
from rounds.models import RoundStage
from rounds.onward import CLOSE, PREPARE, has_pending, is_prepared
from rounds.queries import corrections_of, decisions_of, stage_rows
from rounds.readers import OFFICE
from rounds.rules import is_supervisor, may_release
from rounds.todos import of_stage
from rounds.views.access import shared, stage_for, works_on_rounds

#: What this page does by its own buttons.
HERE = (PREPARE, CLOSE)


@login_required
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """A stage with its entries, blockers, to-dos and decisions."""
    stage = stage_for(request, pk)
    context = shared(request, stage.round)
    rows = stage_rows(cast(User, request.user), stage).select_related("entry__organisation")
    listing = StageEntries(
        request, rows, code=code, rules=context["rules"], round=stage.round, may_work=context["may_work"]
    )
    return serve(request, listing, "rounds/stage.html", lambda: context | _beside(request, stage))


def _beside(request: HttpRequest, stage: RoundStage) -> dict[str, Any]:
    """What stands on the page of a stage besides its entries."""
    is_open, watches = stage.status == RoundStage.Status.OPEN, is_supervisor(request.user, stage.round)
    with reading.once():
        found = {
            "blockers": blockers(stage) if is_open else [],
            "todos": [w.todo for w in of_stage(stage, OFFICE) if w.todo.code not in HERE][:20] if is_open else [],
            "has_pending": is_open and has_pending(stage),
            "is_prepared": is_open and is_prepared(stage),
            "may_release": may_release(request.user, stage.round),
        }
    return found | {
        "stage": stage,
        "decisions": decisions_of(stage)[:20],
        "corrections": corrections_of(stage)[:20],
        "is_open": is_open,
        "work_url": kind_of(stage).url(stage),
        "correction_form": CorrectionForm() if watches and stage.status != RoundStage.Status.CLOSED else None,
        "observation_form": ObservationForm(auto_id="observe_%s") if watches else None,
    }


@require_POST
@login_required
def prepare(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Prepare the decision of a stage."""
    stage = stage_for(request, pk, works_on_rounds)
    decision = attempt(request, engine.prepare, stage=stage, note=request.POST.get("note", ""))
    return redirect("rounds:decision", code, decision.pk) if decision else redirect("rounds:stage", code, pk)


@require_POST
@login_required
def close(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Close a stage."""
    stage = stage_for(request, pk, works_on_rounds)
    closed = attempt(request, engine.close_stage, stage=stage, done=_("The stage is closed."))
    return redirect("rounds:round", code, stage.round_id) if closed else redirect("rounds:stage", code, pk)
