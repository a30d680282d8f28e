"""The tenant of a request.

Under ``/j/<code>/`` every view, and the rendering of its template, runs inside ``scope(jurisdiction=…)`` and finds the
jurisdiction as ``request.jurisdiction``; an unknown code is a 404. Elsewhere ``request.jurisdiction`` is None and a
scoped query raises.

The scope ends with the response: what a *streaming* response reads, it must have read before it is returned (or enter
the scope itself).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django_scopes import scope

from jurisdictions.models import Jurisdiction

PATH = re.compile(r"^/j/(?P<code>[^/]+)/")


class TenantMiddleware:
    """Sets ``request.jurisdiction`` and the scope."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        jurisdiction = _resolve(request.path_info)
        request.jurisdiction = jurisdiction  # type: ignore[attr-defined]
        if jurisdiction is None:
            return self.get_response(request)
        with scope(jurisdiction=jurisdiction):
            return self.get_response(request)


def _resolve(path: str) -> Jurisdiction | None:
    found = PATH.match(path)
    if found is None:
        return None
    try:
        return Jurisdiction.objects.get(code=found["code"])
    except Jurisdiction.DoesNotExist as error:
        raise Http404 from error
