"""One way to write a round's audit events."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from audit import log
from audit.models import AuditEvent
from rounds import clock
from rounds.models import Round


def record(
    act: str,
    *,
    round_: Round,
    actor: Any,
    subject: Model | str,
    article: str,
    personal: dict[str, Any] | None = None,
    **facts: Any,
) -> AuditEvent:
    """Append to the chain of the round's jurisdiction, with the round's time. Call it last."""
    return log.record(
        act,
        scope=round_.jurisdiction.code,
        actor=actor,
        subject=subject,
        article=article,
        round_id=round_.pk,
        legal_at=clock.now(round_),
        facts=facts,
        personal=personal,
    )
