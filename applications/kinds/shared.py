"""What the kinds of the applicant's side share."""

from __future__ import annotations

from django.urls import reverse

from rounds.models import RoundStage, StageEntry
from rounds.readers import EVERYBODY, Reader


def waiting(stage: RoundStage, reader: Reader = EVERYBODY) -> list[StageEntry]:
    """The pending rows (of the reader's organisations) with their entries: one query, none where the reader has no organisation."""
    if not reader.an_applicant:
        return []
    rows = reader.of_organisations(StageEntry.objects.filter(stage=stage).pending())
    return list(rows.select_related("entry__organisation").order_by("id"))


def overview_url(stage: RoundStage, row: StageEntry) -> str:
    """The page of the application."""
    return reverse("applications:application", kwargs={"code": stage.round.jurisdiction.code, "pk": row.entry_id})
