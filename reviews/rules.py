"""Predicates of this app."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts import rules as accounts_rules
from accounts.models import OrganisationMember
from core.access import Predicate, predicate
from jurisdictions.models import Role
from jurisdictions.policy import Policy
from jurisdictions.rules import acts_for_body, holds, runs_the_site, sits_on
from reviews.models import Assignment, Report, Reviewer
from rounds.models import EntryUserObjectPermission, Recusal, StageEntry
from rounds.rules import is_office, is_office_head, is_supervisor

__all__ = [
    "acts_for_body",
    "approves_plans",
    "is_head_of",
    "is_office",
    "is_office_head",
    "is_supervisor",
    "keeps_pool",
    "leads",
    "may_score",
    "sees_pool",
]

#: The organ kinds of a policy, and the roles that act for them.
_ROLES_OF_ORGAN = {
    "office": ("office", "office_head"), "approver": ("approver",), "supervision": ("supervisor",), "committee": ("committee",),
}  # fmt: skip

keeps_pool = is_office
#: Who runs the site brings a pool's list in as well, when a place is set up; what is done to a reviewer later, the office does.
enters_in_pool = keeps_pool | holds(Role.OPERATOR) | runs_the_site
sees_pool = is_office | is_supervisor


def assignments_of(user: Any) -> QuerySet[Assignment]:
    """The running assignments that a person may act on: guardian grants the entry, no recusal stands between."""
    entry = OuterRef("stage_entry__entry")
    granted = EntryUserObjectPermission.objects.filter(
        content_object=entry, user=user, permission__codename="score_entry"
    )
    recused = Recusal.objects.filter(entry=entry, user=user, ended_at=None)
    found: QuerySet[Assignment] = Assignment.objects.filter(
        Exists(granted), ~Exists(recused), reviewer__user=user, ended_at=None, reviewer__status=Reviewer.Status.ACTIVE
    )
    return found


@predicate
def may_score(actor: Any, stage_entry: StageEntry) -> bool:
    """Assigned to the entry in this stage, today, and not recused from it."""
    return assignments_of(actor).filter(stage_entry=stage_entry).exists()


@predicate
def leads(actor: Any, stage_entry: StageEntry) -> bool:
    """Leads the team for this entry."""
    return assignments_of(actor).filter(stage_entry=stage_entry, is_leader=True).exists()


@predicate
def leads_team(actor: Any, team: Any) -> bool:
    """Leads the team (which has not been dissolved)."""
    return bool(
        team.ended_at is None
        and team.members.filter(
            reviewer__user=actor, is_leader=True, ended_at=None, reviewer__status=Reviewer.Status.ACTIVE
        ).exists()
    )


@predicate
def is_head_of(actor: Any, organisation: Any) -> bool:
    """The head of the organisation, in person."""
    return OrganisationMember.objects.filter(organisation=organisation, user=actor, is_head=True).exists()


def heads_of(organisation: int) -> list[str]:
    """Names of those who may sign for the organisation as its head; empty while none of its people is marked so."""
    members = OrganisationMember.objects.filter(organisation=organisation, is_head=True)
    return list(members.order_by("id").values_list("user__name", flat=True))


@predicate
def may_act_for(actor: Any, organisation: Any) -> bool:
    return accounts_rules.acts_for(actor, organisation)


@predicate
def may_read_for(actor: Any, organisation: Any) -> bool:
    return accounts_rules.reads_for(actor, organisation)


@predicate
def may_confirm(actor: Any, report: Report) -> bool:
    """The applicant, or its head alone where the policy says so."""
    confirm = report.stage_entry.stage.spec.confirm
    organisation = report.stage_entry.entry.organisation
    if confirm is None:
        return False
    return is_head_of(actor, organisation) or (confirm.by != "head" and may_act_for(actor, organisation))


def approves_plans(key: str, rules: Policy) -> Predicate:
    """Who acts for the organ or role that a policy names as approving plans."""
    organ = next((organ for organ in rules.organs if organ.key == key), None)
    if organ is None:
        roles: tuple[str, ...] = ("office", "office_head") if key == "office" else (key,) if key in Role.values else ()
        return holds(*roles)
    roles = _ROLES_OF_ORGAN.get(organ.kind, ())
    return holds(*roles) | sits_on(key) if roles else sits_on(key)
