"""Pages of decisions: inspect exactly whom it touches, release, discard, counter."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.pages import attempt
from core.refusals import Refused
from jurisdictions.lists import serve
from rounds import engine
from rounds.forms import CounterForm
from rounds.lists import DecisionItems
from rounds.models import DecisionItem, StageEntry
from rounds.rules import may_release
from rounds.views.access import decision_for, jurisdiction_for, shared, works_on_rounds


@login_required
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """A decision with every entry it touches."""
    decision = decision_for(request, pk)
    seen = StageEntry.objects.not_recused_from(request.user)
    items = DecisionItem.objects.filter(decision=decision, stage_entry__in=seen).select_related(
        "stage_entry__entry__organisation"
    )
    context = shared(request, decision.stage.round) | {
        "decision": decision,
        "stage": decision.stage,
        "advanced": items.filter(outcome="advanced").count(),
        "stopped": items.filter(outcome="stopped").count(),
        "may_release": may_release(request.user, decision.stage.round) and decision.prepared_by_id != request.user.pk,
    }
    listing = DecisionItems(request, items, code=code, rules=context["rules"], round=decision.stage.round)
    return serve(request, listing, "rounds/decision.html", context)


@require_POST
@login_required
def release(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Put a decision into effect."""
    decision = decision_for(request, pk, works_on_rounds)
    released = attempt(request, engine.release, decision=decision, done=_("The decision is released."))
    return redirect("rounds:stage", code, decision.stage_id) if released else redirect("rounds:decision", code, pk)


@require_POST
@login_required
def discard(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give a prepared decision up."""
    decision = decision_for(request, pk, works_on_rounds)
    attempt(request, engine.discard, decision=decision, done=_("The prepared decision is discarded."))
    return redirect("rounds:stage", code, decision.stage_id)


@login_required
def counter(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Turn one released outcome."""
    jurisdiction_for(request, works_on_rounds)
    rows = StageEntry.objects.not_recused_from(request.user).select_related(
        "stage__round__jurisdiction", "stage__round__policy", "entry__organisation"
    )
    row = get_object_or_404(rows, pk=pk)
    initial = {"outcome": "stopped" if row.status == "advanced" else "advanced"}
    form = CounterForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            engine.counter(actor=request.user, stage_entry=row, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return redirect("rounds:stage", code, row.stage_id)
    return render(
        request,
        "rounds/counter.html",
        shared(request, row.stage.round) | {"row": row, "stage": row.stage, "form": form},
    )
