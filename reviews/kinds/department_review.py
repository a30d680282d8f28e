"""Department review: opinions and credit points make a score; nobody is stopped by it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar

from django.utils.translation import gettext as _

from accounts.models import User
from jurisdictions.policy.stages import DepartmentReview
from reviews.domain import letters, sheets_out
from reviews.kinds import shared
from reviews.queries import departments
from reviews.queries.departments import EntryOpinions
from reviews.tallies.ranking import ranks
from rounds.kinds import Blocker, Proposal, StageKind, Todo, register
from rounds.models import Decision, RoundStage, StageEntry
from rounds.readers import EVERYBODY, Reader


@register
class DepartmentReviewKind(StageKind):
    """Asked bodies answer on each entry; what their silence means stands in the policy."""

    key: ClassVar[str] = "department_review"
    acts: ClassVar[frozenset[str]] = frozenset({"department"})

    def may_start(self, stage: RoundStage) -> list[Blocker]:
        """Somebody must be there to be asked."""
        if departments.bodies_asked(stage):
            return []
        return [Blocker("no_bodies", stage.article, _("No department that this stage asks has been entered."))]

    def todos(self, stage: RoundStage, reader: Reader = EVERYBODY) -> Iterable[Todo]:
        if not reader.a_body:
            return
        asked = departments.bodies_asked(stage)
        bodies = [body for body in asked if reader.everybody or body.pk in reader.bodies]
        given = departments.of_stage(stage, _rows_for(stage, reader)) if bodies else []
        for body in bodies:
            count = sum(1 for opinions in given if body.pk not in {o.body_id for o in opinions.given})
            if count:
                text = _("Give your opinion on {count} entries: {stage}").format(count=count, stage=stage.name)
                yield Todo(
                    "answer",
                    stage.article,
                    text,
                    shared.address("answer", stage, stage.pk, body.pk),
                    count,
                    due=stage.deadline,
                    body_id=body.pk,
                )

    def blockers(self, stage: RoundStage) -> list[Blocker]:
        """Entries of which no department has said anything that counts; where silence blocks, every missing answer."""
        spec: DepartmentReview = stage.spec
        given, page = departments.of_stage(stage), shared.address("answers", stage, stage.pk)
        if spec.silence.value != "blocks":
            return _unheard(stage, given, page)
        bodies = departments.bodies_asked(stage)
        missing = sum(len(opinions.missing(bodies)) for opinions in given)
        creditless = sum(1 for opinions in given if opinions.without_credit)
        found = [
            Blocker(
                "opinions_missing",
                stage.article,
                _("{count} answers of departments are missing.").format(count=missing),
                page,
                missing,
            ),
            Blocker(
                "credit_missing",
                stage.article,
                _("{count} entries have no credit points.").format(count=creditless),
                page,
                creditless,
            ),
        ]
        return [blocker for blocker in found if blocker.count]

    def proposals(self, stage: RoundStage) -> list[Proposal]:
        """All go on, with their department score and its rank within the prize."""
        given = departments.of_stage(stage)
        placed = _ranks(given)
        return [
            Proposal(o.row, "advanced", stage.article, facts=_facts(o), score=o.score, rank=placed.get(o.row.pk))
            for o in given
        ]

    def on_release(self, decision: Decision, actor: User) -> None:
        """The department scores as a paper."""
        sheets_out.outcome(decision, letters.signed(decision.stage.round, decision.stage.article))

    def url(self, stage: RoundStage) -> str:
        return shared.address("answers", stage, stage.pk)


def _unheard(stage: RoundStage, given: list[departments.EntryOpinions], page: str) -> list[Blocker]:
    """Without a single opinion there is no department score."""
    count = sum(1 for opinions in given if opinions.score is None)
    text = _("No department has given an opinion on {count} entries yet.").format(count=count)
    return [Blocker("unheard", stage.article, text, page, count)] if count else []


def _rows_for(stage: RoundStage, reader: Reader) -> list[StageEntry] | None:
    """None: all that wait. Who speaks for a body does not see those from which it is recused."""
    if reader.user is None:
        return None
    rows = StageEntry.objects.filter(stage=stage).pending().not_recused_from(reader.user)
    return list(rows.select_related("entry__organisation").order_by("id"))


def _ranks(given: Iterable[EntryOpinions]) -> dict[int, int]:
    by_prize: dict[str, dict[int, Decimal]] = {}
    for opinions in given:
        if opinions.score is not None:
            by_prize.setdefault(opinions.row.entry.prize, {})[opinions.row.pk] = opinions.score
    return {pk: rank for scores in by_prize.values() for pk, rank in ranks(scores).items()}


def _facts(opinions: EntryOpinions) -> dict[str, object]:
    return {
        "opinions": {o.body.key: o.opinion for o in opinions.given if o.opinion},
        "credit": {o.body.key: str(o.credit) for o in opinions.given if o.credit is not None},
        "credit_weight": str(opinions.spec.credit_weight.value), "scale": opinions.spec.scale,
    }  # fmt: skip
