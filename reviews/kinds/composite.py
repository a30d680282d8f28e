"""Composite: scores weighed into one, candidates ranked, handed on."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from accounts.models import User
from reviews.domain import letters
from reviews.kinds import shared
from reviews.models import StageReport
from reviews.queries import composites
from reviews.queries.standings import Standings, stand
from rounds.kinds import Blocker, Proposal, StageKind, Todo, register
from rounds.models import Decision, RoundStage
from rounds.readers import EVERYBODY, Reader


@register
class CompositeKind(StageKind):
    """The office's computation and report; ties are shown."""

    key: ClassVar[str] = "composite"

    def todos(self, stage: RoundStage, reader: Reader = EVERYBODY) -> Iterable[Todo]:
        return shared.office_todos(self.blockers(stage), lambda code: True) if reader.office else ()

    def blockers(self, stage: RoundStage) -> list[Blocker]:
        weighed = composites.of_stage(stage)
        found = []
        unscored = sum(1 for item in weighed if item.score is None)
        page = shared.address("ranking", stage, stage.pk)
        if unscored:
            text = _("{count} entries have no score to weigh.").format(count=unscored)
            found.append(Blocker("nothing_to_weigh", stage.article, text, page, unscored))
        if weighed and stage.spec.report_article and not StageReport.objects.filter(stage=stage).exists():
            found.append(
                Blocker(
                    "report_missing",
                    stage.spec.report_article,
                    _("The composite evaluation report is not written."),
                    page,
                )
            )
        return found + shared.tie_blockers(stage, self._standings(stage, weighed))

    def standings(self, stage: RoundStage) -> Standings:
        """Ranks and cuts as they stand now."""
        return self._standings(stage, composites.of_stage(stage))

    def _standings(self, stage: RoundStage, weighed: list[composites.Weighed]) -> Standings:
        scores: dict[int, Decimal] = {item.row.pk: item.score for item in weighed if item.score is not None}
        spec = stage.spec
        return stand(
            stage,
            scores,
            [item.row for item in weighed],
            gate=spec.gate,
            shortlist=spec.shortlist,
            rank_within=spec.rank_within,
        )

    def proposals(self, stage: RoundStage) -> list[Proposal]:
        weighed = composites.of_stage(stage)
        standings = self._standings(stage, weighed)
        facts = {item.row.pk: {"parts": _facts(item)} for item in weighed}
        return [
            shared.proposal(stage, line, standings, facts[line.row.pk])
            for line in standings.lines
            if line.outcome != "tied"
        ]

    def on_release(self, decision: Decision, actor: User) -> None:
        letters.composite_report(decision)

    def url(self, stage: RoundStage) -> str:
        return shared.address("ranking", stage, stage.pk)


def _facts(item: composites.Weighed) -> list[dict[str, Any]]:
    return [{"stage": p.stage, "score": p.score, "out_of": p.base, "weight": p.weight} for p in item.parts]
