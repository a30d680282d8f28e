"""Page: the office's desk in a jurisdiction: its running rounds, each open stage with what is done, left and late, and what holds it up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import reading
from jurisdictions.models import Jurisdiction
from rounds import agenda, counting, todos
from rounds.engine.stages import blockers
from rounds.kinds import Blocker, kind_of
from rounds.models import Round, RoundStage
from rounds.queries import Tally, tallies, unfinished_stages
from rounds.readers import OFFICE
from rounds.todos import Waiting
from rounds.views.access import jurisdiction_for, works_on_rounds


@dataclass(frozen=True, slots=True)
class Desk:
    """One open stage. ``late``: how many of those left are beyond the stage's deadline."""

    stage: RoundStage
    tally: Tally
    late: int
    blockers: list[Blocker]
    waiting: list[Waiting]
    work_url: str


@login_required
def desk(request: HttpRequest, code: str) -> HttpResponse:
    """What the office must do today, and what is late; per round and stage."""
    jurisdiction = jurisdiction_for(request)
    with reading.once():
        now, unfinished = counting.moment(), unfinished_stages([jurisdiction.pk])
        stages = [stage for stage in unfinished if stage.status == RoundStage.Status.OPEN]
        wanted = [s for s in stages if _given(request, "round", s.round_id) and _given(request, "stage", s.pk)]
        desks = _desks(request, wanted, now)
        beside = _beside(request, jurisdiction, unfinished, now)
    rows = [row for one in desks for row in one.waiting] + beside
    urgency = request.GET.get("due", "")
    if urgency in agenda.URGENCIES:
        rows = [row for row in rows if agenda.urgency(row, now) == urgency]
    context = {
        "j": jurisdiction,
        "stages": stages,
        "rounds": list({s.round_id: s.round for s in stages}.values()),
        "desks": desks,
        "sections": agenda.sections(rows, now),
        "urgencies": agenda.URGENCIES.items(),
        "chosen": {name: request.GET.get(name, "") for name in ("round", "stage", "due")},
        "filtered": any(request.GET.get(name) for name in ("round", "stage", "due")),
        "drafts": Round.objects.filter(jurisdiction=jurisdiction, status=Round.Status.DRAFT).order_by("-year", "-id")[
            :5
        ],
        "now": now,
        "may_work": works_on_rounds(request.user, jurisdiction),
    }
    return render(request, "rounds/office.html", context)


def _given(request: HttpRequest, name: str, value: int) -> bool:
    """The filter is not set, or set to this."""
    wanted = request.GET.get(name, "")
    return wanted in ("", str(value))


def _desks(request: HttpRequest, stages: list[RoundStage], now: dt.datetime) -> list[Desk]:
    counted = tallies(request.user, stages) if stages else {}  # type: ignore[arg-type]
    found = []
    for stage in sorted(stages, key=lambda s: (-s.round.year, -s.round_id, s.position)):
        tally = counted.get(stage.pk, Tally())
        over = stage.deadline is not None and stage.deadline < now + stage.round.clock_offset
        found.append(
            Desk(
                stage,
                tally,
                tally.left if over else 0,
                blockers(stage),
                todos.of_stage(stage, OFFICE),
                kind_of(stage).url(stage),
            )
        )
    return found


def _beside(
    request: HttpRequest, jurisdiction: Jurisdiction, unfinished: list[RoundStage], now: dt.datetime
) -> list[Waiting]:
    """What belongs to no open stage; to a round where one is asked for."""
    if request.GET.get("stage"):
        return []
    found = [*todos.beside_stages(jurisdiction, OFFICE, now), *todos.openings(unfinished)]
    rows = [row for row in found if OFFICE.sees(row.todo)]
    wanted = request.GET.get("round", "")
    return [row for row in rows if not wanted or (row.round is not None and str(row.round.pk) == wanted)]
