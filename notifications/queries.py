"""A person's own inbox, across jurisdictions."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django_scopes import scopes_disabled

from notifications.models import InboxItem, Message


def inbox_of(user: Any) -> QuerySet[InboxItem]:
    """The person's messages, whichever jurisdiction they come from. Nobody else's: no tenant scope is needed."""
    with scopes_disabled():
        found: QuerySet[InboxItem] = InboxItem.objects.filter(user=user).select_related("message__jurisdiction")
        return found


def unread_count(user: Any) -> int:
    """How many have not been opened."""
    return inbox_of(user).filter(read_at=None).count()


def deliveries_of(subject_ref: str) -> QuerySet[Message]:
    """What was said about a subject, to whom, and whether it arrived; inside the jurisdiction's scope."""
    found: QuerySet[Message] = Message.objects.filter(subject_ref=subject_ref).select_related("to").order_by("-id")
    return found
