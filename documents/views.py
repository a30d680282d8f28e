"""Handing files and papers out: after a permission check, as attachments, never rendered by us."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit import log
from core.refusals import Refused
from documents import access
from documents.models import Paper, StoredFile


@never_cache
@login_required
@require_safe
def file(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """A stored file. Who may not read it does not learn that it exists; reading a trade secret is logged."""
    found: StoredFile = get_object_or_404(StoredFile.objects.select_related("jurisdiction"), token=token)
    if not access.may_read(request.user, found):
        raise Http404
    if found.secret and request.method == "GET":
        _log_reading(request.user, found)
    return _attachment(found.content(), found.original_name, found.content_type)


@never_cache
@require_safe
def paper(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """A paper; while it is being made, a refusal that says so. Some (public notices) may be read without signing in."""
    found: Paper = get_object_or_404(Paper.objects.select_related("jurisdiction"), token=token)
    if not access.may_read(request.user, found):
        if not request.user.is_authenticated:
            return redirect(f"{_sign_in()}?next={request.path}")
        raise Http404
    if not found.is_ready:
        raise Refused("paper_not_ready")
    _name, content, kind = found.attachment() or ("", b"", "")
    return _attachment(content, found.file_name, kind)


def _sign_in() -> str:
    from django.conf import settings
    from django.shortcuts import resolve_url

    return resolve_url(settings.LOGIN_URL)


@transaction.atomic
def _log_reading(user: Any, found: StoredFile) -> None:
    log.record(
        "file.secret_read",
        scope=found.jurisdiction.code,
        actor=user,
        subject=found.subject,
        facts={"file": found.pk, "sha256": found.sha256},
    )


def _attachment(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
