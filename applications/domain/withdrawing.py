"""The applicant withdraws: its way ends, and its people have it in writing."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from applications.domain.telling import tell
from applications.models import Application
from core.refusals import Refused
from rounds import engine


@transaction.atomic
def withdraw(*, actor: User, application: Application, reason: str) -> Application:
    """Withdraw from the round, with the reason. Refused: no right, no reason, ended, or the government has decided."""
    entry = application.entry
    if not reason.strip():
        raise Refused("reason_missing", article=entry.round.rules.stages[0].article, field="reason")
    application.entry = engine.withdraw(actor=actor, entry=entry, reason=reason.strip())
    tell(application.entry, "application.withdrawn", occasion="1", reason=reason.strip())
    return application
