"""Reminders are derived from deadlines each time, never stored twice.

    reminders.register(fn)          # in AppConfig.ready; fn(now) -> iterable of Reminder

A reminder's ``key`` names the deadline and how long before it (``"onsite-opinion:17:2d"``): posted once, however often asked.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Model
from django_scopes import scopes_disabled

from accounts.models import User
from core import clock
from jurisdictions.models import Jurisdiction
from notifications import outbox


@dataclass(frozen=True, slots=True)
class Reminder:
    """What is to be said now, to whom."""

    to: tuple[User, ...]
    kind: str
    jurisdiction: Jurisdiction
    subject_ref: Model | str
    key: str
    url: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    rehearsal: bool = False


logger = logging.getLogger(__name__)
Provider = Callable[[dt.datetime], Iterable[Reminder]]

_PROVIDERS: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Add a provider (usable as a decorator). It runs without a tenant scope and enters those it needs."""
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)
    return provider


def post_due(now: dt.datetime | None = None) -> int:
    """Post what every provider finds due; returns how many messages were posted now."""
    moment, count = now or clock.now(), 0
    for provider in list(_PROVIDERS):
        try:
            with transaction.atomic(), scopes_disabled():
                count += sum(_post(reminder) for reminder in provider(moment))
        except Exception:  # one app's mistake must not silence the reminders of the others
            logger.exception("reminders of %s failed", getattr(provider, "__module__", provider))
    return count


def _post(r: Reminder) -> int:
    return len(outbox.post(
        to=r.to, kind=r.kind, jurisdiction=r.jurisdiction, subject_ref=r.subject_ref, context=r.context, url=r.url, key=r.key,
        rehearsal=r.rehearsal,
    ))  # fmt: skip
