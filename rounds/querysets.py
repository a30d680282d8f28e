"""Reads that encode policy, by name: the only source of their pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef

if TYPE_CHECKING:
    from accounts.models import User


def light(rows: Any, path: str = "round") -> Any:
    """Rows with their rounds (by way of ``path``; "": rounds themselves), without the large documents of round and edition.

    Nobody needs them to look: the rules of an opened round are kept parsed by their hash (``rounds.rulebook``); else they are read then.
    """
    at = f"{path}__" if path else ""
    related = [f"{at}jurisdiction", f"{at}policy"]
    return rows.select_related(*related).defer(f"{at}rules_document", f"{at}policy__document")


def _recusals_of(user: Any, entry: str) -> Exists:
    from rounds.models import Recusal

    return Exists(Recusal.objects.filter(entry=OuterRef(entry), user=user, ended_at=None))


class EntryQuerySet(models.QuerySet[Any]):
    """Entries."""

    def not_recused_from(self, user: User) -> EntryQuerySet:
        """Without those from which ``user`` is recused: recused means gone."""
        return self.filter(~_recusals_of(user, "pk"))

    def filed(self) -> EntryQuerySet:
        return self.exclude(number="")

    def of_round(self, round_: Any) -> EntryQuerySet:
        return self.filter(round=round_)


class StageEntryQuerySet(models.QuerySet[Any]):
    """Entries in stages."""

    def not_recused_from(self, user: User | int) -> StageEntryQuerySet:
        """Without those from which ``user`` (a person, or its primary key) is recused."""
        return self.filter(~_recusals_of(user, "entry"))

    def pending(self) -> StageEntryQuerySet:
        """Waiting for an outcome: of entries that have neither ended nor been withdrawn."""
        return self.filter(status="pending", entry__status__in=("draft", "active"))

    def advanced(self) -> StageEntryQuerySet:
        return self.filter(status="advanced")

    def passed_on(self) -> StageEntryQuerySet:
        """Those that the next stage takes over."""
        return self.filter(status__in=("advanced", "skipped"), entry__status__in=("draft", "active"))
