"""Reads that encode policy, by name: the only source of their pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef
from django_scopes import scopes_disabled

from core import reading

if TYPE_CHECKING:
    from accounts.models import User


def light(rows: Any, path: str = "round") -> Any:
    """Rows with their rounds (by way of ``path``; "": rounds themselves), without the large documents of round and edition.

    Nobody needs them to look: the rules of an opened round are kept parsed by their hash (``rounds.rulebook``); else they are read then.
    """
    at = f"{path}__" if path else ""
    related = [f"{at}jurisdiction", f"{at}policy"]
    return rows.select_related(*related).defer(f"{at}rules_document", f"{at}policy__document")


def recused_entries(user: Any) -> frozenset[int]:
    """Primary keys of the entries from which ``user`` (a person, or its primary key) is recused; asked once a page."""
    from rounds.models import Recusal

    def ask() -> frozenset[int]:
        with scopes_disabled():
            return frozenset(Recusal.objects.filter(user=user, ended_at=None).values_list("entry", flat=True))

    return reading.kept(("recused", getattr(user, "pk", user)), ask)


def without_recused(rows: Any, user: Any, entry: str = "entry") -> Any:
    """Rows without those of entries (by way of ``entry``) from which ``user`` is recused: recused means gone.

    A page that is only looked at asks once for the few entries; an act asks within its own query.
    """
    from rounds.models import Recusal

    if reading.keeps():
        gone = recused_entries(user)
        return rows.exclude(**{f"{entry}__in": gone}) if gone else rows.all()
    return rows.filter(~Exists(Recusal.objects.filter(entry=OuterRef(entry), user=user, ended_at=None)))


class EntryQuerySet(models.QuerySet[Any]):
    """Entries."""

    def not_recused_from(self, user: User) -> EntryQuerySet:
        """Without those from which ``user`` is recused: recused means gone."""
        return without_recused(self, user, "pk")  # type: ignore[no-any-return]

    def filed(self) -> EntryQuerySet:
        return self.exclude(number="")

    def of_round(self, round_: Any) -> EntryQuerySet:
        return self.filter(round=round_)


class StageEntryQuerySet(models.QuerySet[Any]):
    """Entries in stages."""

    def not_recused_from(self, user: User | int) -> StageEntryQuerySet:
        """Without those from which ``user`` (a person, or its primary key) is recused."""
        return without_recused(self, user)  # type: ignore[no-any-return]

    def pending(self) -> StageEntryQuerySet:
        """Waiting for an outcome: of entries that have neither ended nor been withdrawn."""
        return self.filter(status="pending", entry__status__in=("draft", "active"))

    def advanced(self) -> StageEntryQuerySet:
        return self.filter(status="advanced")

    def passed_on(self) -> StageEntryQuerySet:
        """Those that the next stage takes over."""
        return self.filter(status__in=("advanced", "skipped"), entry__status__in=("draft", "active"))
