"""The inbox as a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.lists import Act, Column, Days, Flag, List, moment
from notifications.models import InboxItem
from notifications.queries import inbox_of


def _title(row: InboxItem, _listing: List) -> Any:
    if row.read_at:
        return row.message.title
    return format_html('<strong>{}</strong> <span class="badge bg-red-lt">{}</span>', row.message.title, _now("New"))


def _read(*, actor: User, rows: Sequence[InboxItem], listing: List) -> None:
    inbox_of(actor).filter(pk__in=[row.pk for row in rows], read_at=None).update(read_at=clock.now())


class Inbox(List):
    """A person's messages from every jurisdiction, newest first."""

    key = "notifications.inbox"
    caption = _("Messages")
    size = 30
    nothing_yet = _("There is no message here.")
    export_name = "messages"
    personal = True
    columns = (
        Column(
            "title", _("Title"), "message.title", show=_title,
            link=lambda row, listing: listing.way_to("notifications:message", row.pk),
        ),
        Column("jurisdiction", _("Sender"), "message.jurisdiction.name", sort="message__jurisdiction__name_zh"),
        moment("posted_at", _("Sent at"), value="message.posted_at", sort="message__posted_at"),
        moment("read_at", _("Read on"), nullable=True, chosen=False),
        Column("body", _("Text"), "message.body", chosen=False),
    )  # fmt: skip
    acts = (Act("read", _("Mark as read"), _read, _("They are marked as read.")),)
    filters = {
        "unread": Flag(Q(read_at=None), label=_("Unread only")),
        "since": Days("message__posted_at", "date__gte", label=_("From")),
        "until": Days("message__posted_at", "date__lte", label=_("Until")),
    }
