"""The category in which an organisation applies, chosen or changed while the application is a draft."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from applications.domain.access import locked, policy_of, require_draft, require_on
from applications.models import Application
from applications.rules import may_write
from core.refusals import Refused
from rounds.engine.logging import record


@transaction.atomic
def choose_category(*, actor: User, application: Application, category: str) -> Application:
    """``category``: a key of the prize's categories; '' leaves it to their conditions. Refused: no right, filed, ended, unknown."""
    application = locked(application)
    require_on(may_write, actor, application)
    require_draft(application)
    entry = application.entry
    prize = policy_of(application).prize(entry.prize)
    if category not in {"", *(one.key for one in prize.categories)}:
        raise Refused("category_unknown", article=prize.article, field="category")
    entry.category = category
    entry.save(update_fields=["category"])
    record(
        "application.category_chosen", round_=entry.round, actor=actor, subject=application, article=prize.article, category=category,
    )  # fmt: skip
    return application
