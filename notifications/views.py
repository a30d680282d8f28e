"""A person's inbox."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_scopes import scopes_disabled

from core import clock
from jurisdictions.lists import serve
from notifications.lists import Inbox
from notifications.queries import inbox_of


@login_required
@require_http_methods(["GET", "POST"])
def inbox(request: HttpRequest) -> HttpResponseBase:
    """The person's messages, newest first."""
    return serve(request, Inbox(request, inbox_of(request.user)), "notifications/inbox.html")


@login_required
@require_GET
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message; opening it records when it was first read."""
    with scopes_disabled():
        item = get_object_or_404(inbox_of(request.user), pk=pk)
        if item.read_at is None:
            item.read_at = clock.now()
            inbox_of(request.user).filter(pk=pk, read_at=None).update(read_at=item.read_at)
    return render(request, "notifications/message.html", {"item": item, "message": item.message})


@login_required
@require_POST
def all_read(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    inbox_of(request.user).filter(read_at=None).update(read_at=clock.now())
    messages.success(request, _("All messages are marked as read."))
    return redirect("notifications:inbox")
