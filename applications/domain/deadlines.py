"""Until when an organisation may file: the stage's deadline, or a later one that was granted to it by name."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max, Q, QuerySet

from accounts.models import Organisation
from applications.models import Extension
from rounds.models import Round, RoundStage


def deadline_for(stage: RoundStage, organisation: Organisation | int) -> dt.datetime | None:
    """The last moment at which this organisation may file in the stage; None where there is none. One query."""
    own = _latest(Extension.objects.filter(stage=stage, organisation=organisation))
    return max(own, stage.deadline) if own and stage.deadline else stage.deadline


def round_deadline_for(round_: Round, organisation: Organisation) -> dt.datetime | None:
    """The same, from the round; None while the intake has not opened."""
    stage = intake(round_)
    return deadline_for(stage, organisation) if stage else None


def last_of_all(stage: RoundStage) -> dt.datetime | None:
    """The last moment at which anybody at all may still file in the stage."""
    named = _latest(Extension.objects.filter(stage=stage))
    return max(named, stage.deadline) if named and stage.deadline else stage.deadline


def intake(round_: Round) -> RoundStage | None:
    """The round's stage of filing."""
    found: RoundStage | None = RoundStage.objects.filter(round=round_, kind="intake").order_by("-position").first()
    if found is not None:
        found.round = round_
    return found


def shown_to(round_: Round, organisations: list[int]) -> list[Extension]:
    """Extensions that concern these organisations: theirs, and those for all. Newest first."""
    concerned = Q(organisation=None) | Q(organisation__in=organisations)
    return list(Extension.objects.filter(concerned, stage__round=round_).select_related("organisation"))


def _latest(rows: QuerySet[Extension]) -> dt.datetime | None:
    found: dt.datetime | None = rows.aggregate(last=Max("deadline"))["last"]
    return found
