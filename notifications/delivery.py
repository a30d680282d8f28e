"""Sending: a row is claimed by a conditional update with a lease, sent, and its delivery recorded.

A worker that dies leaves a lease that runs out; the sweep then claims the row again. Mail is thus sent at least once, and
exactly once unless a worker dies between the mail server's answer and the note of it (the Message-ID is the same then).
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from core import clock
from notifications.models import Message

LEASE = dt.timedelta(minutes=5)
RETRY_AFTER = (1, 5, 30, 120, 360, 720)  # minutes
PAPER_WAITS = dt.timedelta(minutes=2)
logger = logging.getLogger(__name__)
S = Message.State


def waiting(limit: int = 500) -> list[int]:
    """Messages whose turn it is."""
    now = clock.now()
    with scopes_disabled():
        due = Message.objects.filter(_free(now), state=S.WAITING, due_at__lte=now)
        return list(due.order_by("due_at", "id").values_list("pk", flat=True)[:limit])


def send(message_id: int) -> bool:
    """Claim, send, record. False when another worker has it, it was sent, or it must wait."""
    with scopes_disabled():
        message = _claim(message_id)
        if message is None:
            return False
        attachment = None
        if message.paper_ref:
            attachment = _attachment(message.paper_ref)
            if attachment is None:
                _release(message, due_at=clock.now() + PAPER_WAITS)
                return False
        try:
            _mail(message, attachment)
        except Exception as error:  # any failure of the mail server: recorded, tried again later
            _failed(message, error)
            return False
        _sent(message)
        return True


def _claim(message_id: int) -> Message | None:
    now, lease = clock.now(), uuid.uuid4().hex
    rows = Message.objects.filter(_free(now), pk=message_id, state=S.WAITING, due_at__lte=now)
    if not rows.update(lease=lease, leased_until=now + LEASE):
        return None
    found: Message | None = (
        Message.objects.select_related("to", "jurisdiction").filter(pk=message_id, lease=lease).first()
    )
    return found


def _free(now: dt.datetime) -> Q:
    return Q(leased_until=None) | Q(leased_until__lt=now)


def _mail(message: Message, attachment: tuple[str, bytes, str] | None) -> None:
    with translation.override(message.to.language or settings.LANGUAGE_CODE):
        subject, body = " ".join(message.title.split()), _letter(message)
    mail = EmailMessage(
        subject=subject,
        body=body,
        to=[message.to.email],
        headers={"Message-ID": f"<message-{message.pk}@{_host()}>", "Auto-Submitted": "auto-generated"},
        connection=get_connection(),
    )
    if attachment:
        mail.attach(*attachment)
    mail.send()


def _letter(message: Message) -> str:
    """Whom it is for, what it says, where it stands, who writes, and that nobody reads an answer."""
    place = message.jurisdiction
    parts = [
        _("Dear %(name)s,") % {"name": message.to.name},
        message.body,
        f"{settings.SITE_URL}{message.url}" if message.url else "",
        "\n".join(part for part in (_("Review office of %(name)s") % {"name": place.name}, place.office_phone) if part),
        _("The system sent this letter. Please do not answer it; turn to the review office."),
    ]
    return "\n\n".join(part for part in parts if part)


def _host() -> str:
    return settings.SITE_URL.partition("://")[2].partition("/")[0].partition(":")[0] or "localhost"


def _attachment(reference: str) -> tuple[str, bytes, str] | None:
    from django.apps import apps

    label, _colon, pk = reference.partition(":")
    thing = apps.get_model(label)._base_manager.filter(pk=pk).first()
    found: tuple[str, bytes, str] | None = thing.attachment() if thing is not None else None
    return found


def _sent(message: Message) -> None:
    Message.objects.filter(pk=message.pk, lease=message.lease, state=S.WAITING).update(
        state=S.SENT, delivered_at=clock.now(), attempts=F("attempts") + 1, error="", lease="", leased_until=None
    )


def _failed(message: Message, error: Exception) -> None:
    tries = message.attempts + 1
    last = tries > len(RETRY_AFTER)
    later = clock.now() + dt.timedelta(minutes=RETRY_AFTER[min(tries, len(RETRY_AFTER)) - 1])
    Message.objects.filter(pk=message.pk, lease=message.lease, state=S.WAITING).update(
        state=S.FAILED if last else S.WAITING, due_at=later, attempts=tries, lease="", leased_until=None,
        error=f"{type(error).__name__}: {error}"[:1000],
    )  # fmt: skip
    logger.warning("message %s was not sent (attempt %s): %s", message.pk, tries, type(error).__name__)


def _release(message: Message, *, due_at: dt.datetime) -> None:
    Message.objects.filter(pk=message.pk, lease=message.lease).update(due_at=due_at, lease="", leased_until=None)
