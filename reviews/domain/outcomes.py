"""A team's proposal to the office; the office's report on a stage."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from core.access import require
from core.refusals import Refused
from reviews.locking import open_stage, stage_row
from reviews.models import Assignment, StageReport, Team, TeamProposal
from reviews.rules import is_office, leads_team
from rounds import clock
from rounds.engine.logging import record
from rounds.models import RoundStage


@transaction.atomic
def propose(*, actor: User, team: Team, listed: Sequence[int], text: str = "") -> TeamProposal:
    """The leader proposes whom the team would see go on, best first (stage entry ids of the team's own entries)."""
    team = (
        Team.objects.select_related("stage__round__jurisdiction").defer("stage__round__rules_document").get(pk=team.pk)
    )
    stage = open_stage(team.stage)
    article = stage.spec.team.article
    require(leads_team, actor, team, article=article)
    own = set(Assignment.objects.filter(team=team, ended_at=None).values_list("stage_entry", flat=True))
    if set(listed) - own or len(set(listed)) != len(listed):
        raise Refused("entry_not_of_this_team", article=article, field="listed")
    kept = {"listed": list(listed), "text": text.strip(), "by": actor, "at": clock.now(stage.round)}
    made, _created = TeamProposal.objects.update_or_create(team=team, defaults=kept)
    record(
        "team.proposed",
        round_=stage.round,
        actor=actor,
        subject=team,
        article=article,
        stage=stage.key,
        listed=list(listed),
    )
    return made


@transaction.atomic
def write_report(*, actor: User, stage: RoundStage, text: str) -> StageReport:
    """The office writes its report on the stage (the composite evaluation report); anew until the stage closes."""
    stage = open_stage(stage_row(stage))
    article = getattr(stage.spec, "report_article", None) or stage.article
    require(is_office, actor, stage, article=article)
    if not text.strip():
        raise Refused("report_empty", article=article, field="text")
    made, _created = StageReport.objects.update_or_create(
        stage=stage, defaults={"text": text.strip(), "by": actor, "at": clock.now(stage.round)}
    )
    record("stage.reported", round_=stage.round, actor=actor, subject=made, article=article, stage=stage.key)
    return made
