"""Appending to the log. Call it last in the transaction: it holds the chain's head until the commit.

Work of thousands of acts in one transaction gathers its events, so that others wait for the head only at its end:

    with transaction.atomic(), log.gathered():
        ...
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import secrets
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from audit.models import GENESIS, AuditEvent, AuditHead, PersonalNote
from core import clock, reading
from core.fields import canonical, digest, plain

SITE = "site"
HASHED = (
    "scope", "sequence", "at", "legal_at", "actor_id", "act", "article",
    "round_id", "subject", "facts", "personal_commitment", "previous_hash",
)  # fmt: skip
_GATHERED: ContextVar[list[AuditEvent] | None] = ContextVar("audit events gathered", default=None)


@contextlib.contextmanager
def gathered() -> Iterator[None]:
    """Within it events are kept, and appended in their order at its end; a transaction that is to be rolled back appends none.

    Only for work that stands or falls as a whole: an event outlives the rollback of a savepoint within.
    """
    events: list[AuditEvent] = []
    reset = _GATHERED.set(events)
    try:
        yield
    finally:
        _GATHERED.reset(reset)
    if not transaction.get_rollback():
        _append_all(events)


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
    Within :func:`gathered` the event has no place in its chain yet.
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
    if (waiting := _GATHERED.get()) is not None:
        waiting.append(_dated(event, legal_at))
        return event
    head = _lock_head(scope)
    _chain(head, _dated(event, legal_at))
    event.save(force_insert=True)
    AuditHead.objects.filter(pk=scope).update(sequence=head.sequence, hash=head.hash)
    return event


def name_of(subject: Model) -> str:
    """``app.Model:pk``."""
    return f"{subject._meta.label}:{subject.pk}"


def hash_of(event: AuditEvent) -> str:
    """SHA-256 over every column but the hash itself."""
    return digest({name: getattr(event, name) for name in HASHED})


def _dated(event: AuditEvent, legal_at: dt.datetime | None) -> AuditEvent:
    with reading.anew():  # the moment of the act, not of the page around it
        event.at = clock.now().astimezone(dt.UTC)
    event.legal_at = (legal_at or event.at).astimezone(dt.UTC)
    return event


def _chain(head: AuditHead, event: AuditEvent) -> None:
    """Give the event its place behind the head, which then stands on it."""
    event.sequence, event.previous_hash = head.sequence + 1, head.hash
    event.hash = hash_of(event)
    head.sequence, head.hash = event.sequence, event.hash


def _append_all(events: list[AuditEvent]) -> None:
    """Chains in a fixed order, so that two such works cannot wait for each other; each event has the moment of its appending."""
    for scope in sorted({event.scope for event in events}):
        head, own = _lock_head(scope), [event for event in events if event.scope == scope]
        for event in own:
            _chain(head, _dated(event, None if event.legal_at == event.at else event.legal_at))
        AuditEvent.objects.bulk_create(own, batch_size=500)
        AuditHead.objects.filter(pk=scope).update(sequence=head.sequence, hash=head.hash)


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
