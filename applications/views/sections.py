"""A section of the form: read, write, files and trade secrets in one plain form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.domain import answering, attaching
from applications.domain.checklist import Survey
from applications.forms import posting
from applications.forms.layout import intake_of
from applications.forms.questions import questions
from applications.models import Application, Evidence
from applications.views.common import application_for, masked_for, me, shared
from core.pages import attempt
from core.refusals import Refused
from documents.contents import ACCEPT
from jurisdictions.policy.forms import Section


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str, pk: int, section: str) -> HttpResponse:
    """Show a section; save what was written, however incomplete."""
    application = application_for(request, pk)
    survey = Survey(application)
    part = survey.layout.section(section)
    if part is None:
        raise Http404
    if request.method == "POST":
        return _save(request, application, survey, part)
    return _page(request, application, survey, part, application.answers, {})


def _save(request: HttpRequest, application: Application, survey: Survey, part: Section) -> HttpResponse:
    data = posting.answers(part, survey.answered.asked, request.POST)
    given = request.POST.get("version", "")
    version = int(given) if given.isdigit() and len(given) < 9 else 0
    try:
        answering.save_section(
            actor=me(request),
            application=application,
            section=part.key,
            data=data,
            version=version,
            secrets=posting.secrets(part, request.POST),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        status = (
            409 if refusal.code == "section_changed_meanwhile" else 403 if refusal.code == "not_yours_to_write" else 200
        )
        return _page(
            request,
            application,
            survey,
            part,
            {**application.answers, **data},
            refusal.facts.get("theirs", {}),
            status=status,
        )
    files_taken = _files(request, application, part)
    return _onwards(request, application, part, survey.answered.asked, files_taken)


def _files(request: HttpRequest, application: Application, part: Section) -> bool:
    """Remove what is ticked, attach what was chosen. Each refusal is told by itself; whether all went well."""
    fine, here = True, {field.key for field in part.fields if field.type == "files"}
    standing = Evidence.objects.filter(application=application, removed_at=None, field__in=here)
    ticked = [int(pk) for pk in request.POST.getlist("remove") if pk.isdigit() and len(pk) < 18]
    for piece in standing.filter(pk__in=ticked).select_related("application"):
        attempt(request, attaching.remove, evidence=piece)
    for key in sorted(here):
        secret = bool(request.POST.get(f"secret-{key}"))
        for piece in standing.filter(field=key).exclude(secret=secret).select_related("application"):
            attempt(request, attaching.mark, evidence=piece, secret=secret)
        for upload in request.FILES.getlist(posting.name_of(key)):
            fine &= (
                attempt(request, attaching.attach, application=application, field=key, upload=upload, secret=secret)
                is not None
            )
    return fine


def _onwards(
    request: HttpRequest, application: Application, part: Section, asked_before: frozenset[str], fine: bool
) -> HttpResponse:
    """To the next section; stay when a file was refused or the answers brought up further questions here."""
    after = Survey(application_for(request, application.pk))
    appeared = [field for field in part.fields if field.key in after.answered.asked - asked_before]
    if appeared:
        messages.info(request, _("Your answers bring up further questions in this section."))
    else:
        messages.success(request, _("Saved."))
    code = application.entry.round.jurisdiction.code
    if appeared or not fine or "stay" in request.POST:
        return redirect("applications:section", code=code, pk=application.pk, section=part.key)
    following = _neighbour(after, part.key, 1)
    if following is None:
        return redirect("applications:review", code=code, pk=application.pk)
    return redirect("applications:section", code=code, pk=application.pk, section=following)


def _neighbour(survey: Survey, key: str, step: int) -> str | None:
    """The section before or after, among those in which something is asked."""
    keys = [progress.key for progress in survey.progress()]
    place = keys.index(key) + step if key in keys else -1
    return keys[place] if 0 <= place < len(keys) else None


def _page(
    request: HttpRequest,
    application: Application,
    survey: Survey,
    part: Section,
    answers: dict[str, Any],
    theirs: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    context = shared(request, application)
    masked = masked_for(request, application)
    written = part.key in application.section_versions or request.method == "POST"
    problems = [problem for problem in survey.problems if problem.section == part.key] if written else []
    evidence = Evidence.objects.filter(application=application, removed_at=None).select_related("file__jurisdiction")
    spec = intake_of(survey.policy)
    context |= {
        "section": part,
        "questions": questions(
            part, survey.layout, survey.answered, {k: v for k, v in answers.items() if k not in masked}, problems, evidence,
            application.secrets, theirs, application.entry.round.year - 1,
        ),
        "masked": masked,
        "problems": problems,
        "conflict": bool(theirs),
        "accept": ACCEPT,
        "secrets_article": spec.secrets_article if spec else "",
        "progress": survey.progress(),
        "before": _neighbour(survey, part.key, -1),
        "here": reverse("applications:section", kwargs={"code": request.jurisdiction.code, "pk": application.pk, "section": part.key}),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "applications/section.html", context, status=status)
