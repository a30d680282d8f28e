"""Posting: rows in the caller's transaction. Sending is :mod:`notifications.delivery`."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Model
from django_scopes import scopes_disabled

from accounts.models import User
from core import clock
from core.fields import plain
from jurisdictions.models import Jurisdiction
from notifications import texts
from notifications.models import InboxItem, Message

#: Addresses under this top-level domain lead nowhere (RFC 2606): invented people of rehearsals.
NOWHERE = ".invalid"
logger = logging.getLogger(__name__)


class Attachable(Protocol):
    """What can go with a message: a model with ``attachment() -> (name, bytes, type) | None`` (``documents.Paper``)."""

    pk: Any

    def attachment(self) -> tuple[str, bytes, str] | None: ...


def post(
    *,
    to: Iterable[User],
    kind: str,
    jurisdiction: Jurisdiction,
    subject_ref: Model | str,
    context: dict[str, Any],
    key: str,
    url: str = "",
    paper: Attachable | None = None,
    rehearsal: bool = False,
) -> list[Message]:
    """One message to each person, in the inbox and by mail, in the caller's transaction; three queries however many people.

    ``kind`` has a registered text; ``key`` names the occasion: the same key is posted once to a person, a second call changes
    nothing. ``paper`` goes with the mail as soon as it is made. Nothing is mailed for a rehearsal, nor to invented people.
    Returns what was posted now. Raises ``KeyError`` for a kind without text.
    """
    if not texts.known(kind):
        raise KeyError(kind)
    people = {user.pk: user for user in to if user.is_active}
    with scopes_disabled():
        had = set(Message.objects.filter(key=key, to__in=people).values_list("to_id", flat=True))
        now, reference = clock.now(), _name(subject_ref)
        rows = [
            Message(
                jurisdiction=jurisdiction, to=user, key=key, kind=kind, subject_ref=reference, context=plain(context), url=url,
                paper_ref=_name(paper) if paper else "", posted_at=now, due_at=now, state=_state(user, rehearsal),
            )
            for user in people.values() if user.pk not in had
        ]  # fmt: skip
        if rows:
            Message.objects.bulk_create(rows)
            InboxItem.objects.bulk_create(InboxItem(message=row, user=row.to) for row in rows)
    waiting = [row.pk for row in rows if row.state == Message.State.WAITING]
    if waiting:
        transaction.on_commit(lambda: _queue(waiting))
    return rows


def _state(user: User, rehearsal: bool) -> str:
    return Message.State.KEPT if rehearsal or user.email.endswith(NOWHERE) else Message.State.WAITING


def _name(thing: Any) -> str:
    return thing if isinstance(thing, str) else f"{thing._meta.label}:{thing.pk}"


def _queue(ids: list[int]) -> None:
    from notifications.tasks import send_messages

    try:
        send_messages.delay(ids)
    except Exception:  # the rows stand; beat finds them when the broker is back
        logger.warning("%s messages wait for the sweep: the broker did not answer", len(ids))
