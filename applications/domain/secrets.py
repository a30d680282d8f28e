"""Trade secrets: shown to those whose task needs them, each time on record."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from applications.domain.access import filing_article, policy_of
from applications.forms.layout import intake_of
from applications.models import Application
from applications.rules import may_unmask
from core.refusals import Refused
from rounds.engine.logging import record


@transaction.atomic
def unmask(*, actor: User, application: Application) -> list[str]:
    """The keys of the answers marked as trade secrets; that this person saw them is recorded. Refused: not needed for the person's task."""
    policy = policy_of(application)
    intake = intake_of(policy)
    article = (intake.secrets_article if intake else None) or filing_article(policy)
    if not may_unmask(actor, application.entry):
        raise Refused("secret_not_needed", article=article)
    record(
        "application.secrets_shown", round_=application.entry.round, actor=actor, subject=application, article=article,
        fields=application.secrets,
    )  # fmt: skip
    return list(application.secrets)
