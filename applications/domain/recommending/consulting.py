"""Whom the body consulted, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from accounts.models import User
from applications.domain.recommending.work import begin_many, log, store
from applications.models.opinions import Recommendation
from core.refusals import Refused
from jurisdictions.models import Body
from rounds.models import StageEntry


def consulted(
    *, actor: User, stage_entry: StageEntry, outcomes: Sequence[Mapping[str, str]], body: Body | None = None
) -> Recommendation:
    """Record whom the body consulted and what came of it: ``[{"whom": …, "outcome": …}]``, both told."""
    return consulted_many(actor=actor, stage_entries=[stage_entry], outcomes=outcomes, body=body)[0]


@transaction.atomic
def consulted_many(
    *, actor: User, stage_entries: Iterable[StageEntry], outcomes: Sequence[Mapping[str, str]], body: Body | None = None
) -> list[Recommendation]:
    """The same consultation about several entries of one stage."""
    works = begin_many(actor, stage_entries, body)
    kept = told(outcomes, works[0].stage_entry.stage.article)
    for work in works:
        work.consulted = kept
    store(works, ("consulted",))
    log(works, "entry.consulted", actor, consulted=kept)
    return works


def told(outcomes: Sequence[Mapping[str, str]], article: str) -> list[dict[str, str]]:
    """Whom and what came of it; raises ``Refused`` when one is not told, or nobody was consulted."""
    kept = [{"whom": str(o.get("whom", "")).strip(), "outcome": str(o.get("outcome", "")).strip()} for o in outcomes]
    kept = [o for o in kept if o["whom"] or o["outcome"]]
    if not kept or not all(o["whom"] and o["outcome"] for o in kept):
        raise Refused("consultation_not_told", article=article, field="consulted")
    return kept
