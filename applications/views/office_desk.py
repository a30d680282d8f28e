"""Pages of the office: the desk of eligibility and acceptance, one entry's points, established facts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications.domain import eligibility
from applications.domain.office_unmasking import needs_secrets, unmask
from applications.forms.office.checks import ChecksForm
from applications.forms.office.findings import PointsForm
from applications.forms.office.shared import attach
from applications.lists import Desk
from applications.models import Application, InternalPublicity
from applications.models.assessment import CheckRecord
from applications.models.opinions import ConsultationRequest
from applications.queries.office import desk_rows, points_of
from applications.rules_office import may_examine, may_inspect, may_watch
from applications.views import office_answers
from applications.views.office_access import office_stage_for, page_context, person, row_for
from applications.views.office_points import dress, lay_beside
from core.pages import attempt
from core.refusals import Refused
from jurisdictions.lists import serve
from jurisdictions.policy.constitution import Check
from rounds.engine.stages import blockers
from rounds.models import RoundStage, StageEntry
from rounds.rules import is_office
from rounds.views.access import works_on_rounds

KINDS = ("eligibility", "acceptance")


@login_required
def desk(request: HttpRequest, code: str, stage: int) -> HttpResponseBase:
    """The entries of the stage with how they stand; the same finding for several, asking bodies about several."""
    found = office_stage_for(request, stage, KINDS)
    is_open = found.status == RoundStage.Status.OPEN
    encouraged = {e.key: e for e in found.round.rules.encouragements if e.effect == "priority"}
    works = is_open and bool(is_office(request.user, found))
    rows = desk_rows(person(request), found)
    listing = Desk(
        request,
        rows,
        code=code,
        stage=found,
        round=found.round,
        rules=found.round.rules,
        encouraged=encouraged,
        works=works,
        inspects=may_watch(request.user, found),
    )
    context = page_context(request, found, blockers=blockers(found) if is_open else [], works=works)
    return serve(request, listing, "applications/office/desk.html", context)


@require_POST
@login_required
def recompute(request: HttpRequest, code: str, stage: int) -> HttpResponse:
    """Weigh what waits again on today's facts."""
    found = office_stage_for(request, stage, KINDS, works_on_rounds)
    attempt(request, eligibility.recompute, stage=found, done=_("Every waiting application was weighed again."))
    return redirect(_address(code, found))


@login_required
def examine(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One entry: every point with what was computed and why, what staff found, what bodies answered."""
    row = row_for(request, pk, may_inspect, KINDS)
    if request.method == "POST":
        return _examined(request, code, row_for(request, pk, may_examine, KINDS))
    return _page(request, row)


def _examined(request: HttpRequest, code: str, row: StageEntry) -> HttpResponse:
    act = request.POST.get("act", "")
    if act == "unmask":
        return _page(request, row, masked=attempt(request, unmask, stage_entry=row) is None)
    points = PointsForm(request.POST if act == "find" else None, points=points_of(row))
    checks = _checks(row, request.POST if act == "check" else None)
    form: Any = points if act == "find" else checks
    if form.is_bound and form.is_valid():
        try:
            if act == "find":
                eligibility.find(actor=person(request), stage_entry=row, findings=points.findings())
            else:
                eligibility.check(
                    actor=person(request),
                    stage_entry=row,
                    values=checks.values(),
                    evidence=checks.cleaned_data["evidence"],
                )
        except Refused as refusal:
            attach(form, refusal)
        else:
            messages.success(
                request, _("The findings are recorded.") if act == "find" else _("The answers are recorded.")
            )
            return redirect("applications:examine", code, row.pk)
    return _page(request, row, points=points, checks=checks, status=422)


def _page(
    request: HttpRequest,
    row: StageEntry,
    *,
    points: Any = None,
    checks: Any = None,
    masked: bool = True,
    status: int = 200,
) -> HttpResponse:
    waits = row.status == StageEntry.Status.PENDING and row.stage.status == RoundStage.Status.OPEN
    works = waits and bool(may_examine(request.user, row))
    form = points or PointsForm(points=points_of(row))
    dress(form.points, row)
    questions = ConsultationRequest.objects.filter(stage_entry=row).select_related(
        "body", "answered_by", "file__jurisdiction", "set_aside_by", "consultation"
    )
    parts = office_answers.parts(row, masked=masked)
    lay_beside(form.points, row, parts)
    context = page_context(
        request, row.stage, row=row, points=form, checks=checks or _checks(row), questions=questions, works=works, masked=masked,
        records=_records(row), may_unmask=needs_secrets(row) is not None,
        parts=parts,
        published=InternalPublicity.objects.filter(application=row.entry_id).select_related("proof__jurisdiction", "by_parent").first(),
    )  # fmt: skip
    return render(request, "applications/office/examine.html", context, status=status)


def _records(row: StageEntry) -> list[tuple[CheckRecord, Check, str]]:
    """Established facts, each with its check and the value in words."""
    rows = CheckRecord.objects.filter(application=row.entry_id).select_related("body", "by").order_by("key", "id")
    checks = {check.key: check for check in row.stage.round.rules.checks}
    return [(record, checks[record.key], _said(checks[record.key], record.value)) for record in rows]


def _said(check: Check, value: Any) -> str:
    """An established fact in words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(check.choices.get(str(value), value))


def _checks(row: StageEntry, post: Any = None) -> ChecksForm:
    known = Application.objects.filter(pk=row.entry_id).values_list("checks", flat=True).first() or {}
    return ChecksForm(post, checks=list(row.stage.round.rules.checks), values=known)


def _address(code: str, stage: RoundStage) -> str:
    return reverse(f"applications:{stage.kind}", args=[code, stage.pk])
