"""Page: the log of a round."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase

from audit.models import AuditEvent
from jurisdictions.lists import serve
from rounds.lists import Log
from rounds.rules import is_office_head, is_supervisor
from rounds.views.access import round_for, shared


@login_required
def index(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Every recorded act of a round, newest first; for supervision and the head of the office."""
    round_ = round_for(request, pk, is_supervisor | is_office_head)
    rows = AuditEvent.objects.filter(round_id=str(round_.pk))
    listing = Log(request, rows, code=code, rules=round_.rules, round=round_)
    return serve(request, listing, "rounds/log.html", shared(request, round_))
