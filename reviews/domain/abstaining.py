"""A reviewer gives no marks for an entry, and says why."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from core.refusals import Refused
from reviews.domain.scoring import _check_state, _reviewer
from reviews.locking import entry_row, open_pending
from reviews.models import ScoreSheet
from rounds import clock
from rounds.engine.logging import record
from rounds.models import StageEntry


@transaction.atomic
def abstain(*, actor: User, stage_entry: StageEntry, reason: str, version: int = 0) -> ScoreSheet:
    """Hand in without marks. The team's result then rests on the others; where too few are left the place is to be filled anew.

    Refused: not assigned, recused, stage not open, handed in before, changed meanwhile, no reason. (Who has an interest steps aside instead.)
    """
    row = open_pending(entry_row(stage_entry))
    reviewer = _reviewer(actor, row)
    article = row.stage.article
    known = ScoreSheet.objects.select_for_update().filter(stage_entry=row, reviewer=reviewer).first()
    _check_state(known, row, version)
    if not reason.strip():
        raise Refused("reason_missing", article=article, field="reason")
    now = clock.now(row.stage.round)
    sheet = known or ScoreSheet(stage_entry=row, reviewer=reviewer, version=0)
    sheet.scores, sheet.total, sheet.abstained = {}, None, reason.strip()
    sheet.saved_at = sheet.submitted_at = now
    sheet.version += 1
    sheet.save()
    record(
        "sheet.abstained", round_=row.stage.round, actor=actor, subject=sheet, article=article, stage=row.stage.key,
        entry=row.entry_id, version=sheet.version, personal={"reason": sheet.abstained},
    )  # fmt: skip
    return sheet
