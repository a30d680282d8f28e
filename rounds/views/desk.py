"""Page: what waits for me, in every role and organisation; and the switch between roles."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.models import User
from core import reading
from core.pages import back
from jurisdictions.models import Role
from rounds import acting, agenda, counting, homes
from rounds.capacities import held_by
from rounds.todos import stages_of, waiting_for

OVERVIEW = (Role.OFFICE, Role.OFFICE_HEAD, Role.SUPERVISOR, Role.APPROVER)


@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """What must I do, until when, what comes next; in all my roles together, or in the one I have chosen."""
    with reading.once():
        now = counting.moment()
        held = held_by(cast(User, request.user), now)
        chosen, stages = acting.chosen(request, held), stages_of(held)
        everything = waiting_for(held, now, stages)
    rows = [row for row in everything if chosen is None or chosen.takes(row.todo, row.jurisdiction)]
    applications = homes.applications(held)
    context: dict[str, Any] = {
        "held": held,
        "chosen": chosen,
        "switch": agenda.counts(everything, held.capacities, now) if len(held.capacities) > 1 else [],
        "all_count": len(everything),
        "count": len(rows),
        "sections": agenda.sections(rows, now),
        "coming": agenda.coming(held, stages, chosen, over=homes.over(applications)),
        "now": now,
        "overviews": homes.overviews(held, chosen, OVERVIEW),
        "applications": applications if chosen is None or chosen.jurisdiction is None else [],
        "watched": homes.watched(held, chosen, now),
    }
    return render(request, "rounds/desk.html", context)


@require_POST
@login_required
def act_as(request: HttpRequest) -> HttpResponse:
    """Look at one role alone, or (nothing chosen) at all together. It filters what is shown; it gives no right."""
    acting.choose(request, held_by(cast(User, request.user)), request.POST.get("capacity", ""))
    return redirect(back(request, "/desk/"))
