"""What a rehearsal tells at its end."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from audit.verify import Report
from awards.models import Honour
from core.clock import legal_date
from documents import papers
from documents.models import Paper
from rounds.models import RoundStage, StageEntry
from rounds.rehearsal import Rehearsal


def make_papers(ctx: Rehearsal) -> None:
    """Make every paper that the round asked for."""
    waiting = Paper.objects.filter(round_ref=str(ctx.round.pk)).order_by("pk").values_list("pk", flat=True)
    total = len(waiting)
    for n, paper_id in enumerate(waiting, start=1):
        papers.make(paper_id)
        if n % 20 == 0 or n == total:
            ctx.show(f"… {n}/{total} PDF")


def counts(stage: RoundStage) -> dict[str, int]:
    """How many entered a stage, went on, did not."""
    found = StageEntry.objects.filter(stage=stage).aggregate(
        entered=Count("pk", filter=~Q(status="skipped")),
        advanced=Count("pk", filter=Q(status="advanced")),
        stopped=Count("pk", filter=Q(status="stopped")),
    )
    return {name: found[name] for name in ("entered", "advanced", "stopped")}


def build(ctx: Rehearsal, verified: Report) -> dict[str, Any]:
    """The object that ``--json`` prints: dates ISO 8601 in the round's time, amounts in yuan as text."""
    round_ = ctx.round
    return {
        "jurisdiction": round_.jurisdiction.code,
        "policy": {"edition": round_.policy.edition, "sha256": round_.rules_sha256, "title": round_.rules.title.zh},
        "round": {
            "year": round_.year,
            "kind": round_.kind,
            "prizes": round_.prizes,
            "seed": round_.seed,
            "status": round_.status,
        },
        "stages": [
            _stage(stage)
            for stage in RoundStage.objects.filter(round=round_)
            .select_related("round__jurisdiction")
            .order_by("position")
        ],
        "winners": [
            _winner(honour)
            for honour in Honour.objects.filter(round=round_).select_related("organisation").order_by("pk")
        ],
        "refusals": ctx.refusals,
        "papers": [
            _paper(paper)
            for paper in Paper.objects.filter(round_ref=str(round_.pk)).order_by("kind", "title", "number", "pk")
        ],
        "audit": {"events": verified.events, "verified": verified.verified},
    }


def _stage(stage: RoundStage) -> dict[str, Any]:
    times = {"opened_at": stage.opened_at, "closed_at": stage.closed_at}
    dates = {name: legal_date(moment).isoformat() if moment else None for name, moment in times.items()}
    return {"key": stage.key, "kind": stage.kind, "article": stage.article, **dates, **counts(stage)}


def _winner(honour: Honour) -> dict[str, Any]:
    return {
        "prize": honour.prize, "tier": honour.tier, "organisation": honour.organisation.name, "article": honour.article,
        "repeat": honour.repeat, "bonus": str(honour.amount) if honour.amount is not None else None,
    }  # fmt: skip


def _paper(paper: Paper) -> dict[str, Any]:
    return {"kind": paper.kind, "title": paper.title, "pages": paper.pages, "sha256": paper.sha256 or None}
