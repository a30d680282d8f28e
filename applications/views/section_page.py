"""What a section's page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from applications.domain.answering import fingerprint
from applications.domain.checklist import Survey
from applications.forms.answers import FieldProblem, problems
from applications.forms.layout import intake_of
from applications.forms.located import located
from applications.forms.questions import Question, questions
from applications.models import Application, Evidence
from applications.views.common import masked_for, shared
from core import held
from documents import uploads
from documents.contents import ACCEPT
from jurisdictions.policy.forms import Section


@dataclass(slots=True)
class Shown:
    """What a page shows instead of what is stored: ``answers`` as posted, ``seen`` as the writer's page had it, and what went wrong."""

    answers: Mapping[str, Any]
    seen: dict[str, str] | None = None
    theirs: dict[str, Any] = field(default_factory=dict)
    pasted: dict[str, str] = field(default_factory=dict)
    paste_problems: dict[str, list[str]] = field(default_factory=dict)
    file_problems: dict[str, list[str]] = field(default_factory=dict)
    secrets: list[str] | None = None
    restored: bool = False


def neighbour(survey: Survey, key: str, step: int) -> str | None:
    """The section before or after, among those in which something is asked."""
    keys = [progress.key for progress in survey.progress()]
    place = keys.index(key) + step if key in keys else -1
    return keys[place] if 0 <= place < len(keys) else None


def page(
    request: HttpRequest,
    application: Application,
    survey: Survey,
    part: Section,
    shown: Shown | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The section's page."""
    context, posted = shared(request, application), shown is not None
    shown = shown or Shown(application.answers)
    spec = intake_of(survey.policy)
    found = _problems(application, survey, part, shown, posted=posted)
    place = [one.key for one in survey.progress()]
    context |= {
        "section": part,
        "questions": _questions(request, application, survey, part, shown, found),
        "masked": masked_for(request, application),
        "problems": _open_points(application, survey, found),
        "conflict": bool(shown.theirs),
        "person": request.user.pk,
        "restored": shown.restored,
        "accept": ACCEPT,
        "largest": uploads.max_bytes() // uploads.MEGABYTE,
        "secrets_article": spec.secrets_article if spec else "",
        "progress": survey.progress(),
        "number": place.index(part.key) + 1 if part.key in place else 0,
        "before": neighbour(survey, part.key, -1),
        "after": neighbour(survey, part.key, 1),
        "seen": _seen(application, part, shown),
        "writer": held.writer_of(request.user),
        "here": _address(application, "section", part),
        "autosave_url": _address(application, "autosave", part),
        "upload_url": _address(application, "upload", part),
    }
    return render(request, "applications/section.html", context, status=status)


def _open_points(
    application: Application, survey: Survey, found: list[FieldProblem]
) -> list[tuple[FieldProblem, str, str]]:
    """Each with the name of its question and, inside a table, with its place."""
    fields, last_year = survey.layout.fields, application.entry.round.year - 1
    return [(one, str(fields[one.field].label), located(one, fields[one.field], last_year)) for one in found]


def _address(application: Application, name: str, part: Section) -> str:
    code = application.entry.round.jurisdiction.code
    return reverse(f"applications:{name}", kwargs={"code": code, "pk": application.pk, "section": part.key})


def _problems(
    application: Application, survey: Survey, part: Section, shown: Shown, *, posted: bool
) -> list[FieldProblem]:
    """Of a section on which somebody has worked; an untouched one is not yet wrong."""
    if not posted and part.key not in application.section_versions:
        return []
    if not posted:
        return [problem for problem in survey.problems if problem.section == part.key]
    answers = {**application.answers, **shown.answers}
    return problems(survey.layout, answers, survey.answered, survey.files, survey.today, only=[part.key])


def _questions(
    request: HttpRequest,
    application: Application,
    survey: Survey,
    part: Section,
    shown: Shown,
    found: list[FieldProblem],
) -> list[Question]:
    masked = masked_for(request, application)
    answers = {k: v for k, v in {**application.answers, **shown.answers}.items() if k not in masked}
    evidence = Evidence.objects.filter(application=application).select_related("file__jurisdiction", "added_by")
    secrets = application.secrets if shown.secrets is None else [*application.secrets, *shown.secrets]
    made = questions(
        part, survey.layout, survey.answered, answers, found, evidence, secrets, shown.theirs, application.entry.round.year - 1
    )  # fmt: skip
    for question in made:
        question.pasted = shown.pasted.get(question.key, "")
        question.errors += [*shown.paste_problems.get(question.key, []), *shown.file_problems.get(question.key, [])]
    return made


def _seen(application: Application, part: Section, shown: Shown) -> str:
    """``key:fingerprint …``: with what the next post is compared. Both versions of a conflict have been shown now."""
    marks = {one.key: fingerprint(application.answers.get(one.key)) for one in part.fields if one.type != "files"}
    if shown.seen is not None:
        marks |= {key: mark for key, mark in shown.seen.items() if key in marks and key not in shown.theirs}
    return " ".join(f"{key}:{mark}" for key, mark in marks.items())
