"""The stage kind ``publicity``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import formats
from publicity import queries
from publicity.models import Objection
from rounds import clock
from rounds.kinds import Blocker, Proposal, StageKind, Todo, register
from rounds.models import RoundStage, StageEntry
from rounds.readers import EVERYBODY, Reader

S = Objection.Status


@register
class Publicity(StageKind):
    """The list stands in public for its window; objections are examined, investigated and reported before it goes on."""

    key: ClassVar[str] = "publicity"

    def url(self, stage: RoundStage) -> str:
        return reverse("publicity:stage", args=[stage.round.jurisdiction.code, stage.pk])

    def todos(self, stage: RoundStage, reader: Reader = EVERYBODY) -> Iterable[Todo]:
        if not reader.office:
            return
        url, role = self.url(stage), "office"
        waiting = len(queries.unpublished(stage))
        if waiting:
            yield Todo("publish", stage.article, _("Publish the list"), url, waiting, role=role)
        rules = stage.round.rules.objections
        for objection in Objection.objects.filter(stage=stage, status__in=queries.OPEN):
            received = objection.status == S.RECEIVED
            text = _("Examine objection {number}") if received else _("Investigate objection {number}")
            yield Todo(
                "objection", (rules.examine_article if received else "") or rules.article, text.format(number=objection.number),
                self._objection(stage, objection), due=objection.examine_by if received else None, role=role,
            )  # fmt: skip
        for objection in self._untold(stage):
            text = _("Tell the objector of {number} the outcome in writing").format(number=objection.number)
            yield Todo(
                "tell", rules.outcome_article or rules.article, text, self._objection(stage, objection), role=role
            )
        organ, article = queries.report_organ(stage)
        unreported = queries.unreported(stage).count() if organ else 0
        if unreported:
            yield Todo("report", article, _("Hand over the investigation report"), url, unreported, role=role)

    def blockers(self, stage: RoundStage) -> list[Blocker]:
        if not StageEntry.objects.filter(stage=stage).pending().exists():
            return [*self._objections(stage), *self._report(stage)]
        return [*self._unpublished(stage), *self._window(stage), *self._objections(stage), *self._report(stage)]

    def proposals(self, stage: RoundStage) -> list[Proposal]:
        founded = queries.founded(stage)
        rows = StageEntry.objects.filter(stage=stage).pending().select_related("entry__organisation").order_by("id")
        return [self._proposal(stage, row, founded.get(row.entry_id)) for row in rows]

    @staticmethod
    def _proposal(stage: RoundStage, row: StageEntry, objection: Objection | None) -> Proposal:
        if objection is None:
            return Proposal(row, "advanced", stage.article)
        reason = _("Objection {number} was found to stand: {findings}").format(
            number=objection.number, findings=objection.findings
        )
        return Proposal(row, "stopped", objection.article or stage.article, reason, {"objection": objection.number})

    def _unpublished(self, stage: RoundStage) -> Iterable[Blocker]:
        waiting = len(queries.unpublished(stage))
        if waiting:
            text = ngettext("{n} entry is not published", "{n} entries are not published", waiting).format(n=waiting)
            yield Blocker("not_published", stage.article, text, self.url(stage), waiting, todo="publish")

    def _window(self, stage: RoundStage) -> Iterable[Blocker]:
        now = clock.now(stage.round)
        running = [notice for notice in queries.notices_of(stage) if notice.is_running(now)]
        if running:
            last = max(notice.last_day for notice in running if notice.last_day)
            text = _("The list is published until the end of {last_day}").format(last_day=formats.shown(last))
            yield Blocker("window_running", stage.article, text, self.url(stage))

    def _objections(self, stage: RoundStage) -> Iterable[Blocker]:
        rules = stage.round.rules.objections
        for objection in Objection.objects.filter(stage=stage, status__in=queries.OPEN):
            text = _("Objection {number}: {status}").format(
                number=objection.number, status=objection.get_status_display()
            )
            yield Blocker("objection_open", rules.article, text, self._objection(stage, objection), todo="objection")
        for objection in self._untold(stage):
            text = _("The objector of {number} has not been told the outcome in writing").format(
                number=objection.number
            )
            yield Blocker(
                "objector_not_told",
                rules.outcome_article or rules.article,
                text,
                self._objection(stage, objection),
                todo="tell",
            )

    def _report(self, stage: RoundStage) -> Iterable[Blocker]:
        organ, article = queries.report_organ(stage)
        waiting = queries.unreported(stage).count() if organ else 0
        if waiting:
            text = _("The investigation report has not been handed to: {organ}").format(
                organ=stage.round.rules.organ(organ).name
            )
            yield Blocker("not_reported", article, text, self.url(stage), waiting, todo="report")

    @staticmethod
    def _untold(stage: RoundStage) -> Iterable[Objection]:
        if not stage.round.rules.objections.outcome_in_writing:
            return []
        return Objection.objects.filter(stage=stage, status__in=(S.FOUNDED, S.UNFOUNDED), told_at=None)

    @staticmethod
    def _objection(stage: RoundStage, objection: Objection) -> str:
        return reverse("publicity:objection", args=[stage.round.jurisdiction.code, objection.pk])
