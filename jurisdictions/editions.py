"""Loading a policy file: jurisdiction, bodies and edition, wholly or not at all."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model
from django_scopes import scope

from accounts.models import User
from audit.log import record
from core.fields import digest
from core.refusals import Refused
from jurisdictions.models import Body, Jurisdiction, PolicyDocument
from jurisdictions.policy.loader import PolicyFile

M = TypeVar("M", bound=Model)


@transaction.atomic
def load(*, file: PolicyFile, actor: User | None) -> tuple[PolicyDocument, bool]:
    """The edition in the database, and whether anything changed. A second load of the same file changes nothing.

    ``actor``: None where the operator loads from the command line. Bodies that the file does not name stay as they are.
    Raises ``BadPolicy`` when the file has problems, ``Refused`` when a published edition would change.
    """
    policy = file.sound()
    jurisdiction, changed = _jurisdiction(file.jurisdiction)
    with scope(jurisdiction=jurisdiction):
        bodies = [fields["key"] for fields in file.bodies if _body(jurisdiction, fields)]
        document, fresh = _edition(jurisdiction, file, policy.effective_article)
    if changed or bodies or fresh:
        record(
            "policy.loaded",
            scope=jurisdiction.code,
            actor=actor,
            subject=document,
            article=policy.effective_article,
            facts={"edition": document.edition, "status": document.status, "sha256": document.sha256, "bodies": bodies},
        )
    return document, bool(changed or bodies or fresh)


def _jurisdiction(fields: dict[str, Any]) -> tuple[Jurisdiction, bool]:
    found = Jurisdiction.objects.select_for_update().filter(code=fields["code"]).first()
    return _kept(found or Jurisdiction(), dict(fields))


def _body(jurisdiction: Jurisdiction, fields: dict[str, Any]) -> bool:
    found = Body.objects.select_for_update().filter(key=fields["key"]).first()
    _row, changed = _kept(found or Body(), {**fields, "jurisdiction": jurisdiction})
    return changed


def _kept(row: M, fields: dict[str, Any]) -> tuple[M, bool]:
    """The row with these fields, saved when it is new or differs."""
    if row.pk is not None and all(getattr(row, name) == value for name, value in fields.items()):
        return row, False
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean(validate_unique=False, validate_constraints=False)
    row.save()
    return row, True


def _edition(jurisdiction: Jurisdiction, file: PolicyFile, article: str) -> tuple[PolicyDocument, bool]:
    edition, status = str(file.edition["edition"]), file.edition.get("status", PolicyDocument.Status.DRAFT)
    row = PolicyDocument.objects.select_for_update().filter(edition=edition).first()
    row = row or PolicyDocument(jurisdiction=jurisdiction, edition=edition)
    same = row.sha256 == digest(file.document)
    if same and row.status == status:
        return row, False
    if row.status == PolicyDocument.Status.PUBLISHED:
        raise Refused("edition_is_published", article=article, place=jurisdiction.code, edition=edition)
    row.document, row.status = file.document, status
    row.save()
    return row, True
