"""A body's work on its own entries: begun, kept, put on record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounts.models import User
from applications.domain.owning import charges_of, waiting_many
from applications.models.opinions import Charge, Recommendation
from core.refusals import Refused
from jurisdictions.models import Body
from rounds.engine.logging import record
from rounds.models import StageEntry

OUTCOME = Recommendation.Outcome


def begin(actor: User, stage_entry: StageEntry, body: Body | None) -> tuple[StageEntry, Charge, Recommendation]:
    (work,) = begin_many(actor, [stage_entry], body)
    return work.stage_entry, work.charge, work  # type: ignore[attr-defined]


def begin_many(actor: User, stage_entries: Iterable[StageEntry], body: Body | None = None) -> list[Recommendation]:
    """The body's work on each row, in the order given, each with its ``charge``. Refused where it has spoken. Five queries."""
    rows = waiting_many(stage_entries)
    charges = charges_of(actor, rows)
    known = {(w.stage_entry_id, w.body_id): w for w in Recommendation.objects.filter(stage_entry__in=rows)}
    works = []
    for row in rows:
        charge = next((one for one in charges[row.pk] if body is None or one.body_id == body.pk), None)
        if charge is None:
            raise Refused("not_your_own", article=row.stage.article)
        work = known.get((row.pk, charge.body_id)) or Recommendation(stage_entry=row, body=charge.body, officer=actor)
        if work.outcome:
            raise Refused("body_has_spoken", article=row.stage.article, body=charge.body.name)
        work.stage_entry, work.body, work.charge = row, charge.body, charge  # type: ignore[attr-defined]
        works.append(work)
    return works


def store(works: list[Recommendation], fields: tuple[str, ...]) -> None:
    fresh = [work for work in works if work._state.adding]
    Recommendation.objects.bulk_create(fresh)
    Recommendation.objects.bulk_update(works, fields, batch_size=500)


def log(works: list[Recommendation], act: str, actor: User, **facts: Any) -> None:
    """One event: on the entry, or on the stage with all the entries where several were handled in one go."""
    stage = works[0].stage_entry.stage
    subject: Any = works[0].stage_entry.entry
    if len(works) > 1:
        subject, facts = stage, facts | {"entries": [work.stage_entry.entry_id for work in works]}
    bodies = "、".join(sorted({work.body.key for work in works}))
    record(
        act,
        round_=stage.round,
        actor=actor,
        subject=subject,
        article=stage.article,
        stage=stage.key,
        body=bodies,
        **facts,
    )
