"""What may keep an organisation from applying. Higher apps add their gates (waiting periods, bars):

    @gates.register_gate
    def barred(candidacy: Candidacy) -> Iterable[Refused]: ...

Every gate is asked when an application is started and again when it is filed; the first refusal is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from accounts.models import Organisation
from applications.facts import rules_of
from core.refusals import Refused
from jurisdictions.policy import Policy
from jurisdictions.policy.prizes import Prize
from rounds.models import Entry, Round


@dataclass(frozen=True, slots=True)
class Candidacy:
    """An organisation that wants to apply for a prize. ``entry`` and ``facts`` (all namespaces) once there is one, ``filing`` at the end."""

    round: Round
    organisation: Organisation
    prize: Prize
    entry: Entry | None = None
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    filing: bool = False

    @property
    def policy(self) -> Policy:
        return rules_of(self.round)


Gate = Callable[[Candidacy], Iterable[Refused]]

_GATES: list[Gate] = []


def register_gate(gate: Gate) -> Gate:
    """Decorator: ask this gate too. It yields refusals; nothing means that it stands open."""
    if gate not in _GATES:
        _GATES.append(gate)
    return gate


def refusals(candidacy: Candidacy) -> Iterable[Refused]:
    """Everything that stands in the way, in the gates' order."""
    for gate in _GATES:
        yield from gate(candidacy)


def check(candidacy: Candidacy) -> None:
    """Raise the first refusal."""
    for refusal in refusals(candidacy):
        raise refusal


@register_gate
def is_on_offer(candidacy: Candidacy) -> Iterable[Refused]:
    """The prize is applied for, and in this round."""
    policy, prize = candidacy.policy, candidacy.prize
    if not prize.is_applied_for or prize.key not in candidacy.round.prizes:
        offered = "、".join(
            str(policy.prize(key).name) for key in candidacy.round.prizes if policy.prize(key).is_applied_for
        )
        yield Refused("prize_not_offered", article=prize.article, prize=str(prize.name), offered=offered)


@register_gate
def is_admitted(candidacy: Candidacy) -> Iterable[Refused]:
    """The prize admits organisations of this kind, activity and legal status."""
    prize, organisation = candidacy.prize, candidacy.organisation
    if organisation.kind not in prize.applicants:
        yield Refused(
            "kind_not_admitted", article=prize.article, kind=str(organisation.get_kind_display()), prize=str(prize.name)
        )
    if prize.activities and not set(prize.activities) & set(organisation.activities):
        yield Refused("activity_not_admitted", article=prize.article, prize=str(prize.name))
    if organisation.legal_status not in prize.legal_statuses:
        article = prize.legal_status_article or prize.article
        yield Refused(
            "status_not_admitted",
            article=article,
            status=str(organisation.get_legal_status_display()),
            prize=str(prize.name),
        )


@register_gate
def keeps_to_its_world(candidacy: Candidacy) -> Iterable[Refused]:
    """Invented organisations apply in rehearsals only, real ones in binding rounds only."""
    if candidacy.organisation.rehearsal != candidacy.round.is_rehearsal:
        yield Refused("rehearsal_apart", article=candidacy.prize.article)


@register_gate
def holds_what_is_required(candidacy: Candidacy) -> Iterable[Refused]:
    """A prize that builds on another one: one of those must be held. Unknown counts as not held."""
    prize = candidacy.prize
    if not prize.requires or candidacy.entry is None:
        return
    held = candidacy.facts.get("awards", {}).get("held") or ()
    if not set(prize.requires) & set(held):
        names = "、".join(str(candidacy.policy.prize(key).name) for key in prize.requires)
        yield Refused(
            "prize_required", article=prize.requires_article or prize.article, prize=str(prize.name), required=names
        )
