"""Who may do what about notices and objections."""

from __future__ import annotations

from typing import Any

from core.access import Predicate
from jurisdictions.rules import holds
from publicity.models import Notice, Objection
from rounds.models import RoundStage
from rounds.rules import is_approver, is_office, is_recused, is_supervisor

sees_objections = is_office | is_supervisor
works_on_objections = is_office
sees_notices = is_office | is_supervisor | is_approver | holds("committee")


def publishes(stage: RoundStage) -> Predicate:
    """Who may publish a list: the office, or the organ that the policy names."""
    organ = next((o for o in stage.round.rules.organs if o.key == stage.spec.by), None)
    return is_office | is_approver if organ is not None and organ.kind == "approver" else is_office


def reads_notice_paper(user: Any, notice: Notice, item: Any) -> bool:
    """A notice's paper: everybody where the notice is public, else those who see the round."""
    return notice.is_public or bool(sees_notices(user, notice))


def reads_objection_file(user: Any, objection: Objection, item: Any) -> bool:
    """Proof, receipts and letters of an objection: the office and supervision, unless recused from its entry."""
    return bool(sees_objections(user, objection)) and not is_recused(user, objection.entry)


def reads_report(user: Any, report: Any, item: Any) -> bool:
    """The investigation report: office, supervision, committee."""
    return bool((is_office | is_supervisor | holds("committee"))(user, report))
