"""Pages of supervision: ordering and settling corrections; major matters."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.models import User
from core import clock
from core.keyset import page
from core.pages import submit
from core.refusals import Refused
from jurisdictions.models import Jurisdiction
from rounds import engine, watching
from rounds.forms import AnswerForm, CorrectionForm, MatterForm, ObservationForm
from rounds.models import Correction, MajorMatter, Recusal
from rounds.rules import is_office, is_supervisor
from rounds.views.access import jurisdiction_for, round_for, shared, stage_for

STATES = {
    "open": Q(settled_at=None, answer=""),
    "answered": Q(settled_at=None) & ~Q(answer=""),
    "settled": Q(settled_at__isnull=False),
}
LABELS: dict[str, Promise] = {
    "open": gettext_lazy("Not answered"),
    "answered": gettext_lazy("Answered, to be settled"),
    "settled": gettext_lazy("Settled"),
}


@login_required
def index(request: HttpRequest, code: str) -> HttpResponse:
    """What supervision has put on record, and the acts it keeps an eye on; the office and the approving government read it too."""
    jurisdiction = jurisdiction_for(request)
    state = request.GET.get("state", "")
    rows = Correction.objects.filter(stage__round__jurisdiction=jurisdiction).select_related(
        "stage__round__jurisdiction", "stage__round__policy", "ordered_by", "entry__organisation"
    )
    rows = rows.filter(STATES[state]) if state in STATES else rows
    context = {
        "j": jurisdiction,
        "state": state,
        "states": LABELS.items(),
        "page": page(rows, by=("-id",), cursor=request.GET.get("cursor", ""), size=30),
        "subjects": watching.subjects(),
        "now": clock.now(),
    }
    return render(request, "rounds/supervision.html", context | _log_of(request, jurisdiction))


def _log_of(request: HttpRequest, jurisdiction: Jurisdiction) -> dict[str, Any]:
    """The newest acts of one subject, with their people: two queries. Recused means gone, here too."""
    known = [subject.key for subject in watching.subjects()]
    wanted = request.GET.get("log", "")
    wanted = wanted if wanted in known else known[0]
    events = watching.events(jurisdiction, wanted).exclude(subject__in=_hidden(request))
    found = page(events, by=("-id",), cursor=request.GET.get("after", ""), size=30)
    people = {str(u.pk): u for u in User.objects.filter(pk__in={e.actor_id for e in found.rows if e.actor_id})}
    return {"wanted": wanted, "log": found, "people": people}


def _hidden(request: HttpRequest) -> list[str]:
    """The entries from which the person is recused, as the log names them."""
    rows = Recusal.objects.filter(user=request.user, ended_at=None)  # type: ignore[misc]
    return [f"rounds.Entry:{pk}" for pk in rows.values_list("entry_id", flat=True)]


@require_POST
@login_required
def order(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Order a correction in a stage."""
    return _filed(request, code, pk, CorrectionForm(request.POST))


@require_POST
@login_required
def observe(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Put an observation on a stage on record."""
    return _filed(request, code, pk, ObservationForm(request.POST))


def _filed(request: HttpRequest, code: str, pk: int, form: CorrectionForm | ObservationForm) -> HttpResponse:
    stage = stage_for(request, pk, is_supervisor)
    orders = isinstance(form, CorrectionForm)
    act = engine.order_correction if orders else engine.observe
    if form.is_valid() and submit(request, form, act, stage=stage, **form.cleaned_data):
        done = (
            _("The correction is ordered; it blocks the stage until settled.")
            if orders
            else _("The observation is on record.")
        )
        messages.success(request, done)
        return redirect("rounds:stage", code, pk)
    context = shared(request, stage.round) | {"stage": stage, "form": form, "orders": orders}
    return render(request, "rounds/correct.html", context, status=422)


@login_required
def correction(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """An order or observation: the office answers, supervision settles."""
    jurisdiction_for(request)
    rows = Correction.objects.select_related(
        "stage__round__jurisdiction",
        "stage__round__policy",
        "ordered_by",
        "answered_by",
        "settled_by",
        "entry__organisation",
    )
    found: Correction = get_object_or_404(rows, pk=pk)
    settles = bool(is_supervisor(request.user, found.stage.round))
    may = found.settled_at is None and (settles or bool(is_office(request.user, found.stage.round)))
    if request.method == "POST" and not may:
        raise PermissionDenied
    form = AnswerForm(request.POST or None)
    answer = form.cleaned_data["answer"] if form.is_valid() else ""
    if answer and submit(request, form, engine.settle_correction, order=found, answer=answer):
        messages.success(request, _("It is settled.") if settles else _("The answer is recorded."))
        return redirect("rounds:correction", code, found.pk)
    context = {"order": found, "stage": found.stage, "form": form if may else None, "settles": settles}
    return render(
        request,
        "rounds/correction.html",
        shared(request, found.stage.round) | context,
        status=422 if form.errors else 200,
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
