"""The form as a PDF before it is filed, marked as a preview."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from applications.domain.preview import preview
from applications.rules import reads
from applications.views.common import application_for, me


@login_required
@require_safe
def form_preview(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The applicant's own people alone: it shows every answer, trade secrets included."""
    application = application_for(request, pk)
    if not reads(request.user, application.entry):
        raise PermissionDenied
    response = HttpResponse(preview(application, me(request)), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="preview.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
