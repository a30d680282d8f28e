"""Erasing who made an objection, when the time has come. The objection, its findings and its hashes in the log stay.

Files that tell who it was (a signature, an identity card) go with the details; what proves the objection as well, unless the policy
has it kept (``objections.proof``, with its reason).
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django_scopes import scopes_disabled

from audit import log
from core import clock
from documents import uploads
from documents.models import StoredFile
from publicity.models import Objection, ObjectorDetails


@transaction.atomic
def erase_due(on: dt.date | None = None) -> int:
    """Erase details kept long enough, and the files that tell who made the objection; twice is harmless. Returns how many."""
    day, now = on or clock.today(), clock.now()
    with scopes_disabled():
        rows = ObjectorDetails.objects.select_for_update(of=("self",)).filter(erased_at=None, erase_after__lt=day)
        due = list(rows.select_related("objection__stage__round__jurisdiction", "objection__stage__round__policy"))
        for row in due:
            row.sealed, row.erased_at = "", now
            row.save(update_fields=["sealed", "erased_at"])
            objection = row.objection
            rules = objection.stage.round.rules.objections
            files = list(_files(objection, keeps_proof=rules.proof.value == "kept"))
            for file in files:
                uploads.remove(actor=None, file=file, article=rules.article)  # type: ignore[arg-type]
            code = objection.stage.round.jurisdiction.code
            log.record(
                "objection.details_erased", scope=code, actor=None, subject=objection, article=rules.article,
                facts={"files": len(files), "proof": rules.proof.value},
            )  # fmt: skip
    return len(due)


def _files(objection: Objection, *, keeps_proof: bool) -> QuerySet[StoredFile]:
    personal = StoredFile.objects.filter(pk__in=objection.personal_files)
    found: QuerySet[StoredFile] = personal if keeps_proof else uploads.of_subject(objection)
    return found
