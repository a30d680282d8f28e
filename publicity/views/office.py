"""The office's page of a publicity stage: publish, objections, report."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.pages import submit
from core.refusals import Refused
from jurisdictions.calendar import Window, calendar_of, window
from publicity import queries
from publicity.domain import examining, notices
from publicity.forms import PublishForm, ReportForm
from publicity.models import Objection
from publicity.rules import publishes, sees_objections
from publicity.views.access import shared, stage_for, works
from publicity.words import DAYS
from rounds import clock
from rounds.models import RoundStage


@login_required
def stage(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Everything about the publicity of one list."""
    return _page(request, stage_for(request, pk))


@require_POST
@login_required
def publish(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Publish the list."""
    found = stage_for(request, pk)
    works(request, found, publishes(found))
    form = PublishForm(request.POST, media=found.spec.media)
    if form.is_valid():
        text = {"zh": form.cleaned_data["zh"], "en": form.cleaned_data["en"]}
        given = {"media": form.cleaned_data["also_in"], "text": text, "done": _("The list is published.")}
        notice = submit(request, form, notices.publish, stage=found, **given)
        if notice:
            return redirect("publicity:stage", code, pk)
    return _page(request, found, publish_form=form)


@require_POST
@login_required
def report(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Hand over the investigation report."""
    found = stage_for(request, pk)
    works(request, found)
    form = ReportForm(request.POST)
    given: dict[str, Any] = {"stage": found, "done": _("The report is handed over.")}
    if form.is_valid() and submit(request, form, examining.report, text=form.cleaned_data["text"], **given):
        return redirect("publicity:stage", code, pk)
    return _page(request, found, report_form=form)


def _page(request: HttpRequest, found: RoundStage, **forms: Any) -> HttpResponse:
    unpublished = queries.unpublished(found)
    organ, report_article = queries.report_organ(found)
    rows = Objection.objects.filter(stage=found).select_related("entry__organisation").order_by("id")
    context = (
        shared(request, found)
        | {
            "notices": queries.notices_of(found),
            "unpublished": unpublished,
            "lines": notices.listed(found, unpublished),
            "preview": _preview(found) if unpublished else None,
            "may_publish": publishes(found)(request.user, found) and found.status == RoundStage.Status.OPEN,
            "publish_form": PublishForm(media=found.spec.media),
            "objections": queries.for_reader(rows, request.user) if sees_objections(request.user, found) else [],
            "reports": queries.reports_of(found),
            "unreported": queries.unreported(found).count() if organ else 0,
            "organ": found.round.rules.organ(organ) if organ else None,
            "report_article": report_article,
            "report_form": ReportForm(),
        }
        | forms
    )
    return render(request, "publicity/stage.html", context, status=422 if forms else 200)


def _preview(found: RoundStage) -> dict[str, Any]:
    """The window if the list were published today; why it cannot be counted, where it cannot."""
    spec = found.spec
    try:
        span = window(
            calendar_of(found.round.jurisdiction), after=clock.today(found.round), length=spec.window.length.value,
            unit=spec.window.unit, article=found.article,
        )  # fmt: skip
    except Refused as refusal:
        return {"refusal": refusal}
    return {"span": span, "days": days_of(span)}


def days_of(span: Window) -> list[dict[str, Any]]:
    """The derivation of a window, day by day, in words."""
    return [
        {"day": step.day, "words": DAYS.get(step.reason, step.reason), "ordinal": step.ordinal} for step in span.steps
    ]
