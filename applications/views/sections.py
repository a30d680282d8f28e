"""A section of the form: read, write, files and trade secrets in one plain form; saved meanwhile by a script where there is one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from applications.domain import answering
from applications.domain.checklist import Survey
from applications.forms import posting
from applications.forms.fields import read, show
from applications.models import Application
from applications.rules import may_write
from applications.views import evidence
from applications.views.common import application_for, me
from applications.views.section_page import Shown, neighbour, page
from core import held
from core.refusals import Refused
from jurisdictions.policy.forms import Section

#: What stands between the two versions of an answer that are kept both.
BETWEEN = "\n\n"


@held.keeps_words
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str, pk: int, section: str) -> HttpResponse:
    """Show a section; save what was written, however incomplete."""
    application, survey, part = _opened(request, pk, section)
    if request.method == "POST":
        return _save(request, application, survey, part)
    words = held.take(request)
    if words is None or not may_write(request.user, application.entry) or "fresh" in request.GET:
        held.drop(request)
        return page(request, application, survey, part)
    given = posting.posted(part, survey.answered.asked, words, survey.layout, application.entry.round.year - 1)
    shown = Shown(
        given.answers, posting.seen(words), pasted=_pasted(part, words), paste_problems=given.problems, restored=True,
        secrets=posting.secrets(part, words),
    )  # fmt: skip
    return page(request, application, survey, part, shown)


@require_POST
@held.keeps_words
def autosave(request: HttpRequest, code: str, pk: int, section: str) -> JsonResponse:
    """Save while writing goes on, for the page's script. Pasted tables wait for the writer; files go their own way.

    200 with the marks of what is stored now; 409 with the questions that somebody else changed too (nothing is written).
    """
    application, survey, part = _opened(request, pk, section)
    data = posting.answers(part, survey.answered.asked, request.POST, survey.layout)
    try:
        with transaction.atomic():
            saved = answering.save_section(
                actor=me(request), application=application, section=part.key, data=data, version=_version(request.POST),
                secrets=posting.secrets(part, request.POST), seen=posting.seen(request.POST), sitting=True, again=bool(request.POST.get("again")),
            )  # fmt: skip
    except Refused as refusal:
        return _not_saved(survey, refusal)
    held.drop(request)
    return JsonResponse(_stored(saved, survey, part, data))


def _opened(request: HttpRequest, pk: int, section: str) -> tuple[Application, Survey, Section]:
    application = application_for(request, pk)
    survey = Survey(application)
    part = survey.layout.section(section)
    if part is None:
        raise Http404
    return application, survey, part


def _not_saved(survey: Survey, refusal: Refused) -> JsonResponse:
    changed = [str(survey.layout.fields[key].label) for key in refusal.facts.get("theirs", {})]
    status = 409 if refusal.code == "section_changed_meanwhile" else 403
    return JsonResponse({"told": str(refusal), "changed": changed}, status=status)


def _stored(saved: Application, survey: Survey, part: Section, data: dict[str, Any]) -> dict[str, Any]:
    """Marks of the answers that are stored as this writer sent them; what others changed keeps the writer's old mark."""
    own, others = [], []
    for field in part.fields:
        if field.key not in data:
            continue
        stored, mine = saved.answers.get(field.key), read(field, data[field.key], survey.today).value
        if mine == stored or (
            stored is None and mine is False
        ):  # a declaration never made and one taken back are the same
            own.append(f"{field.key}:{answering.fingerprint(stored)}")
        else:
            others.append(str(field.label))
    at = localtime(saved.saved_at).strftime("%H:%M") if saved.saved_at else ""
    return {"version": saved.answers_version, "seen": own, "others": others, "by": str(saved.saved_by or ""), "at": at}


def _save(request: HttpRequest, application: Application, survey: Survey, part: Section) -> HttpResponse:
    post = request.POST
    given = posting.posted(part, survey.answered.asked, post, survey.layout, application.entry.round.year - 1)
    data = _chosen(application, part, given.answers, post)
    shown = Shown(
        {**application.answers, **given.answers}, posting.seen(post), pasted=_pasted(part, post) if given.problems else {},
        paste_problems=given.problems, secrets=posting.secrets(part, post),
    )  # fmt: skip
    try:
        with transaction.atomic():
            answering.save_section(
                actor=me(request), application=application, section=part.key, data=data, version=_version(post),
                secrets=shown.secrets, seen=shown.seen, again=bool(post.get("again")),
            )  # fmt: skip
    except Refused as refusal:
        shown.theirs = refusal.facts.get("theirs", {})
        messages.error(request, str(refusal))
        status = {"section_changed_meanwhile": 409, "not_yours_to_write": 403}.get(refusal.code, 200)
        return page(request, application, survey, part, shown, status=status)
    held.drop(request)
    shown.file_problems = evidence.take_in(request, application, part)
    if shown.file_problems or given.problems:
        return _stayed(request, application.pk, part, shown)
    return _onwards(request, application, part, survey.answered.asked)


def _stayed(request: HttpRequest, pk: int, part: Section, shown: Shown) -> HttpResponse:
    """Saved, but something could not be taken: it stands beside its question."""
    application = application_for(request, pk)
    shown.answers, shown.seen = application.answers, None
    messages.warning(request, _("Saved, except for what is marked below."))
    return page(request, application, Survey(application), part, shown)


def _chosen(application: Application, part: Section, data: dict[str, Any], post: QueryDict) -> dict[str, Any]:
    """Where two versions stood side by side: the one that was chosen, or both, one behind the other."""
    chosen = dict(data)
    for field in part.fields:
        keep = posting.kept(post, field.key)
        if keep == "theirs":
            chosen[field.key] = application.answers.get(field.key)
        elif keep == "both" and field.type == "long_text":
            both = (show(field, application.answers.get(field.key)), str(data.get(field.key) or ""))
            chosen[field.key] = BETWEEN.join(filter(None, both))
    return chosen


def _pasted(part: Section, post: QueryDict) -> dict[str, str]:
    given = {field.key: post.get(f"{posting.name_of(field.key)}-paste", "") for field in part.fields}
    return {key: text for key, text in given.items() if text.strip()}


def _version(post: QueryDict) -> int:
    given = post.get("version", "")
    return int(given) if given.isdigit() and len(given) < 9 else 0


def _onwards(
    request: HttpRequest, application: Application, part: Section, asked_before: frozenset[str]
) -> HttpResponse:
    """To the next section; stay when the answers brought up further questions here."""
    after = Survey(application_for(request, application.pk))
    appeared = [field for field in part.fields if field.key in after.answered.asked - asked_before]
    if appeared:
        messages.info(request, _("Your answers bring up further questions in this section."))
    else:
        messages.success(request, _("Saved."))
    code = application.entry.round.jurisdiction.code
    if appeared or "stay" in request.POST:
        return redirect("applications:section", code=code, pk=application.pk, section=part.key)
    following = neighbour(after, part.key, 1)
    if following is None:
        return redirect("applications:review", code=code, pk=application.pk)
    return redirect("applications:section", code=code, pk=application.pk, section=following)
