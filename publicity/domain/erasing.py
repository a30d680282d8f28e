"""Erasing who made an objection, when the time has come. The objection, its findings and its hashes in the log stay."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django_scopes import scopes_disabled

from audit import log
from core import clock
from documents import uploads
from documents.models import StoredFile
from publicity.models import ObjectorDetails


@transaction.atomic
def erase_due(on: dt.date | None = None) -> int:
    """Erase details kept long enough, and the files that tell who made the objection; twice is harmless. Returns how many."""
    day, now = on or clock.today(), clock.now()
    with scopes_disabled():
        rows = ObjectorDetails.objects.select_for_update(of=("self",)).filter(erased_at=None, erase_after__lt=day)
        due = list(rows.select_related("objection__stage__round__jurisdiction"))
        for row in due:
            row.sealed, row.erased_at = "", now
            row.save(update_fields=["sealed", "erased_at"])
            objection = row.objection
            for file in StoredFile.objects.filter(pk__in=objection.personal_files):
                uploads.remove(actor=None, file=file)  # type: ignore[arg-type]
            code = objection.stage.round.jurisdiction.code
            log.record("objection.details_erased", scope=code, actor=None, subject=objection)
    return len(due)
