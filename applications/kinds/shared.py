"""What the kinds of the applicant's side share."""

from __future__ import annotations

from django.urls import reverse

from rounds.models import RoundStage, StageEntry


def waiting(stage: RoundStage) -> list[StageEntry]:
    """The pending rows with their entries: one query."""
    return list(StageEntry.objects.filter(stage=stage).pending().select_related("entry__organisation").order_by("id"))


def overview_url(stage: RoundStage, row: StageEntry) -> str:
    """The page of the application."""
    return reverse("applications:application", kwargs={"code": stage.round.jurisdiction.code, "pk": row.entry_id})
