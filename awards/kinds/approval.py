"""``approval``: the reviewing organ fixes the list, the government approves it by a document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from awards.models import Approval as Record
from awards.queries.lineup import Line, fingerprint, lineup, over
from awards.queries.objections import open_objections
from rounds.kinds import Blocker, Proposal, StageKind, Todo, register
from rounds.models import RoundStage
from rounds.readers import EVERYBODY, Reader

ROLE = {"office": "office_head", "approver": "approver", "supervision": "supervisor"}


@register
class Approval(StageKind):
    """Nothing is decided before there is a document with number and date."""

    key: ClassVar[str] = "approval"

    def url(self, stage: RoundStage) -> str:
        return reverse("awards:approval", args=[stage.round.jurisdiction.code, stage.pk])

    def acting(self, stage: RoundStage) -> frozenset[str]:
        spec = stage.spec
        return frozenset({"office", *(self._role(stage, organ) for organ in (spec.reviewed_by, spec.by) if organ)})

    def todos(self, stage: RoundStage, reader: Reader = EVERYBODY) -> Iterable[Todo]:
        if not reader.plays(*self.acting(stage)):
            return
        lines = lineup(stage)
        record = Record.objects.filter(stage=stage).first()
        if not lines or (record and record.fingerprint == fingerprint(lines)):
            return
        article = stage.spec.review_article or stage.article
        if stage.spec.reviewed_by and (record is None or record.fixed_fingerprint != fingerprint(lines)):
            for role in dict.fromkeys((self._role(stage, stage.spec.reviewed_by), "office")):
                yield Todo(
                    "fix_list", article, _("Fix the list that goes to the government"), self.url(stage), role=role
                )
            return
        yield Todo(
            "approve",
            stage.article,
            _("Approve the list, with document number and date"),
            self.url(stage),
            role=self._role(stage, stage.spec.by),
        )

    def blockers(self, stage: RoundStage) -> list[Blocker]:
        lines = lineup(stage)
        if not lines:
            return []
        return [*self._missing(stage, lines), *self._over(stage, lines), *open_objections(stage)]

    def proposals(self, stage: RoundStage) -> list[Proposal]:
        record = Record.objects.get(stage=stage)
        struck = {item["entry"]: item["reason"] for item in record.struck}
        facts: dict[str, Any] = {"number": record.number, "date": record.date}
        return [
            self._proposal(stage, line, struck.get(line.entry_id, ""), facts)
            for line in lineup(stage)
            if line.row.status == "pending"
        ]

    def _proposal(self, stage: RoundStage, line: Line, reason: str, facts: dict[str, Any]) -> Proposal:
        outcome = "stopped" if reason else "advanced"
        return Proposal(line.row, outcome, stage.article, reason, facts, prize=line.prize, tier=line.tier)

    def _missing(self, stage: RoundStage, lines: list[Line]) -> list[Blocker]:
        record, now = Record.objects.filter(stage=stage).first(), fingerprint(lines)
        if any(line.row.status == "advanced" for line in lines):
            return []  # carried out: what counts is what was released
        article = stage.spec.review_article or stage.article
        if stage.spec.reviewed_by and (record is None or record.fixed_fingerprint != now):
            return [
                Blocker(
                    "list_not_fixed",
                    article,
                    _("The list has not been fixed, or has changed since"),
                    self.url(stage),
                    len(lines),
                    todo="fix_list",
                )
            ]
        if record is None or record.decided_at is None or record.fingerprint != now:
            return [
                Blocker(
                    "not_approved",
                    stage.article,
                    _("The list has not been approved, or has changed since"),
                    self.url(stage),
                    len(lines),
                    todo="approve",
                )
            ]
        return []

    def _over(self, stage: RoundStage, lines: list[Line]) -> list[Blocker]:
        record = Record.objects.filter(stage=stage).first()
        struck = {item["entry"] for item in record.struck} if record else set()
        kept = [line for line in lines if line.entry_id not in struck]
        text = _("At most {limit} places may be given; the list has {got}")
        return [
            Blocker("quota_exceeded", quota.article, text.format(limit=limit, got=got), self.url(stage), got - limit)
            for quota, limit, got in over(stage, kept)
        ]

    def _role(self, stage: RoundStage, organ: str) -> str:
        return ROLE.get(stage.round.rules.organ(organ).kind, "committee")
