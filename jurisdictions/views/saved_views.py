"""Keeping views of lists: save, rename, open first, delete. Posts only; each leads back to the list."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_scopes import scopes_disabled

from core.pages import attempt, back
from jurisdictions.domain import saved_views
from jurisdictions.models import Jurisdiction, SavedView


@require_POST
@login_required
def save(request: HttpRequest) -> HttpResponse:
    """Keep the list as it is shown."""
    given, code = request.POST, request.POST.get("jurisdiction", "")
    place = get_object_or_404(Jurisdiction, code=code) if code else None
    attempt(
        request, saved_views.save, list_key=given.get("list", "")[:80], name=given.get("name", ""), query=given.get("query", ""),
        jurisdiction=place, shared=given.get("shared") == "1", done=_("The view is saved."),
    )  # fmt: skip
    return redirect(back(request, "/"))


@require_POST
@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename it, open the list with it, or delete it."""
    with scopes_disabled():
        view: SavedView = get_object_or_404(SavedView.objects.filter(person=request.user.pk), pk=pk)
    what = request.POST.get("what", "")
    acts: dict[str, tuple[Any, dict[str, Any], str]] = {
        "rename": (saved_views.rename, {"name": request.POST.get("name", "")}, _("The view is renamed.")),
        "first": (saved_views.open_first, {}, _("The list opens with this view.")),
        "not_first": (saved_views.open_first, {"wanted": False}, _("The list opens without a view.")),
        "delete": (saved_views.delete, {}, _("The view is deleted.")),
    }
    if what in acts:
        act, arguments, done = acts[what]
        attempt(request, act, view=view, done=done, **arguments)
    return redirect(back(request, "/"))
