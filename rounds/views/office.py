"""Page: the office's desk in a jurisdiction: what waits and what holds stages up, as one list; each open stage with what is done, left and late."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from core import reading
from core.lists.address import ALL
from jurisdictions.lists import serve
from jurisdictions.models import Jurisdiction
from rounds import agenda, counting, todos
from rounds.engine.stages import blockers
from rounds.kinds import Blocker, kind_of
from rounds.lists import Desk
from rounds.lists.desk import tasks
from rounds.models import Round, RoundStage
from rounds.queries import Tally, tallies, unfinished_stages
from rounds.readers import OFFICE
from rounds.todos import Waiting
from rounds.views.access import jurisdiction_for, works_on_rounds


@dataclass(frozen=True, slots=True)
class StageCard:
    """One open stage. ``late``: how many of those left are beyond the stage's deadline."""

    stage: RoundStage
    tally: Tally
    late: int
    blockers: list[Blocker]
    waiting: list[Waiting]
    work_url: str


@dataclass(frozen=True, slots=True)
class Urgency:
    """One urgency with how much waits in it, and the address of the list narrowed to it."""

    key: str
    label: Any
    count: int
    url: str
    chosen: bool


@login_required
def desk(request: HttpRequest, code: str) -> HttpResponseBase:
    """What the office must do today, and what is late; per round and stage."""
    jurisdiction = jurisdiction_for(request)
    with reading.once():
        now, unfinished = counting.moment(), unfinished_stages([jurisdiction.pk])
        cards = _cards(request, [stage for stage in unfinished if stage.status == RoundStage.Status.OPEN], now)
        beside = [*todos.beside_stages(jurisdiction, OFFICE, now), *todos.openings(unfinished)]
    theirs = [row for row in beside if OFFICE.sees(row.todo)]
    if not works_on_rounds(request.user, jurisdiction):
        theirs = [
            replace(row, todo=replace(row.todo, url="")) for row in theirs
        ]  # who only reads the desk may not open them all
    waiting = [row for card in cards for row in card.waiting] + theirs
    held_up = {card.stage: card.blockers for card in cards}
    listing = Desk(request, tasks(waiting, held_up, now), stages=list(held_up))
    context = {"j": jurisdiction, "desks": _shown(listing, cards), "now": now, "urgencies": _urgencies(listing)}
    return serve(request, listing, "rounds/office.html", context | _beside(request, jurisdiction, cards))


def _beside(request: HttpRequest, jurisdiction: Jurisdiction, cards: list[StageCard]) -> dict[str, Any]:
    """What stands on the page besides the list."""
    drafts = Round.objects.filter(jurisdiction=jurisdiction, status=Round.Status.DRAFT).order_by("-year", "-id")
    return {"drafts": drafts[:5], "running": bool(cards), "may_work": works_on_rounds(request.user, jurisdiction)}


def _urgencies(listing: Desk) -> list[Urgency]:
    """All, and each urgency, with number and address: counted on the list as the other filters leave it."""
    others = listing.request.GET.copy()
    others.pop("due", None)
    rows, chosen = listing.counted(others), listing.form["due"].value() or ""
    found = Counter(row.urgency for row in rows)
    all_ = Urgency("", _("All"), rows.count(), listing.address.to(due="", **{ALL: "1"}), chosen == "")
    return [all_] + [
        Urgency(key, label, found[key], listing.address.to(due=key), chosen == key)
        for key, label in agenda.URGENCIES.items()
    ]


def _shown(listing: Desk, cards: list[StageCard]) -> list[StageCard]:
    """The stages of the round and the stage that the list is narrowed to."""
    listing.form.is_valid()
    wanted = {name: listing.form.cleaned_data.get(name) for name in ("round", "stage")}
    return [
        card
        for card in cards
        if wanted["round"] in (None, "", str(card.stage.round_id)) and wanted["stage"] in (None, "", str(card.stage.pk))
    ]


def _cards(request: HttpRequest, stages: list[RoundStage], now: dt.datetime) -> list[StageCard]:
    counted = tallies(request.user, stages) if stages else {}  # type: ignore[arg-type]
    stages = sorted(stages, key=lambda stage: (-stage.round.year, -stage.round_id, stage.position))
    return [_card(stage, counted.get(stage.pk, Tally()), now) for stage in stages]


def _card(stage: RoundStage, tally: Tally, now: dt.datetime) -> StageCard:
    over = stage.deadline is not None and stage.deadline < now + stage.round.clock_offset
    late = tally.left if over else 0
    return StageCard(stage, tally, late, blockers(stage), todos.of_stage(stage, OFFICE), kind_of(stage).url(stage))
