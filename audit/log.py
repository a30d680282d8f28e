"""Appending to the log. Call it last in the transaction: it holds the chain's head until the commit."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from audit.models import GENESIS, AuditEvent, AuditHead, PersonalNote
from core import clock
from core.fields import canonical, digest, plain

SITE = "site"
HASHED = (
    "scope", "sequence", "at", "legal_at", "actor_id", "act", "article",
    "round_id", "subject", "facts", "personal_commitment", "previous_hash",
)  # fmt: skip


def record(
    act: str,
    *,
    scope: str,
    actor: Any,
    subject: Model | str,
    article: str = "",
    round_id: str | int = "",
    legal_at: dt.datetime | None = None,
    facts: dict[str, Any] | None = None,
    personal: dict[str, Any] | None = None,
) -> AuditEvent:
    """Append one event to the chain of ``scope`` in the caller's transaction.

    ``facts`` must hold no personal data; that goes into ``personal`` and stands behind a salted commitment. ``legal_at`` is the
    round's time where it differs from the clock's (a rehearsal). Raises ``RuntimeError`` outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an act and its audit event belong in one transaction")
    event = AuditEvent(
        scope=scope,
        actor_id=str(getattr(actor, "pk", "") or ""),
        act=act,
        article=article,
        round_id=str(round_id),
        subject=subject if isinstance(subject, str) else name_of(subject),
        facts=plain(facts or {}),
        personal_commitment=_commit(personal) if personal else "",
    )
    head = _lock_head(scope)
    event.at = clock.now().astimezone(dt.UTC)
    event.legal_at = (legal_at or event.at).astimezone(dt.UTC)
    event.sequence, event.previous_hash = head.sequence + 1, head.hash
    event.hash = hash_of(event)
    event.save(force_insert=True)
    AuditHead.objects.filter(pk=scope).update(sequence=event.sequence, hash=event.hash)
    return event


def name_of(subject: Model) -> str:
    """``app.Model:pk``."""
    return f"{subject._meta.label}:{subject.pk}"


def hash_of(event: AuditEvent) -> str:
    """SHA-256 over every column but the hash itself."""
    return digest({name: getattr(event, name) for name in HASHED})


def _lock_head(scope: str) -> AuditHead:
    head = AuditHead.objects.select_for_update().filter(pk=scope).first()
    if head is None:
        AuditHead.objects.get_or_create(pk=scope, defaults={"sequence": 0, "hash": GENESIS})
        head = AuditHead.objects.select_for_update().get(pk=scope)
    return head


@transaction.atomic
def _commit(personal: dict[str, Any]) -> str:
    salt = secrets.token_hex(32)
    commitment = hashlib.sha256((salt + canonical(personal)).encode()).hexdigest()
    PersonalNote.objects.create(commitment=commitment, salt=salt, data=plain(personal))
    return commitment
