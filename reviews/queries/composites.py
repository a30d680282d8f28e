"""Composite scores: the stages' scores brought to 100, weighed and added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from jurisdictions.policy.stages import Composite, DepartmentReview, TeamReview, Vote
from reviews.tallies.scores import HUNDRED
from reviews.tallies.weighing import Part, weighed
from rounds.models import RoundStage, StageEntry


@dataclass(frozen=True, slots=True)
class Weighed:
    """An entry's parts and its composite score (None: nothing to weigh)."""

    row: StageEntry
    parts: tuple[Part, ...]
    score: Decimal | None


def base_of(stage: RoundStage, key: str, prize: str) -> Decimal:
    """What a stage's score is out of, for entries of a prize."""
    rules = stage.round.rules
    spec = rules.stage(key)
    if isinstance(spec, TeamReview):
        return rules.sheet(spec.sheets.get(prize) or spec.sheets["any"]).total
    if isinstance(spec, DepartmentReview):
        return spec.scale
    if isinstance(spec, Vote):
        return Decimal(spec.score_range[1])
    return HUNDRED


def of_stage(stage: RoundStage, rows: Sequence[StageEntry] | None = None) -> list[Weighed]:
    """Composite scores of the entries that wait in a composite stage (or of ``rows``): two queries."""
    spec: Composite = stage.spec
    if rows is None:
        rows = list(
            StageEntry.objects.filter(stage=stage).pending().select_related("entry__organisation").order_by("id")
        )
    keys = [item.stage for item in spec.inputs]
    earlier = StageEntry.objects.filter(
        stage__round=stage.round_id, stage__key__in=keys, entry__in=[row.entry_id for row in rows]
    )
    scores = {(entry, key): score for entry, key, score in earlier.values_list("entry_id", "stage__key", "score")}
    found = []
    for row in rows:
        parts = tuple(
            Part(
                item.stage,
                scores.get((row.entry_id, item.stage)),
                base_of(stage, item.stage, row.entry.prize),
                item.weight.value,
            )
            for item in spec.inputs
        )
        found.append(Weighed(row, parts, weighed(parts, spec.decimals.value)))
    return found
