"""Parts of the homes: where the roles lead, how the applications stand, what supervision watches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django_scopes import scopes_disabled

from core.clock import legal_date
from jurisdictions.models import Jurisdiction
from rounds.capacities import Capacity, Held
from rounds.models import Correction, Entry, RoundStage, StageEntry
from rounds.querysets import light

MOST = 20
ENDED = (Entry.Status.STOPPED, Entry.Status.WITHDRAWN)


def overviews(held: Held, chosen: Capacity | None, roles: Collection[str]) -> list[Jurisdiction]:
    """Jurisdictions whose rounds the person oversees (in the chosen capacity); a part in a rehearsal is no such office."""
    capacities = [chosen] if chosen else held.capacities
    found = [
        c.jurisdiction
        for c in capacities
        if c.jurisdiction and c.role in roles and c.role in held.roles_in(c.jurisdiction)
    ]
    return list({j.pk: j for j in found}.values())


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an application stands: the stage in which it waits, or the one in which it ended."""

    entry: Entry
    row: StageEntry | None

    @property
    def stage(self) -> RoundStage | None:
        return self.row.stage if self.row else None

    @property
    def waits(self) -> bool:
        return self.row is not None and self.row.status == StageEntry.Status.PENDING


def applications(held: Held) -> list[Standing]:
    """The newest applications of the person's organisations: two queries."""
    if not held.organisations:
        return []
    with scopes_disabled():
        rows = Entry.objects.filter(organisation__in=[o.pk for o in held.organisations])
        entries = list(light(rows.select_related("organisation")).order_by("-id")[:MOST])
        last: dict[int, StageEntry] = {}
        ways = StageEntry.objects.filter(entry__in=[e.pk for e in entries]).exclude(status=StageEntry.Status.SKIPPED)
        for row in ways.select_related("stage").order_by("stage__position"):
            before = last.get(row.entry_id)
            if before is None or before.status != StageEntry.Status.PENDING:
                last[row.entry_id] = row
    for entry in entries:
        if (found := last.get(entry.pk)) is not None:
            found.stage.round = entry.round
    return [Standing(entry, last.get(entry.pk)) for entry in entries]


def over(applications: Iterable[Standing]) -> frozenset[int]:
    """Rounds in which every one of these applications has ended without an award."""
    ended: set[int] = set()
    going: set[int] = set()
    for one in applications:
        (ended if one.entry.status in ENDED else going).add(one.entry.round_id)
    return frozenset(ended - going)


@dataclass(frozen=True, slots=True)
class Watched:
    """What supervision keeps an eye on in one jurisdiction."""

    jurisdiction: Jurisdiction
    orders: list[Correction]
    overdue: list[RoundStage]


def watched(held: Held, chosen: Capacity | None, now: dt.datetime) -> list[Watched]:
    """For supervisors: what is open of their orders and observations, and open stages whose time is over. Two queries."""
    capacities = [chosen] if chosen else held.capacities
    places = {c.jurisdiction.pk: c.jurisdiction for c in capacities if c.role == "supervisor" and c.jurisdiction}
    if not places:
        return []
    with scopes_disabled():
        orders = list(
            light(
                Correction.objects.filter(stage__round__jurisdiction__in=places, settled_at=None), "stage__round"
            ).order_by("due_on", "id")[: MOST * len(places)]
        )
        stages = list(
            light(RoundStage.objects).filter(
                round__jurisdiction__in=places,
                status=RoundStage.Status.OPEN,
                round__status="open",
                deadline__isnull=False,
            )
        )
    late = [s for s in stages if s.deadline is not None and s.deadline < now + s.round.clock_offset]
    return [
        Watched(
            j,
            [o for o in orders if o.stage.round.jurisdiction_id == pk],
            [s for s in late if s.round.jurisdiction_id == pk],
        )
        for pk, j in places.items()
    ]


def is_overdue(order: Correction, now: dt.datetime) -> bool:
    """Its day is over by the clock of its round."""
    return order.due_on is not None and order.due_on < legal_date(now + order.stage.round.clock_offset)
