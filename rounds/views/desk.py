"""Page: what waits for me, in every role and organisation."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_scopes import scopes_disabled

from accounts.models import User
from core import clock
from jurisdictions.models import Role
from rounds.clock import now as round_now
from rounds.queries import todos_for

OVERVIEW = (Role.OFFICE, Role.OFFICE_HEAD, Role.SUPERVISOR, Role.APPROVER)


@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """What must I do, until when; and where my roles lead."""
    user = cast(User, request.user)
    with scopes_disabled():
        held = list(user.memberships.filter(until=None).select_related("jurisdiction", "body"))
        organisations = [m.organisation for m in user.organisations.select_related("organisation")]
    todos = [
        {"stage": stage, "todo": todo, "late": bool(todo.due and todo.due < round_now(stage.round))}
        for stage, todo in todos_for(user)
    ]
    context = {
        "todos": todos,
        "memberships": held,
        "overviews": list({m.jurisdiction.pk: m.jurisdiction for m in held if m.role in OVERVIEW}.values()),
        "organisations": organisations,
        "now": clock.now(),
    }
    return render(request, "rounds/desk.html", context)
