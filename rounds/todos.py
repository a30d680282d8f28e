"""What waits for people: from the open stages (their kinds), and beside them from whoever knows of more.

Higher apps register providers for what belongs to no open stage (sanction cases, qualifications that run out …):

    @todos.provide
    def cases(jurisdiction: Jurisdiction, reader: Reader, now: datetime) -> Iterable[Waiting]: ...

What is only counted is registered with ``@todos.count``; organisations are asked where they have applied, and where else ``@todos.place``
says. A provider asks ``reader`` before it counts, in few queries. What the reader must not see is left out afterwards in any case.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled

from core import clock, reading
from jurisdictions.exclusions import current_policy
from jurisdictions.models import Jurisdiction
from jurisdictions.policy import Policy
from rounds.capacities import Held
from rounds.kinds import Todo, kind_of
from rounds.models import Round, RoundStage
from rounds.onward import onward
from rounds.queries import unfinished_stages
from rounds.readers import Reader


@dataclass(frozen=True, slots=True)
class Waiting:
    """A to-do with where it belongs. ``round`` None: to no round; ``stage`` None: to no stage."""

    todo: Todo
    jurisdiction: Jurisdiction
    round: Round | None = None
    stage: RoundStage | None = None

    def late(self, now: dt.datetime) -> bool:
        """Its time is over, by the clock of its round."""
        return self.todo.due is not None and self.todo.due < self.moment(now)

    def moment(self, now: dt.datetime) -> dt.datetime:
        """The present by the clock of its round."""
        return now + self.round.clock_offset if self.round else now


Provider = Callable[[Jurisdiction, Reader, dt.datetime], Iterable[Waiting]]
_PROVIDERS: list[Provider] = []


def provide(provider: Provider) -> Provider:
    """Decorator: ask this one too."""
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)
    return provider


Places = Callable[[list[int]], Any]
_PLACES: list[Places] = []


def place(ask: Places) -> Places:
    """Decorator: jurisdictions (their keys, as a query) with which these organisations have to do."""
    if ask not in _PLACES:
        _PLACES.append(ask)
    return ask


@place
def applied_in(organisations: list[int]) -> Any:
    """Where they have applied."""
    return Round.objects.filter(entries__organisation__in=organisations).values("jurisdiction")


@dataclass(frozen=True, slots=True)
class Number:
    """Rows that are only counted (their jurisdiction: ``OuterRef("pk")``), and what waits when there are that many of them."""

    rows: Any
    waits: Callable[[int], Todo | None]


Numbers = Callable[[Jurisdiction, Reader, dt.datetime], Iterable[Number]]
_NUMBERS: list[Numbers] = []


def count(provider: Numbers) -> Numbers:
    """Decorator: what this one wants counted is counted together with what the others want, in one query."""
    if provider not in _NUMBERS:
        _NUMBERS.append(provider)
    return provider


def beside_stages(jurisdiction: Jurisdiction, reader: Reader, now: dt.datetime) -> Iterator[Waiting]:
    """What waits outside of open stages. Inside the jurisdiction's scope."""
    for provider in _PROVIDERS:
        yield from provider(jurisdiction, reader, now)
    numbers = [number for provider in _NUMBERS for number in provider(jurisdiction, reader, now)]
    if numbers:
        wanted = [_counted(number.rows) for number in numbers]
        found = Jurisdiction.objects.filter(pk=jurisdiction.pk).values_list(*wanted).get()
        todos = (number.waits(n) for number, n in zip(numbers, found, strict=True))
        yield from (Waiting(todo, jurisdiction) for todo in todos if todo is not None)


def _counted(rows: Any) -> Any:
    """How many rows, as a part of another query."""
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def rules_of(jurisdiction: Jurisdiction) -> Policy | None:
    """The edition in force: for what lies outside of rounds. Read once a page, however many providers ask."""
    return reading.kept(("edition in force", jurisdiction.pk), lambda: current_policy(jurisdiction))


def of_stage(stage: RoundStage, reader: Reader) -> list[Waiting]:
    """What waits in an open stage for the reader. Inside its scope."""
    todos = list(kind_of(stage).todos(stage, reader))
    if not any(
        todo.body_id or reader.sees(todo) for todo in todos
    ):  # nothing that bodies or the reader have still to do
        todos += onward(stage, reader)
    return [Waiting(todo, stage.round.jurisdiction, stage.round, stage) for todo in todos if reader.sees(todo)]


def stages_of(held: Held) -> list[RoundStage]:
    """Stages of running rounds with which the person has to do, not yet closed: one query."""
    with scopes_disabled():
        return unfinished_stages(
            [j.pk for j in held.jurisdictions], organisation_ids=[o.pk for o in held.organisations]
        )


def waiting_for(held: Held, now: dt.datetime | None = None, stages: list[RoundStage] | None = None) -> list[Waiting]:
    """What waits for this person, over every role and organisation, nearest deadline first. ``stages``: :func:`stages_of`."""
    moment = now or clock.now()
    unfinished = stages_of(held) if stages is None else stages
    found: list[Waiting] = []
    for stage in (s for s in unfinished if s.status == RoundStage.Status.OPEN):
        with scope(jurisdiction=stage.round.jurisdiction):
            found += of_stage(stage, held.reader(stage.round.jurisdiction, rehearsal=stage.round.is_rehearsal))
    for jurisdiction in _places(held):
        with scope(jurisdiction=jurisdiction):
            found += beside_stages(jurisdiction, held.reader(jurisdiction, rehearsal=True), moment)
    found += openings(unfinished)
    return sorted((waiting for waiting in found if _meant(held, waiting)), key=_by_deadline)


def openings(unfinished: Iterable[RoundStage]) -> Iterator[Waiting]:
    """Running rounds in which no stage is open: the office opens the next one."""
    rounds: dict[int, list[RoundStage]] = {}
    for stage in unfinished:
        rounds.setdefault(stage.round_id, []).append(stage)
    for stages in rounds.values():
        if all(stage.status == RoundStage.Status.WAITING for stage in stages):
            following, place = stages[0], stages[0].round.jurisdiction
            url = reverse("rounds:round", args=[place.code, following.round_id])
            text = _("Open the next stage: {stage}").format(stage=following.name)
            todo = Todo("open_next", following.article, text, url, role="office")
            yield Waiting(todo, place, following.round, following)


def _meant(held: Held, waiting: Waiting) -> bool:
    rehearsal = waiting.round is not None and waiting.round.is_rehearsal
    return held.reader(waiting.jurisdiction, rehearsal=rehearsal).sees(waiting.todo)


def _places(held: Held) -> list[Jurisdiction]:
    """Where the person holds a role, and where its organisations have to do with something: one query."""
    places = {j.pk: j for j in held.jurisdictions}
    if held.organisations:
        with scopes_disabled():
            found = Q()
            for ask in _PLACES:
                found |= Q(pk__in=ask([o.pk for o in held.organisations]))
            places |= {j.pk: j for j in Jurisdiction.objects.filter(found)}
    return list(places.values())


def _by_deadline(waiting: Waiting) -> tuple[bool, dt.datetime, int]:
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    return waiting.todo.due is None, waiting.todo.due or far, waiting.stage.pk if waiting.stage else 0
