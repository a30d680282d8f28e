"""The register of objections and the page of each."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.pages import attempt, submit
from documents import uploads
from jurisdictions.lists import serve
from publicity import queries
from publicity.domain import examining, receiving
from publicity.forms import ConcludeForm, ExamineForm, ObjectionForm, TellForm
from publicity.lists import Objections
from publicity.models import Notice, Objection
from publicity.rules import sees_objections
from publicity.views.access import objection_for, shared, stage_for, works
from publicity.words import DAYS, PARTICULARS


@login_required
def register(request: HttpRequest, code: str) -> HttpResponseBase:
    """All objections of the jurisdiction, newest first, without those against entries the reader stepped aside from."""
    jurisdiction = request.jurisdiction  # type: ignore[attr-defined]
    if not sees_objections(request.user, jurisdiction):
        raise Http404
    rows = Objection.objects.select_related("stage__round__policy", "stage__round__jurisdiction", "entry__organisation")
    rows = queries.for_reader(rows.filter(stage__round__kind="binding"), request.user)
    return serve(request, Objections(request, rows, code=code), "publicity/register.html")


@login_required
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One objection: what was raised, what came of it, what is next."""
    return _page(request, objection_for(request, pk))


@require_POST
@login_required
def examine(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Accept it, or not."""
    objection = objection_for(request, pk)
    works(request, objection)
    form = ExamineForm(request.POST)
    given: dict[str, Any] = {"objection": objection, "done": _("What was examined is recorded.")}
    if form.is_valid() and submit(request, form, examining.examine, **given, **form.cleaned_data):
        return redirect("publicity:objection", code, pk)
    return _page(request, objection, examine_form=form)


@require_POST
@login_required
def conclude(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record what the investigation found."""
    objection = objection_for(request, pk)
    works(request, objection)
    form = ConcludeForm(request.POST)
    given: dict[str, Any] = {"objection": objection, "done": _("The finding is recorded.")}
    if form.is_valid() and submit(request, form, examining.conclude, **given, **form.cleaned_data):
        return redirect("publicity:objection", code, pk)
    return _page(request, objection, conclude_form=form)


@require_POST
@login_required
def tell(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record that the objector was told in writing."""
    objection = objection_for(request, pk)
    works(request, objection)
    form = TellForm(request.POST)
    given: dict[str, Any] = {"objection": objection, "done": _("It is recorded that the objector was told.")}
    if form.is_valid() and submit(request, form, examining.tell, **given, **form.cleaned_data):
        return redirect("publicity:objection", code, pk)
    return _page(request, objection, tell_form=form)


@never_cache
@require_POST
@login_required
def unmask(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Show who made the objection, in the answer to this one request; the look is on record."""
    objection = objection_for(request, pk)
    details = attempt(request, examining.unmask, objection=objection)
    if details is None:
        return redirect("publicity:objection", code, pk)
    shown = [(PARTICULARS.get(key, key), value) for key, value in details.items()]
    return _page(request, objection, status=200, details=shown)


@login_required
def record_paper(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record an objection that came on paper, against an entry of the stage's latest notice or the one named by ``notice``."""
    stage = stage_for(request, pk)
    works(request, stage)
    published = Notice.objects.filter(stage=stage, kind=Notice.Kind.PUBLICITY).select_related("round").order_by("-id")
    asked = request.GET.get("notice", "")
    notice = get_object_or_404(published, pk=asked) if asked.isdigit() else published.first()
    if notice is None:
        raise Http404
    by = request.GET.get("by", "person")
    by = by if by in Objection.By.values else Objection.By.PERSON
    form = ObjectionForm(
        request.POST or None,
        request.FILES or None,
        notice=notice,
        rules=stage.round.rules.objections,
        by=by,
        on_paper=True,
    )
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"notice": notice, "seen": form.seen, "done": _("The objection is recorded.")}
        objection = submit(request, form, receiving.record_paper, **given, **form.given)
        if objection:
            return redirect("publicity:objection", code, objection.pk)
    context = shared(request, stage) | {"form": form, "notice": notice, "by": by, "kinds": Objection.By.choices}
    return render(request, "publicity/record_paper.html", context, status=422 if form.errors else 200)


def _page(request: HttpRequest, objection: Objection, *, status: int = 422, **extra: Any) -> HttpResponse:
    S = Objection.Status
    rules = objection.stage.round.rules.objections
    days = [
        {"day": step["day"], "words": DAYS.get(step["reason"], step["reason"]), "ordinal": step["ordinal"]}
        for step in objection.window.get("steps", [])
    ]
    context = (
        shared(request, objection.stage)
        | {
            "objection": objection,
            "objection_rules": rules,
            "missing": [PARTICULARS[key] for key in objection.missing],
            "days": days,
            "files": uploads.of_subject(objection),
            "reports": objection.reports.select_related("paper__jurisdiction"),
            "examine_form": ExamineForm() if objection.status == S.RECEIVED else None,
            "conclude_form": ConcludeForm() if objection.status == S.ACCEPTED else None,
            "tell_form": TellForm() if objection.status in (S.FOUNDED, S.UNFOUNDED) and not objection.told_at else None,
            "title": _("Objection {number}").format(number=objection.number),
        }
        | extra
    )
    return render(request, "publicity/objection.html", context, status=status if extra else 200)
