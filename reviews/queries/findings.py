"""What the sheets of an entry say in words: by item where it was written under one, without names."""

from __future__ import annotations

from collections.abc import Iterable

from jurisdictions.policy.sheets import Sheet
from reviews.models import ScoreSheet
from reviews.queries.progress import sheet_for
from rounds.models import StageEntry


def lines(sheet: Sheet, sheets: Iterable[ScoreSheet], kind: str) -> list[str]:
    """``kind``: "strengths", "opportunities" or "questions"; what was said of the whole first, then item by item, each once."""
    given = list(sheets)
    whole = [getattr(one, kind, "") for one in given]
    by_item = [
        f"{leaf.ref} {leaf.title}：{text}".strip()
        for leaf in sheet.leaves()
        for one in given
        if (text := one.notes.get(leaf.key, {}).get(kind, ""))
    ]
    return list(dict.fromkeys(text for text in (*whole, *by_item) if text))


def questions_before(row: StageEntry) -> list[str]:
    """What earlier reviews of the entry left open, to be cleared up now. Two queries."""
    before = (
        StageEntry.objects.filter(
            entry=row.entry_id,
            stage__kind="team_review",
            stage__position__lt=row.stage.position,
            stage__status="closed",
        )
        .select_related("stage", "entry")
        .order_by("stage__position")
    )
    found: list[str] = []
    sheets = ScoreSheet.objects.filter(stage_entry__in=before, submitted_at__isnull=False).order_by("id")
    for earlier in before:
        earlier.stage.round = earlier.entry.round = row.stage.round
        mine = [one for one in sheets if one.stage_entry_id == earlier.pk]
        found += lines(sheet_for(earlier.stage, earlier.entry.prize), mine, "questions")
    return found
