"""The log of a round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from audit.models import AuditEvent
from audit.naming import like
from core.lists import Column, Days, List, Search, article, moment
from rounds.lists import events


class Log(List):
    """Every recorded act of a round, newest first. Context: ``code``, ``rules``."""

    key = "rounds.log"
    caption = _("Log")
    size = 100
    nothing_yet = _("Nothing is recorded yet.")
    export_name = "log"
    personal = True
    columns = (
        Column("sequence", "#", sort="sequence", numeric=True),
        moment("legal_at", _("Time"), show=lambda row, _list: _to_the_second(row)),
        Column("act", _("Act"), events.in_one_line, sort="act", show=events.act),
        Column("subject", _("About"), chosen=False),
        Column("person", _("Person"), lambda row: str(row.person or "")),
        article(label=_("Article")),
        Column("hash", _("Hash"), show=lambda row, _list: format_html("<code>{}</code>", row.hash[:12])),
    )
    filters = {
        "q": Search("act", "subject", label=_("Act or what it is about"), also=lambda word: Q(act__in=like(word))),
        "since": Days("legal_at", "date__gte", label=_("From")),
        "until": Days("legal_at", "date__lte", label=_("Until")),
    }

    def prepare(self, rows: Sequence[Any]) -> None:
        """Who did it, and about which entry."""
        events.introduce(rows)


def _to_the_second(event: AuditEvent) -> str:
    from django.utils import timezone

    return timezone.localtime(event.legal_at).strftime("%Y-%m-%d %H:%M:%S")
