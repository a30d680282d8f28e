"""What an applicant does after filing: give the supplement it is asked for; what changed between two versions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from applications.domain import supplement_filing, supplementing
from applications.domain.differences import differences
from applications.domain.reopened import Reopened
from applications.forms import posting
from applications.forms.fields import show
from applications.forms.questions import questions
from applications.models import Application, Evidence, FiledVersion, Supplement
from applications.rules import may_file, may_write, reads
from applications.views.common import application_for, masked_for, me, shared
from core.pages import attempt
from core.refusals import Refused
from documents.contents import ACCEPT


@login_required
@require_http_methods(["GET", "POST"])
def supplement(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What the office asks for; the questions that reopen, each beside what was filed."""
    application = application_for(request, pk, may_write if request.method == "POST" else reads)
    found = _supplement(application)
    if request.method == "POST":
        return _saved(request, application, found)
    return _page(request, application, found)


@require_POST
@login_required
def file_supplement(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """File the supplement."""
    application = application_for(request, pk, may_file)
    _supplement(application)
    done = _("The supplement is filed.")
    version = attempt(request, supplement_filing.file, application=application, done=done)
    return redirect("applications:application" if version else "applications:supplement", code=code, pk=pk)


@login_required
def difference(request: HttpRequest, code: str, pk: int, number: int) -> HttpResponse:
    """Version ``number`` beside the one before it."""
    application = application_for(request, pk)
    rows = {row.number: row for row in FiledVersion.objects.filter(application=application).select_related("filed_by")}
    if number not in rows or number - 1 not in rows:
        raise Http404
    old, new = rows[number - 1], rows[number]
    context = shared(request, application) | {
        "old": old,
        "new": new,
        "changes": differences(application, old, new, masked_for(request, application)),
    }
    return render(request, "applications/difference.html", context)


def _supplement(application: Application) -> Supplement:
    found: Supplement | None = (
        Supplement.objects.filter(application=application).select_related("asked_by", "letter", "saved_by").first()
    )
    if found is None:
        raise Http404
    found.application = application
    return found


def _saved(request: HttpRequest, application: Application, found: Supplement) -> HttpResponse:
    part = Reopened(found, application)
    data = posting.answers(part.section, part.survey.answered.asked, request.POST)
    given = request.POST.get("version", "")
    try:
        with transaction.atomic():
            supplementing.save(
                actor=me(request),
                application=application,
                data=data,
                version=int(given) if given.isdigit() and len(given) < 9 else 0,
            )
    except Refused as refusal:
        messages.error(request, str(refusal))
        status = 409 if refusal.code == "supplement_changed_meanwhile" else 200
        return _page(request, application, found, data, refusal.facts.get("theirs", {}), status)
    fine = _files(request, application, part)
    if fine and "file" in request.POST:
        done = _("The supplement is filed.")
        if attempt(request, supplement_filing.file, application=application, done=done) is not None:
            return redirect(
                "applications:application", code=application.entry.round.jurisdiction.code, pk=application.pk
            )
    elif fine:
        messages.success(request, _("Saved. It counts once it is filed."))
    return redirect("applications:supplement", code=application.entry.round.jurisdiction.code, pk=application.pk)


def _files(request: HttpRequest, application: Application, part: Reopened) -> bool:
    """Take away what is ticked, attach what was chosen; whether all went well."""
    keys = [field.key for field in part.section.fields if field.type == "files"]
    if not keys:
        return True
    fine = attempt(
        request, supplementing.take_away, application=application, evidence=_numbers(request, "drop"), given=_numbers(request, "remove")
    ) is not None  # fmt: skip
    for key in keys:
        secret = key in application.secrets
        for upload in request.FILES.getlist(posting.name_of(key)):
            taken = attempt(
                request, supplementing.attach, application=application, field=key, upload=upload, secret=secret
            )
            fine &= taken is not None
    return fine


def _numbers(request: HttpRequest, name: str) -> list[int]:
    return [int(pk) for pk in request.POST.getlist(name) if pk.isdigit() and len(pk) < 18]


def _page(
    request: HttpRequest,
    application: Application,
    found: Supplement,
    data: dict[str, Any] | None = None,
    theirs: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    part, context = Reopened(found, application), shared(request, application)
    round_ = application.entry.round
    running = found.is_running(context["round_now"]) and application.entry.status == "active"
    writes = running and context["is_member"] and bool(may_write(request.user, application.entry))
    masked = masked_for(request, application)
    shown = questions(
        part.section, part.plan, part.survey.answered, {**part.answers, **(data or {})}, part.problems if found.version else (), (),
        application.secrets, theirs, round_.year - 1,
    )  # fmt: skip
    if found.letter:
        found.letter.jurisdiction = round_.jurisdiction
    context |= {
        "supplement": found, "writes": writes, "running": running, "masked": masked, "accept": ACCEPT, "part": part,
        "reopened": [_reopened(question, found, part) for question in shown], "conflict": bool(theirs),
        "letters": [found.letter] if found.letter else [],
        "may_file_it": writes and bool(may_file(request.user, application.entry)),
    }  # fmt: skip
    return render(request, "applications/supplement.html", context, status=status)


def _reopened(question: Any, found: Supplement, part: Reopened) -> dict[str, Any]:
    """One question: what is wanted, what was filed, what is given now."""
    field = part.plan.fields[question.key]
    wanted = next((one["what"] for one in found.fields if one["key"] == question.key), "")
    filed = Evidence.objects.filter(application=part.application, removed_at=None, field=question.key).select_related(
        "file__jurisdiction"
    ) if field.type == "files" else ()  # fmt: skip
    return {
        "q": question,
        "wanted": wanted,
        "before": show(field, part.application.answers.get(question.key)),
        "filed": [(piece, piece.pk in found.dropped) for piece in filed],
        "added": [piece for piece in part.added if piece.field == question.key],
        "is_files": field.type == "files",
    }
