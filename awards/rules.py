"""Who may do what here: small predicates, the same for the domain and for the buttons."""

from __future__ import annotations

from typing import Any

from accounts.rules import acts_for, reads_for
from awards.models import Honour, SanctionCase
from core.access import Predicate, predicate
from jurisdictions.policy import Policy
from jurisdictions.rules import holds, sits_on
from rounds.models import Round
from rounds.rules import is_approver, is_office, is_office_head, is_supervisor

sees_awards = is_office | is_supervisor | is_approver | holds("committee")
sees_cases = is_office | is_supervisor | is_approver | holds("committee")
runs_awards = is_office
settles_awards = is_office_head


def speaks_for(policy: Policy, organ: str) -> Predicate:
    """Who acts for an organ of the policy: the office's head, the approving government's clerk, the supervisor, or whoever sits on it."""
    kind = policy.organ(organ).kind
    by_role = {"office": is_office_head, "approver": is_approver, "supervision": is_supervisor}
    return by_role.get(kind) or sits_on(organ)


def records_for(policy: Policy, organ: str) -> Predicate:
    """Who records what an organ resolved: who speaks for it, or the office with the number of the minutes."""
    return speaks_for(policy, organ) | is_office


@predicate
def acts_for_holder(actor: Any, honour: Honour) -> bool:
    """Acts for the organisation that holds the honour."""
    return acts_for(actor, honour.organisation)


@predicate
def reads_for_holder(actor: Any, honour: Honour) -> bool:
    """Reads for the organisation that holds the honour."""
    return reads_for(actor, honour.organisation)


sees_honour = sees_awards | reads_for_holder


def governing(thing: Honour | SanctionCase | Round) -> Policy:
    """The rules that govern: those of the honour's round, else the jurisdiction's current edition. Raises ``LookupError``."""
    from jurisdictions.exclusions import current_policy

    round_ = thing if isinstance(thing, Round) else thing.round
    found = round_.rules if round_ is not None else current_policy(thing.jurisdiction)
    if found is None:
        raise LookupError("no policy governs this")
    return found
