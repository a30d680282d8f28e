"""Whose sheets a person may see: one's own, and those of the others once all are in."""

from __future__ import annotations

from typing import Any

from core.refusals import Refused
from reviews.models import ScoreSheet
from reviews.queries import progress
from reviews.queries.progress import EntryWork
from rounds.models import StageEntry


def visible(user: Any, work: EntryWork) -> list[ScoreSheet]:
    """Sheets of an entry that one of its reviewers may see. Independence: nobody sees another's before all are in."""
    if work.all_in:
        return work.sheets
    own = {a.reviewer_id for a in work.assignments if a.reviewer.user_id == user.pk}
    return [sheet for sheet in work.every_sheet if sheet.reviewer_id in own]


def others(user: Any, stage_entry: StageEntry) -> list[ScoreSheet]:
    """The others' sheets. Raises ``Refused``: not assigned, or not all are in."""
    work = progress.of_entry(stage_entry)
    article = work.spec.team.article
    if user.pk not in {a.reviewer.user_id for a in work.assignments}:
        raise Refused("not_assigned", article=article)
    if not work.all_in:
        raise Refused("sheets_not_shown_yet", article=article, count=work.missing)
    return [
        sheet
        for sheet in work.sheets
        if sheet.reviewer_id not in {a.reviewer_id for a in work.assignments if a.reviewer.user_id == user.pk}
    ]
