"""Evidence: attached, replaced, removed before filing; kept for good once filed."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from applications.domain import attaching, filing
from applications.models import Evidence
from audit.models import AuditEvent
from documents.models import StoredFile
from tests.applications.ground import Ground, pdf
from tests.refusing import refused


def attach(ground: Ground, application: object, **more: object) -> Evidence:
    given = {"actor": ground.owner, "application": application, "field": "licence", "upload": pdf(), **more}
    return attaching.attach(**given)  # type: ignore[arg-type]


@pytest.mark.requirement("wenling-14")
def test_a_clean_file_is_kept_with_its_hash(ground: Ground) -> None:
    piece = attach(ground, ground.start(), secret=True)
    assert len(piece.file.sha256) == 64 and piece.file.secret and piece.secret
    assert AuditEvent.objects.filter(act="evidence.attached", article="5").count() == 1


def test_no_more_than_the_field_takes(ground: Ground) -> None:
    application = ground.start()
    attach(ground, application)
    attach(ground, application)
    with refused("too_many_for_field"):
        attach(ground, application)


def test_replacing_leaves_the_old_one_on_record(ground: Ground) -> None:
    application = ground.start()
    old, _other = attach(ground, application), attach(ground, application)
    new = attach(ground, application, replaces=old)
    old.refresh_from_db()
    assert old.replaced_by == new and old.removed_at is not None
    with refused("evidence_gone"):
        attach(ground, application, replaces=old)


def test_removing_keeps_the_file(ground: Ground) -> None:
    piece = attach(ground, ground.start())
    attaching.remove(actor=ground.owner, evidence=piece)
    with refused("evidence_gone"):
        attaching.remove(actor=ground.owner, evidence=piece)
    assert StoredFile.objects.filter(pk=piece.file_id).exists()


def test_marking_as_a_trade_secret_marks_the_file(ground: Ground) -> None:
    piece = attaching.mark(actor=ground.owner, evidence=attach(ground, ground.start()), secret=True)
    piece.file.refresh_from_db()
    assert piece.secret and piece.file.secret


def test_only_where_files_are_asked_for_and_only_by_writers(ground: Ground) -> None:
    application = ground.start()
    with refused("field_takes_no_files"):
        attach(ground, application, field="summary")
    with refused("not_yours_to_write"):
        attach(ground, application, actor=ground.stranger)
    with refused("file_type_refused"):
        attach(ground, application, upload=ContentFile(b"#!/bin/sh\n", name="run.sh"))
    assert not Evidence.objects.exists() and not StoredFile.objects.exists()


def test_not_after_filing(ground: Ground) -> None:
    application = ground.written()
    filing.file(actor=ground.owner, application=application, papers=False)
    piece = Evidence.objects.get()
    for act in (
        lambda: attach(ground, application),
        lambda: attaching.remove(actor=ground.owner, evidence=piece),
        lambda: attaching.mark(actor=ground.owner, evidence=piece, secret=True),
    ):
        with refused("already_filed"):
            act()
