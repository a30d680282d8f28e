"""The log on the operator's pages: to read, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from audit.models import AuditCheckpoint, AuditEvent
from audit.naming import name_of
from core.operating import Operating


@admin.register(AuditEvent)
class AuditEventAdmin(Operating):
    list_display = ("scope", "sequence", "legal_at", "what", "article", "subject", "actor_id")
    list_filter = ("scope",)
    search_fields = ("act", "subject", "=actor_id")
    search_help_text = _("An act, a subject as app.Model:number, or a person's number")
    ordering = ("-id",)

    @admin.display(description=_("act"), ordering="act")
    def what(self, event: AuditEvent) -> str:
        return f"{name_of(event.act)} ({event.act})"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return own_chains(super().get_queryset(request), request)


@admin.register(AuditCheckpoint)
class AuditCheckpointAdmin(Operating):
    list_display = ("scope", "sequence", "at", "key_id")
    list_filter = ("scope",)
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return own_chains(super().get_queryset(request), request)


Chains = Callable[[Any], Collection[str]]
_chains_of: list[Chains] = []


def register_chains(chains: Chains) -> None:
    """A higher app tells whose chains an operator may read (``user -> scopes``); a superuser reads all."""
    _chains_of.append(chains)


def own_chains(rows: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """Rows of the chains that the person may read."""
    if getattr(request.user, "is_superuser", False):
        return rows
    return rows.filter(scope__in={scope for chains in _chains_of for scope in chains(request.user)})


class EventsOf:
    """Mixin: the last events about the object, on its page (``events`` in ``readonly_fields``)."""

    EVENTS = 20

    @admin.display(description=_("log"))
    def events(self, obj: Any) -> str:
        rows: QuerySet[AuditEvent] = AuditEvent.objects.filter(subject=f"{obj._meta.label}:{obj.pk}").order_by("-id")
        return "\n".join(
            f"{e.legal_at:%Y-%m-%d %H:%M} {name_of(e.act)} ({e.act}) #{e.actor_id or '—'} {e.facts or ''}"
            for e in rows[: self.EVENTS]
        )
