"""Page of the office: return an application once for supplement."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from applications.domain import supplementing
from applications.domain.checklist import Survey
from applications.forms.office.afterwards import SupplementForm
from applications.models import Application, Supplement
from applications.rules_office import may_inspect
from applications.views.office_access import page_context
from core.pages import submit
from rounds.models import StageEntry
from rounds.rules import is_office


@login_required
def supplement(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What was asked and how it was answered; while nothing was asked, the form that asks."""
    row = _row(request, pk)
    application: Application = Application.objects.select_related(
        "entry__organisation", "entry__round__jurisdiction"
    ).get(pk=row.entry_id)
    application.entry.round = row.stage.round
    known = Supplement.objects.filter(application=application).select_related("asked_by", "filed_by", "letter").first()
    form = None if known else _form(application, row, request.POST or None)
    if form is not None and request.method == "POST":
        if form.is_valid() and _asked(request, application, form) is not None:
            return redirect("applications:office_supplement", code, pk)
        return _page(request, row, known, form, status=422)
    return _page(request, row, known, form)


def _row(request: HttpRequest, pk: int) -> StageEntry:
    """Where the application waits or waited last, for those who watch over it."""
    rows = StageEntry.objects.not_recused_from(request.user).filter(stage__kind__in=supplementing.KINDS)
    row: StageEntry = get_object_or_404(
        rows.select_related("stage__round__jurisdiction", "stage__round__policy", "entry__organisation"), pk=pk
    )
    row.entry.round = row.stage.round
    if not may_inspect(request.user, row):
        raise Http404
    return row


def _form(application: Application, row: StageEntry, post: Any) -> SupplementForm:
    survey = Survey(application)
    asked = [
        (
            str(section.title),
            [(field.key, str(field.label)) for field in section.fields if field.key in survey.answered.asked],
        )
        for section in survey.layout.sections
    ]
    return SupplementForm(
        post, policy=row.stage.round.rules, article=row.stage.article, asked=[one for one in asked if one[1]]
    )


def _asked(request: HttpRequest, application: Application, form: SupplementForm) -> Any:
    given = form.cleaned_data
    return submit(
        request, form, supplementing.ask, application=application, fields=form.named(), days=given["days"], unit=given["unit"],
        reason=given["reason"], article=given["article"], done=_("The applicant is asked to supplement, and told."),
    )  # fmt: skip


def _page(
    request: HttpRequest, row: StageEntry, known: Supplement | None, form: SupplementForm | None, status: int = 200
) -> HttpResponse:
    waits = row.status == StageEntry.Status.PENDING and row.stage.status == "open"
    works = waits and bool(is_office(request.user, row.stage))
    labels = _labels(row) if known else {}
    if known and known.letter:
        known.letter.jurisdiction = row.stage.round.jurisdiction
    named = (
        [(labels.get(one["key"], one["key"]), one["what"] or _("Complete it.")) for one in known.fields]
        if known
        else []
    )
    context = page_context(
        request, row.stage, row=row, supplement=known, named=named, form=form if works else None, entry=row.entry,
        letters=[known.letter] if known and known.letter else [],
    )  # fmt: skip
    return render(request, "applications/office/supplement.html", context, status=status)


def _labels(row: StageEntry) -> dict[str, str]:
    from applications.forms.layout import layout

    plan = layout(row.stage.round.rules, row.entry.prize)
    return {key: str(field.label) for key, field in plan.fields.items()}
