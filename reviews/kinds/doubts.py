"""Interests to decide: the office's to-dos, and what holds a stage up because of them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reviews.kinds.shared import address
from reviews.queries import doubts
from rounds.kinds import Blocker, Todo
from rounds.models import RoundStage


def todos(stage: RoundStage) -> Iterator[Todo]:
    """Requests to answer and signs to decide, for the office."""
    article, page = stage.round.rules.recusal.article, address("interests", stage)
    if count := doubts.open_requests(stage).count():
        text = _("{count} requests of applicants for recusal to answer: {stage}").format(count=count, stage=stage.name)
        yield Todo("recusal_requests", article, text, page, count, due=stage.deadline, role="office")
    if count := doubts.open_signs(stage).count():
        text = _("{count} signs of interests to decide on: {stage}").format(count=count, stage=stage.name)
        yield Todo("interest_signs", article, text, page, count, due=stage.deadline, role="office")


def blockers(stage: RoundStage) -> list[Blocker]:
    """Nobody scores to the end while it is open whether he or she may."""
    count = doubts.doubtful_pairs(stage)
    if not count:
        return []
    text = _("About {count} reviewers and their entries there are signs of interests that are not decided.")
    return [
        Blocker(
            "interest_undecided", stage.round.rules.recusal.article, text.format(count=count), address("interests", stage), count,
            todo="interest_signs",
        )
    ]  # fmt: skip
