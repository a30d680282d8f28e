"""Facts that conditions read, from whoever knows them. Higher apps register providers; each serves many entries in few queries."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.db.models import prefetch_related_objects

from rounds.models import Entry, Round, StageEntry

Facts = dict[str, dict[str, Any]]
Provider = Callable[[Sequence[Entry]], dict[int, dict[str, Any]]]

_PROVIDERS: dict[str, Provider] = {}


def provide(namespace: str) -> Callable[[Provider], Provider]:
    """Decorator: ``fn(entries) -> {entry id: {name: value}}`` provides ``namespace``."""

    def add(provider: Provider) -> Provider:
        _PROVIDERS[namespace] = provider
        return provider

    return add


def facts_for_many(
    entries: Sequence[Entry], *, without: Collection[str] = (), only: Collection[str] | None = None
) -> dict[int, Facts]:
    """``{entry id: {namespace: {name: value}}}`` for entries of one round; a constant number of queries.

    ``without``: namespaces left out; ``only``: those that are wanted at all.
    """
    prefetch_related_objects(list(entries), "round")
    result: dict[int, Facts] = {entry.pk: {} for entry in entries}
    for namespace, provider in _PROVIDERS.items():
        if namespace in without or (only is not None and namespace not in only):
            continue
        found = provider(entries)
        for entry in entries:
            result[entry.pk][namespace] = found.get(entry.pk, {})
    return result


def values_of(namespace: str, entries: Sequence[Entry]) -> dict[int, dict[str, Any]]:
    """One namespace alone; nothing where nobody provides it."""
    provider = _PROVIDERS.get(namespace)
    return provider(entries) if provider else {}


def facts_for(entry: Entry, *, without: Collection[str] = (), only: Collection[str] | None = None) -> Facts:
    """Facts of one entry."""
    return facts_for_many([entry], without=without, only=only)[entry.pk]


def round_facts_of(round_: Round) -> dict[str, Any]:
    """``round.*``."""
    from core.clock import legal_date

    return {
        "year": round_.year,
        "last_year": round_.year - 1,
        "opened_on": legal_date(round_.opened_at) if round_.opened_at else None,
        "closes_on": round_.closes_on,
    }


@provide("round")
def _round_facts(entries: Sequence[Entry]) -> dict[int, dict[str, Any]]:
    return {entry.pk: round_facts_of(entry.round) for entry in entries}


@provide("entry")
def _entry_facts(entries: Sequence[Entry]) -> dict[int, dict[str, Any]]:
    """``entry.*``: what the stages so far have found. A tier is known once a decision has picked the prize ("" where it has no tiers)."""
    rows = StageEntry.objects.filter(entry__in=entries).order_by("stage__position")
    found: dict[int, dict[str, Any]] = {entry.pk: {} for entry in entries}
    for entry, kind, score, rank, prize, tier in rows.values_list(
        "entry", "stage__kind", "score", "rank", "prize", "tier"
    ):
        facts = found[entry]
        facts |= {"score": score} if score is not None else {}
        facts |= {"composite": score} if score is not None and kind == "composite" else {}
        facts |= {"rank": rank} if rank is not None else {}
        facts |= {"tier": tier} if prize else {}
    return found
