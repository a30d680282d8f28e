"""What waits, in the order in which one works: by urgency, then by round and stage; and what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.clock import legal_date
from jurisdictions.models import Jurisdiction
from rounds.capacities import Capacity, Held
from rounds.kinds import kind_of
from rounds.models import Round, RoundStage
from rounds.todos import Waiting

WEEK = dt.timedelta(days=7)
URGENCIES: dict[str, Promise] = {
    "late": _("Late"),
    "today": _("Due today"),
    "week": _("Within a week"),
    "later": _("Later"),
    "open": _("Without a date"),
}


def urgency(waiting: Waiting, now: dt.datetime) -> str:
    """One of ``URGENCIES``, by the clock of the round."""
    return urgency_of(waiting.todo.due, waiting.moment(now))


def urgency_of(due: dt.datetime | None, moment: dt.datetime) -> str:
    """One of ``URGENCIES``, for a deadline seen from a moment."""
    if due is None:
        return "open"
    if due < moment:
        return "late"
    if legal_date(due) == legal_date(moment):
        return "today"
    return "week" if due - moment <= WEEK else "later"


@dataclass(slots=True)
class Group:
    """What waits in one place: a stage of a round, or a jurisdiction's work beside stages."""

    jurisdiction: Jurisdiction
    round: Round | None
    stage: RoundStage | None
    rows: list[Waiting] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """One urgency with what falls into it."""

    key: str
    label: str
    groups: list[Group]

    @property
    def count(self) -> int:
        return sum(len(group.rows) for group in self.groups)


def sections(rows: Iterable[Waiting], now: dt.datetime) -> list[Section]:
    """Most urgent first; sections in which nothing waits are left out."""
    found: dict[str, dict[tuple[int, int, int], Group]] = {key: {} for key in URGENCIES}
    for row in rows:
        place = (row.jurisdiction.pk, row.round.pk if row.round else 0, row.stage.pk if row.stage else 0)
        groups = found[urgency(row, now)]
        groups.setdefault(place, Group(row.jurisdiction, row.round, row.stage)).rows.append(row)
    return [Section(key, str(URGENCIES[key]), list(groups.values())) for key, groups in found.items() if groups]


def counts(
    rows: Sequence[Waiting], capacities: Iterable[Capacity], now: dt.datetime
) -> list[tuple[Capacity, int, int]]:
    """Each capacity with how much waits for the person in it, and how much of that is late."""
    result = []
    for capacity in capacities:
        mine = [row for row in rows if capacity.takes(row.todo, row.jurisdiction)]
        result.append((capacity, len(mine), sum(row.late(now) for row in mine)))
    return result


@dataclass(frozen=True, slots=True)
class Coming:
    """A stage in which the person will act, and the one that runs before it."""

    stage: RoundStage
    after: RoundStage | None
    as_role: str


#: They look at every stage.
WATCHERS = frozenset({"office", "office_head", "supervisor"})


def coming(
    held: Held,
    stages: Iterable[RoundStage],
    acting: Capacity | None = None,
    *,
    over: Collection[int] = (),
    most: int = 6,
) -> list[Coming]:
    """Of ``stages`` (``todos.stages_of``) the next in which the person acts (in this capacity). Watchers see the next of each round.

    ``over``: rounds in which none of the person's applications goes on; nothing comes there for an applicant.
    """
    capacities = [acting] if acting else held.capacities
    places = {c.jurisdiction.pk if c.jurisdiction else 0 for c in capacities}
    rounds: dict[int, list[RoundStage]] = {}
    for stage in stages:
        if 0 in places or stage.round.jurisdiction_id in places:
            rounds.setdefault(stage.round_id, []).append(stage)
    return [one for pk, found in rounds.items() for one in _of_round(found, held, capacities, pk not in over)][:most]


def _of_round(stages: list[RoundStage], held: Held, capacities: Iterable[Capacity], applies: bool) -> list[Coming]:
    round_ = stages[0].round
    counted = held.roles_in(round_.jurisdiction, rehearsal=round_.is_rehearsal)
    roles = {c.role for c in capacities if c.jurisdiction is None or c.jurisdiction == round_.jurisdiction}
    roles = {role for role in roles if role in counted or (role == "applicant" and applies)}
    found, before = [], None
    for stage in stages:
        mine = sorted(roles & (kind_of(stage).acting(stage) | WATCHERS))
        if stage.status == RoundStage.Status.WAITING and mine:
            found.append(Coming(stage, before, mine[0]))
        before = stage
    watching = bool(roles & WATCHERS)
    return found[:1] if watching and not roles - WATCHERS else found[:2]
