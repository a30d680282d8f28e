"""Evidence of a section: attach, replace, remove, mark; in the section's own form, or one by one with a progress bar."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from applications.domain import attaching
from applications.domain.checklist import Survey
from applications.forms import posting
from applications.forms.questions import questions
from applications.models import Application, Evidence
from applications.views.common import application_for, me
from core import held
from core.refusals import Refused
from documents.contents import ACCEPT
from jurisdictions.policy.forms import Section


def take_in(request: HttpRequest, application: Application, part: Section) -> dict[str, list[str]]:
    """Everything about files that the section's form carries. ``{field key: why a file was not taken}``."""
    found: dict[str, list[str]] = {}
    for key in (field.key for field in part.fields if field.type == "files"):
        told = _of_field(request, application, key)
        if told:
            found[key] = told
    return found


@require_POST
@held.keeps_words
def upload(request: HttpRequest, code: str, pk: int, section: str) -> HttpResponse:
    """Take in the files of one question for the page's script; the question's list of files as it stands now, with what was refused."""
    application = application_for(request, pk)
    survey = Survey(application)
    part, key = survey.layout.section(section), request.POST.get("field", "")
    if part is None or key not in {field.key for field in part.fields if field.type == "files"}:
        raise Http404
    told = _of_field(request, application, key)
    pieces = Evidence.objects.filter(application=application, field=key).select_related(
        "file__jurisdiction", "added_by"
    )
    shown = questions(part, survey.layout, survey.answered, {}, (), pieces, application.secrets)
    question = next((one for one in shown if one.key == key), None)
    if question is None:
        raise Http404
    html = render_to_string(
        "applications/fields/attached.html", {"q": question, "accept": ACCEPT, "is_member": True}, request
    )
    return JsonResponse({"html": html, "told": told}, status=422 if told else 200)


def _of_field(request: HttpRequest, application: Application, key: str) -> list[str]:
    """Remove what is ticked, replace, mark, then attach. Each refusal is told by itself, and keeps nothing else from being done."""
    told: list[str] = []
    secret = bool(request.POST.get(f"secret-{key}"))
    standing = Evidence.objects.filter(application=application, field=key, removed_at=None).select_related(
        "application"
    )
    ticked = {int(pk) for pk in request.POST.getlist("remove") if pk.isdigit() and len(pk) < 18}
    for piece in standing:
        told += _of_piece(request, piece, secret, remove=piece.pk in ticked)
    for upload in request.FILES.getlist(posting.name_of(key)):
        told += _attach(request, application, key, upload, secret)
    return told


def _of_piece(request: HttpRequest, piece: Evidence, secret: bool, *, remove: bool) -> Iterable[str]:
    other = request.FILES.get(f"replace-{piece.pk}")
    try:
        with transaction.atomic():
            if remove:
                attaching.remove(actor=me(request), evidence=piece)
            elif other is not None:
                attaching.attach(
                    actor=me(request), application=piece.application, field=piece.field, upload=other, secret=secret, replaces=piece
                )  # fmt: skip
            elif piece.secret != secret:
                attaching.mark(actor=me(request), evidence=piece, secret=secret)
    except Refused as refusal:
        return [str(refusal)]
    return []


def _attach(request: HttpRequest, application: Application, key: str, upload: UploadedFile, secret: bool) -> list[str]:
    try:
        with transaction.atomic():
            attaching.attach(actor=me(request), application=application, field=key, upload=upload, secret=secret)
    except Refused as refusal:
        return [str(refusal)]
    return []
