"""Which bodies are asked in a department review, and what they have said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from jurisdictions.models import Body, Membership
from jurisdictions.policy.stages import DepartmentReview
from reviews.models import DepartmentOpinion
from reviews.tallies.weighing import department_score
from rounds.models import RoundStage, StageEntry


def bodies_asked(stage: RoundStage) -> list[Body]:
    """The active bodies of the kinds named; where an organ is named and its members act for bodies, these and no others."""
    spec: DepartmentReview = stage.spec
    bodies = list(
        Body.objects.filter(jurisdiction=stage.round.jurisdiction_id, kind__in=spec.bodies, active=True).order_by("id")
    )
    if spec.organ is None:
        return bodies
    seats = Membership.objects.filter(
        jurisdiction=stage.round.jurisdiction_id, organ=spec.organ, body__isnull=False, until=None
    )
    units = set(seats.values_list("body_id", flat=True))
    return [body for body in bodies if body.pk in units] if units else bodies


@dataclass
class EntryOpinions:
    """What was said of one entry."""

    row: StageEntry
    spec: DepartmentReview
    given: list[DepartmentOpinion] = field(default_factory=list)

    @property
    def pk(self) -> int:
        """Its stage entry's."""
        return self.row.pk

    @property
    def score(self) -> Decimal | None:
        """The department score out of ``spec.scale``; None when nobody said anything that counts."""
        opinions = [self.spec.opinions.value[o.opinion] for o in self.given if o.opinion in self.spec.opinions.value]
        credits = [o.credit for o in self.given if o.credit is not None]
        return department_score(opinions, credits, self.spec.credit_weight.value)

    @property
    def without_credit(self) -> bool:
        """Credit points count, and nobody gave any."""
        return bool(self.spec.credit_weight.value) and all(o.credit is None for o in self.given)

    def missing(self, bodies: Sequence[Body]) -> list[Body]:
        said = {o.body_id for o in self.given}
        return [body for body in bodies if body.pk not in said]


def of_stage(stage: RoundStage, rows: Sequence[StageEntry] | None = None) -> list[EntryOpinions]:
    """The opinions on the entries that wait in a stage (or on ``rows``): two queries."""
    if rows is None:
        rows = list(
            StageEntry.objects.filter(stage=stage).pending().select_related("entry__organisation").order_by("id")
        )
    given: dict[int, list[DepartmentOpinion]] = defaultdict(list)
    for opinion in (
        DepartmentOpinion.objects.filter(stage_entry__in=[r.pk for r in rows])
        .select_related("body")
        .order_by("body_id")
    ):
        given[opinion.stage_entry_id].append(opinion)
    return [EntryOpinions(row, stage.spec, given[row.pk]) for row in rows]
