"""An application's own page: how far it is, what is missing, where it stands in the round."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import OrganisationMember
from applications.domain.checklist import Survey, advice
from applications.domain.deadlines import deadline_for, shown_to
from applications.domain.standing import standing
from applications.domain.supplementing import KINDS
from applications.models import FiledVersion, Supplement
from applications.queries.applying import Step, way_of
from applications.rules import reads
from applications.views.common import application_for, shared
from core import reading
from documents import papers
from rounds.models import StageEntry
from rounds.rules import is_office


@login_required
def overview(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Sections, checklist, stages in plain words, papers."""
    with reading.once():
        return _overview(request, pk)


def _overview(request: HttpRequest, pk: int) -> HttpResponse:
    application = application_for(request, pk)
    survey = Survey(application)
    context = shared(request, application)
    steps, progress = way_of(application.entry), survey.progress()
    supplement = Supplement.objects.filter(application=application).first()
    versions = FiledVersion.objects.filter(application=application).defer("answers", "secrets", "evidence", "profile")
    context |= {
        "progress": progress,
        "unfinished": next((part for part in progress if not part.complete), None),
        "gaps": survey.gaps if context["may_write"] else [],
        "advice": advice(survey) if context["may_write"] else [],
        "principles": [p for p in survey.policy.principles if "form" in p.shown_on],
        "flags": [e for e in survey.policy.encouragements if e.key in application.entry.flags],
        "steps": steps,
        "standing": standing(application, steps, supplement),
        "extensions": shown_to(application.entry.round, [application.entry.organisation_id]),
        "head_needed": _head_needed(context),
        "may_take_back": _may_take_back(context, steps),
        "supplement_row": _office_row(request, steps),
        "supplement": supplement,
        "versions": versions.select_related("filed_by").order_by("-number"),
        "papers": papers.of_subject(application) if reads(request.user, application.entry) else [],
    }
    return render(request, "applications/application.html", context)


def _head_needed(context: dict[str, Any]) -> str:
    """The article by which the head signs a report in person, while the organisation has named no head who could."""
    stages = [stage for stage in context["rules"].stages if stage.kind == "team_review" and stage.confirm]
    article = next((stage.confirm.article for stage in stages if stage.confirm.by == "head"), "")
    if not article or not context["is_member"] or context["entry"].status not in ("draft", "active"):
        return ""
    named = OrganisationMember.objects.filter(organisation=context["entry"].organisation_id, is_head=True)
    return "" if named.exists() else article


def _may_take_back(context: dict[str, Any], steps: list[Step]) -> bool:
    """It is filed and the time for filing still runs: the page offers only what would not be refused."""
    intake = next((step.stage for step in steps if step.stage.kind == "intake" and step.row), None)
    entry = context["entry"]
    if intake is None or not (context["may_file"] and context["application"].is_filed and entry.status == "active"):
        return False
    deadline = deadline_for(intake, entry.organisation_id)
    return intake.status == "open" and deadline is not None and context["round_now"] <= deadline


def _office_row(request: HttpRequest, steps: list[Step]) -> StageEntry | None:
    """Where the office may ask for a supplement: shown to those who work on rounds."""
    row = next((step.row for step in reversed(steps) if step.row and step.stage.kind in KINDS), None)
    return row if row is not None and is_office(request.user, row.entry.round) else None
