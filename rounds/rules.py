"""Predicates of this app."""

from __future__ import annotations

from typing import Any

from accounts.rules import acts_for, reads_for
from core.access import predicate
from jurisdictions.rules import holds
from rounds.models import Entry
from rounds.querysets import recused_entries

is_office = holds("office") | holds("office_head")
is_office_head = holds("office_head")
is_supervisor = holds("supervisor")
is_approver = holds("approver")


@predicate
def is_recused(actor: Any, entry: Entry) -> bool:
    """An open recusal stands between the person and the entry."""
    return entry.pk in recused_entries(actor)


@predicate
def acts_for_organisation(actor: Any, entry: Entry) -> bool:
    """The person may write for the entry's organisation."""
    return acts_for(actor, entry.organisation)


@predicate
def reads_for_organisation(actor: Any, entry: Entry) -> bool:
    return reads_for(actor, entry.organisation)


may_run_round = is_office
may_release = is_office_head
