"""The list that is to be approved or honoured: who gets which prize and tier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from core.fields import digest
from jurisdictions.policy.prizes import Quota
from jurisdictions.policy.quota import Candidate, Place, covers, exceeded, limit_of
from rounds.facts import facts_for_many
from rounds.models import RoundStage, StageEntry

S = StageEntry.Status
GOING = (S.PENDING, S.ADVANCED)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list."""

    row: StageEntry
    prize: str
    tier: str

    @property
    def entry_id(self) -> int:
        return int(self.row.entry_id)


def lineup(stage: RoundStage, *, statuses: tuple[str, ...] = GOING) -> list[Line]:
    """The entries in the stage with the prize decided for each, in the order of prizes, tiers and filing numbers. Two queries."""
    rows = StageEntry.objects.filter(stage=stage, status__in=statuses).exclude(entry__status="withdrawn")
    found = list(rows.select_related("entry__organisation").order_by("id"))
    decided = _decided(stage, [row.entry_id for row in found])
    lines = []
    for row in found:
        row.stage, row.entry.round = stage, stage.round
        prize, tier = decided.get(row.entry_id, (row.entry.prize, ""))
        lines.append(Line(row, prize, tier))
    return sorted(lines, key=lambda line: _place(stage, line))


def fingerprint(lines: list[Line]) -> str:
    """Hash of who gets what."""
    return digest([[line.entry_id, line.prize, line.tier] for line in sorted(lines, key=lambda one: one.entry_id)])


def over(stage: RoundStage, lines: list[Line]) -> list[tuple[Quota, int, int]]:
    """Quotas that the list goes over: ``(quota, limit, got)``."""
    return exceeded(_places(stage, lines), stage.round.rules.quotas, sizes=_sizes(stage))


def vacancies(stage: RoundStage, lines: list[Line]) -> list[dict[str, Any]]:
    """Places that stay empty: ``[{"quota", "article", "places"}]``; better none than unworthy, and said so."""
    places, sizes, found = _places(stage, lines), _sizes(stage), []
    for quota in stage.round.rules.quotas:
        limit = limit_of(quota, sizes)
        left = (limit or 0) - sum(covers(quota, place) for place in places)
        if limit is not None and left > 0 and not quota.inside and _on_offer(stage, quota):
            found.append({"quota": quota.key, "article": quota.article, "places": left})
    return found


def _on_offer(stage: RoundStage, quota: Quota) -> bool:
    """A quota of prizes whose turn it is not has no vacancies."""
    offered = set(stage.round.prizes)
    prizes = [stage.round.rules.prize(key) for key in quota.prizes]
    return any(prize.key in offered or offered & set(prize.fallback_for) for prize in prizes)


def _decided(stage: RoundStage, entries: list[int]) -> dict[int, tuple[str, str]]:
    """The latest prize and tier that a decision picked for each entry before this stage."""
    rows = StageEntry.objects.filter(entry__in=entries, stage__position__lt=stage.position, status=S.ADVANCED).exclude(
        prize=""
    )
    return {
        pk: (prize, tier)
        for pk, prize, tier in rows.order_by("stage__position").values_list("entry_id", "prize", "tier")
    }


def _place(stage: RoundStage, line: Line) -> tuple[int, int, str, int]:
    prizes = [prize.key for prize in stage.round.rules.prizes]
    tiers = [tier.key for tier in stage.round.rules.prize(line.prize).tiers]
    return (
        prizes.index(line.prize),
        tiers.index(line.tier) if line.tier in tiers else 0,
        line.row.entry.number,
        line.entry_id,
    )


def _places(stage: RoundStage, lines: list[Line]) -> list[Place]:
    needed = any(quota.where or quota.exempt for quota in stage.round.rules.quotas)
    facts = facts_for_many([line.row.entry for line in lines]) if needed and lines else {}
    return [
        Place(
            Candidate(
                line.entry_id,
                line.prize,
                (line.tier,) if line.tier else (),
                line.row.entry.category,
                facts.get(line.entry_id, {}),
            ),
            line.tier,
        )
        for line in lines
    ]


def _sizes(stage: RoundStage) -> dict[str, int]:
    wanted = {quota.share_of for quota in stage.round.rules.quotas if quota.share_of}
    if not wanted:
        return {}
    rows = StageEntry.objects.filter(stage__round=stage.round, stage__key__in=wanted).exclude(status=S.SKIPPED)
    counted = dict(rows.values_list("stage__key").annotate(Count("pk")).values_list("stage__key", "pk__count"))
    return {key: counted.get(key, 0) for key in wanted if key}
