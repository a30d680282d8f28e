"""Page: the log of a round."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from audit.models import AuditEvent
from core.keyset import page
from rounds.rules import is_office_head, is_supervisor
from rounds.views.access import round_for, shared


@login_required
def index(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Every recorded act of a round, newest first; for supervision and the head of the office."""
    round_ = round_for(request, pk, is_supervisor | is_office_head)
    found = page(
        AuditEvent.objects.filter(round_id=str(round_.pk)), by=("-id",), cursor=request.GET.get("cursor", ""), size=100
    )
    people = {str(u.pk): u for u in User.objects.filter(pk__in={e.actor_id for e in found.rows if e.actor_id})}
    for event in found.rows:
        event.actor = people.get(event.actor_id)  # type: ignore[attr-defined]
    return render(request, "rounds/log.html", shared(request, round_) | {"page": found})
