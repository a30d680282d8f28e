"""Reads that encode policy, by name: the only source of their pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef
from django_scopes import ScopeError, get_scope, scopes_disabled

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


def inside(model: Any, *things: Any) -> Any:
    """All rows of a model, to be narrowed at once to those of ``things`` (stages, rounds or entries), which lie in the scope.

    What belongs to them lies there too and need not be joined up to its jurisdiction again. Raises ``ScopeError`` where one lies elsewhere.
    """
    held = get_scope()
    place = getattr(held.get("jurisdiction"), "pk", None)
    for thing in things if held.get("_enabled", True) else ():
        if getattr(thing, "round", thing).jurisdiction_id != place:
            raise ScopeError(f"{thing!r} does not lie in the scope")
    with scopes_disabled():
        return model.objects.all()


def recused_entries(user: Any) -> frozenset[int]:
    """Primary keys of the entries from which ``user`` (a person, or its primary key) is recused; asked once a page."""
    return reading.kept(("recused", _pk(user)), lambda: frozenset(_open_recusals(user)))


def without_recused(rows: Any, user: Any, entry: str = "entry") -> Any:
    """Rows without those of entries (by way of ``entry``) from which ``user`` is recused: recused means gone."""
    known: frozenset[int] | None = reading.known(("recused", _pk(user)))
    if known is not None and not known:
        return rows.all()
    return rows.exclude(**{f"{entry}__in": _open_recusals(user) if known is None else known})


def _open_recusals(user: Any) -> Any:
    from rounds.models import Recusal

    with scopes_disabled():
        return Recusal.objects.filter(user=user, ended_at=None).order_by().values_list("entry", flat=True)


def _pk(user: Any) -> Any:
    return getattr(user, "pk", user)


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

    def pending_to_count(self) -> StageEntryQuerySet:
        """The same rows as :meth:`pending`, without joining every one to its entry: only the few of ended entries are looked up."""
        from rounds.models import Entry

        with scopes_disabled():  # the row stands in the scope already
            ended = Entry.objects.filter(pk=OuterRef("entry")).exclude(status__in=("draft", "active"))
        return self.filter(~Exists(ended), status="pending")

    def advanced(self) -> StageEntryQuerySet:
        return self.filter(status="advanced")

    def passed_on(self) -> StageEntryQuerySet:
        """Those that the next stage takes over."""
        return self.filter(status__in=("advanced", "skipped"), entry__status__in=("draft", "active"))
