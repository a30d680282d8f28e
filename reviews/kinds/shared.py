"""What the kinds with scores share: blockers and to-dos for ties, proposals from standings, addresses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.queries.standings import Line, Standings
from rounds.kinds import Blocker, Proposal, Todo
from rounds.models import RoundStage, StageEntry


def address(name: str, stage: RoundStage, *args: Any) -> str:
    """A page of this app, in the stage's jurisdiction."""
    return reverse(f"reviews:{name}", args=[stage.round.jurisdiction.code, *args])


def cut_article(stage: RoundStage) -> str:
    return stage.spec.shortlist.article if getattr(stage.spec, "shortlist", None) else stage.article


def tie_blockers(stage: RoundStage, standings: Standings) -> list[Blocker]:
    """Each tie that crosses a cut waits for a recorded decision."""
    text = _("{count} entries share the score {score} at the cut; {free} places are left: decide with a reason.")
    return [
        Blocker(
            "tie_at_the_cut", cut_article(stage), text.format(count=len(tie.rows), score=tie.score, free=tie.free),
            url=address("ranking", stage, stage.pk), count=len(tie.rows),
        )
        for tie in standings.open_ties
    ]  # fmt: skip


def office_todos(blockers: list[Blocker], codes: Callable[[str], bool]) -> list[Todo]:
    """What of the blockers is the office's own to mend."""
    return [
        Todo(item.code, item.article, item.text, item.url, count=item.count, role="office")
        for item in blockers
        if codes(item.code)
    ]


def proposal(stage: RoundStage, line: Line, standings: Standings, facts: dict[str, Any]) -> Proposal:
    """A line as a proposal, with article and reason where it stops the entry."""
    spec = stage.spec
    facts = {**facts, "score": line.score, "rank": line.rank}
    if line.outcome == "advanced":
        return Proposal(line.row, "advanced", stage.article, facts=facts, score=line.score, rank=line.rank)
    if line.why == "gate":
        least = spec.gate.min_score.value
        reason = _("Scored {score}; at least {least} is needed to go on.").format(score=line.score, least=least)
        return _stopped(line, spec.gate.article or stage.article, reason, {**facts, "min_score": least})
    reason = _("Scored {score}, rank {rank}: outside the places of the shortlist.").format(
        score=line.score, rank=line.rank
    )
    return _stopped(line, cut_article(stage), reason, {**facts, "caps": dict(standings.caps)})


def unscored(row: StageEntry, article: str, reason: str) -> Proposal:
    """Stopped without a score."""
    return Proposal(row, "stopped", article, reason=reason)


def _stopped(line: Line, article: str, reason: str, facts: dict[str, Any]) -> Proposal:
    return Proposal(line.row, "stopped", article, reason=reason, facts=facts, score=line.score, rank=line.rank)
