"""Raising signs of interests: the system looks by itself, the office decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from accounts.models import Organisation
from core import clock
from jurisdictions.models import Jurisdiction
from reviews.models import InterestDeclaration, Reviewer, Suspicion
from reviews.queries import signs
from rounds.models import RoundStage, StageEntry


def look(reviewers: Sequence[Reviewer], organisations: Iterable[Organisation]) -> int:
    """Raise what is found between them and was not raised before; how many are new. Four queries."""
    found = signs.find(reviewers, organisations)
    if not found:
        return 0
    known = set(
        Suspicion.objects.filter(reviewer__in={s.reviewer.pk for s in found}).values_list(
            "reviewer_id", "organisation_id", "trace"
        )
    )
    declared = set(
        InterestDeclaration.objects.filter(reviewer__in={s.reviewer.pk for s in found}, ended_at=None).values_list(
            "reviewer_id", "organisation_id"
        )
    )
    new = [
        s for s in found
        if (s.reviewer.pk, s.organisation.pk, s.trace) not in known and (s.reviewer.pk, s.organisation.pk) not in declared
    ]  # fmt: skip
    now = clock.now()
    Suspicion.objects.bulk_create(
        [
            Suspicion(
                reviewer=s.reviewer, organisation=s.organisation, kind=s.kind, detail=s.detail, trace=s.trace,
                request_id=s.request, raised_at=now,
            )
            for s in new
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return len(new)


def look_in_stage(stage: RoundStage, rows: Iterable[StageEntry]) -> int:
    """Look between the whole pool and the organisations of these entries (with ``entry.organisation``)."""
    pool = Reviewer.objects.filter(jurisdiction=stage.round.jurisdiction_id, status=Reviewer.Status.ACTIVE)
    if not stage.round.is_rehearsal:
        pool = pool.filter(rehearsal=False)
    return look(list(pool.select_related("user")), _with_parents(rows))


def _with_parents(rows: Iterable[StageEntry]) -> list[Organisation]:
    organisations = {row.entry.organisation_id: row.entry.organisation for row in rows}
    parents = {o.parent_id for o in organisations.values() if o.parent_id} - set(organisations)
    return [*organisations.values(), *(Organisation.objects.filter(pk__in=parents) if parents else ())]


def under_review(jurisdiction: Jurisdiction) -> list[Organisation]:
    """The organisations whose entries wait in an open review."""
    rows = StageEntry.objects.filter(
        stage__round__jurisdiction=jurisdiction, stage__kind="team_review", stage__status=RoundStage.Status.OPEN
    ).select_related("entry__organisation")
    return _with_parents(rows)
