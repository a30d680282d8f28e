"""What an applicant answered, for the pages of a stage: section by section, trade secrets masked."""

from __future__ import annotations

from applications.models import Application
from applications.showing import Part, Shown, shown
from rounds.models import StageEntry

__all__ = ["Part", "Shown", "parts"]


def parts(row: StageEntry, *, masked: bool) -> list[Part]:
    """The sections of an entry's form as answered; a constant number of queries."""
    application = Application.objects.filter(pk=row.entry_id).first()
    if application is None:
        return []
    row.entry.round = row.stage.round
    return shown(application, row.entry, masked=masked)
