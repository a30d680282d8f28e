"""What waits for people: from the open stages (their kinds), and beside them from whoever knows of more.

Higher apps register providers for what belongs to no open stage (sanction cases, qualifications that run out …):

    @todos.provide
    def cases(jurisdiction: Jurisdiction, reader: Reader, now: datetime) -> Iterable[Waiting]: ...

A provider asks ``reader`` before it counts, in few queries. What the reader must not see is left out afterwards in any case.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django_scopes import scope, scopes_disabled

from core import clock
from jurisdictions.models import Jurisdiction
from rounds.capacities import Held
from rounds.kinds import Todo, kind_of
from rounds.models import Round, RoundStage
from rounds.queries import open_stages
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


def beside_stages(jurisdiction: Jurisdiction, reader: Reader, now: dt.datetime) -> Iterator[Waiting]:
    """What waits outside of open stages. Inside the jurisdiction's scope."""
    for provider in _PROVIDERS:
        yield from provider(jurisdiction, reader, now)


def of_stage(stage: RoundStage, reader: Reader) -> list[Waiting]:
    """What waits in an open stage for the reader. Inside its scope."""
    todos = kind_of(stage).todos(stage, reader)
    return [Waiting(todo, stage.round.jurisdiction, stage.round, stage) for todo in todos if reader.sees(todo)]


def waiting_for(held: Held, now: dt.datetime | None = None) -> list[Waiting]:
    """What waits for this person, over every role and organisation, nearest deadline first."""
    moment = now or clock.now()
    with scopes_disabled():
        organisations = [o.pk for o in held.organisations]
        stages = open_stages([j.pk for j in held.jurisdictions], organisation_ids=organisations)
    found: list[Waiting] = []
    for stage in stages:
        with scope(jurisdiction=stage.round.jurisdiction):
            found += of_stage(stage, held.reader(stage.round.jurisdiction, rehearsal=stage.round.is_rehearsal))
    for jurisdiction in held.jurisdictions or _where_they_apply(held):
        with scope(jurisdiction=jurisdiction):
            wide = held.reader(jurisdiction, rehearsal=True)
            found += [w for w in beside_stages(jurisdiction, wide, moment) if _meant(held, w)]
    return sorted(found, key=_by_deadline)


def _meant(held: Held, waiting: Waiting) -> bool:
    rehearsal = waiting.round is not None and waiting.round.is_rehearsal
    return held.reader(waiting.jurisdiction, rehearsal=rehearsal).sees(waiting.todo)


def _where_they_apply(held: Held) -> list[Jurisdiction]:
    """For people who hold no role: where their organisations have entries."""
    with scopes_disabled():
        rounds = Round.objects.filter(entries__organisation__in=[o.pk for o in held.organisations])
        return list(Jurisdiction.objects.filter(pk__in=rounds.values("jurisdiction"))) if held.organisations else []


def _by_deadline(waiting: Waiting) -> tuple[bool, dt.datetime, int]:
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    return waiting.todo.due is None, waiting.todo.due or far, waiting.stage.pk if waiting.stage else 0
