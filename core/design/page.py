"""The living page of all components: where demonstration sign-ins are on, and nowhere else."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.design.listing import listing
from core.design.samples import samples
from core.lists import export


@require_safe
def components(request: HttpRequest) -> HttpResponseBase:
    """All components in all states, light and dark, one under the other; the data table once, at work."""
    if not settings.DEMO_SIGN_IN:
        raise Http404
    rows = listing(request)
    if rows.address.export in export.FORMATS:
        return export.respond(rows, rows.address.export)
    return render(request, "core/design.html", {"halves": [samples("light"), samples("dark")], "list": rows})
