"""The living page of all components: where demonstration sign-ins are on, and nowhere else."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.design.samples import samples


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """All components in all states, light and dark, one under the other."""
    if not settings.DEMO_SIGN_IN:
        raise Http404
    return render(request, "core/design.html", {"halves": [samples("light"), samples("dark")]})
