"""Predicates of the office's and the bodies' side."""

from __future__ import annotations

from typing import Any

from applications.models.opinions import Charge, ConsultationRequest
from core.access import predicate
from jurisdictions.rules import bodies_of, in_rehearsal, jurisdiction_of
from rounds.models import StageEntry
from rounds.rules import is_office, is_recused, is_supervisor


def own_bodies(actor: Any, thing: Any) -> frozenset[int]:
    """Primary keys of the bodies for which the person acts where ``thing`` lies."""
    return bodies_of(actor, jurisdiction_of(thing), rehearsal=in_rehearsal(thing))


@predicate
def is_in_charge(actor: Any, stage_entry: StageEntry) -> bool:
    """The entry is, in this stage, one of a body's own for which the person acts."""
    bodies = own_bodies(actor, stage_entry)
    return bool(bodies) and Charge.objects.filter(stage_entry=stage_entry, body__in=bodies).exists()


@predicate
def is_recused_here(actor: Any, stage_entry: StageEntry) -> bool:
    """The person has stepped aside from the entry."""
    return is_recused(actor, stage_entry.entry)


@predicate
def is_asked(actor: Any, request: ConsultationRequest) -> bool:
    """The question was put to a body for which the person acts."""
    return request.body_id in own_bodies(actor, request.stage_entry)


@predicate
def acts_for_any_body(actor: Any, thing: Any) -> bool:
    return bool(own_bodies(actor, thing))


may_handle = is_in_charge & ~is_recused_here
may_examine = is_office & ~is_recused_here
may_inspect = (is_office | is_supervisor) & ~is_recused_here
may_watch = is_office | is_supervisor


@predicate
def may_answer(actor: Any, request: ConsultationRequest) -> bool:
    """Asked, and not recused from the entry."""
    return is_asked(actor, request) and not is_recused(actor, request.stage_entry.entry)
