"""Reads of notices and objections."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from publicity.models import InvestigationReport, Notice, Objection
from rounds.models import Recusal, RoundStage, StageEntry

S = Objection.Status
OPEN = (S.RECEIVED, S.ACCEPTED)


def notices_of(stage: RoundStage) -> list[Notice]:
    """The stage's lists, oldest first."""
    return list(Notice.objects.filter(stage=stage, kind=Notice.Kind.PUBLICITY).order_by("id"))


def unpublished(stage: RoundStage) -> list[StageEntry]:
    """Pending entries that are on no notice of the stage."""
    shown = {line["entry"] for notice in notices_of(stage) for line in notice.entries}
    rows = StageEntry.objects.filter(stage=stage).pending().select_related("entry__organisation").order_by("id")
    return [row for row in rows if row.entry_id not in shown]


def prizes_decided(stage: RoundStage, entries: list[int]) -> dict[int, tuple[str, str]]:
    """``{entry: (prize, tier)}`` where an earlier stage picked one."""
    rows = StageEntry.objects.filter(
        entry__in=entries, stage__round=stage.round, stage__position__lt=stage.position
    ).exclude(prize="")
    return {
        pk: (prize, tier)
        for pk, prize, tier in rows.order_by("stage__position").values_list("entry_id", "prize", "tier")
    }


def founded(stage: RoundStage) -> dict[int, Objection]:
    """``{entry: the founded objection}``."""
    return {o.entry_id: o for o in Objection.objects.filter(stage=stage, status=S.FOUNDED).order_by("-id")}


def raised(stage: RoundStage) -> QuerySet[Objection]:
    """What the report is about: everything received but what was not accepted."""
    found: QuerySet[Objection] = Objection.objects.filter(stage=stage).exclude(status=S.REJECTED)
    return found


def unreported(stage: RoundStage) -> QuerySet[Objection]:
    """Raised and concluded or noted, but in no report yet."""
    return raised(stage).filter(reports=None)


def counts(stage: RoundStage) -> dict[str, int]:
    """Objections by status."""
    rows = Objection.objects.filter(stage=stage).values_list("status").annotate(n=Count("pk")).order_by()
    return dict(rows)


def reports_of(stage: RoundStage) -> list[InvestigationReport]:
    return list(InvestigationReport.objects.filter(stage=stage).select_related("reported_by", "paper"))


def report_organ(stage: RoundStage) -> tuple[str, str]:
    """``(organ key, article)`` that receives the investigation report; ``("", "")`` where none is foreseen."""
    spec, rules = stage.spec, stage.round.rules
    organ = getattr(spec, "report_to", None) or rules.objections.report_to or ""
    return (organ, getattr(spec, "report_article", None) or rules.objections.article) if organ else ("", "")


def for_reader(rows: Any, reader: Any) -> Any:
    """Objections without those against entries from which the reader is recused."""
    return rows.filter(~Exists(Recusal.objects.filter(entry=OuterRef("entry"), user=reader, ended_at=None)))
