"""Pages of supervision: ordering and settling corrections; major matters."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.pages import submit
from core.refusals import Refused
from jurisdictions.lists import serve
from rounds import engine, watching
from rounds.forms import AnswerForm, CorrectionForm, MatterForm, ObservationForm
from rounds.lists import Matters, Orders, Watched
from rounds.models import Correction, MajorMatter, Recusal, Round
from rounds.rules import is_office, is_supervisor
from rounds.views.access import jurisdiction_for, round_for, shared, stage_for

#: So many rounds can be chosen among.
MOST = 100


@login_required
def index(request: HttpRequest, code: str) -> HttpResponseBase:
    """What supervision has put on record; the office and the approving government read it too. Recused means gone, here too."""
    jurisdiction = jurisdiction_for(request)
    recused = Recusal.objects.filter(user=request.user, ended_at=None)  # type: ignore[misc]
    rows = Correction.objects.filter(stage__round__jurisdiction=jurisdiction).exclude(entry__in=recused.values("entry"))
    related = ("stage__round__jurisdiction", "stage__round__policy", "ordered_by", "entry__organisation")
    rounds = Round.objects.filter(jurisdiction=jurisdiction).select_related("jurisdiction").order_by("-year", "-pk")
    listing = Orders(request, rows.select_related(*related), code=code, today=clock.today(), rounds=list(rounds[:MOST]))
    return serve(request, listing, "rounds/supervision.html", {"j": jurisdiction, "tab": "orders"})


@login_required
def watched(request: HttpRequest, code: str) -> HttpResponseBase:
    """The acts of the log that supervision keeps an eye on."""
    jurisdiction = jurisdiction_for(request)
    rows = watching.events(jurisdiction).exclude(subject__in=_hidden(request))
    return serve(
        request, Watched(request, rows, code=code), "rounds/supervision.html", {"j": jurisdiction, "tab": "watched"}
    )


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
    form = AnswerForm(request.POST or None, settles=settles)
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
def matters(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
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
    rows = MajorMatter.objects.filter(round=round_).select_related("recorded_by")
    listing = Matters(request, rows, rules=round_.rules, round=round_)
    status = 422 if form.errors else 200
    return serve(request, listing, "rounds/matters.html", shared(request, round_) | {"form": form}, status=status)
