"""Who may give which role, and which duties exclude each other: the one place where these tables stand.

Outside duties are those that a higher app knows of (representing an applicant). Such an app registers how to ask:

    exclusions.register_outside("applicant", holds=lambda user, jurisdiction: …)     # in AppConfig.ready

It is asked inside the jurisdiction's scope. Before the app lets a person take up the outside duty it calls
``exclusions.refuse(user, "applicant", jurisdiction)``.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from accounts.models import User
from core.refusals import Refused
from jurisdictions.models import Jurisdiction, PolicyDocument, Role
from jurisdictions.policy import Policy

APPLICANT = "applicant"
OUTSIDE: Mapping[str, str | Promise] = {APPLICANT: _("representative of an applicant")}

EXCLUSIVE: frozenset[frozenset[str]] = frozenset(
    frozenset(pair)
    for pair in (
        # who prepares does not approve
        (Role.OFFICE, Role.APPROVER),
        (Role.OFFICE_HEAD, Role.APPROVER),
        # who supervises does none of what is supervised
        (Role.SUPERVISOR, Role.OFFICE),
        (Role.SUPERVISOR, Role.OFFICE_HEAD),
        (Role.SUPERVISOR, Role.REVIEWER),
        (Role.SUPERVISOR, Role.COMMITTEE),
        # who runs the machine holds no part of the tally key
        (Role.OPERATOR, Role.TELLER),
        # who represents an applicant does not judge
        (APPLICANT, Role.REVIEWER),
        (APPLICANT, Role.OFFICE),
        (APPLICANT, Role.OFFICE_HEAD),
        (APPLICANT, Role.SUPERVISOR),
        (APPLICANT, Role.APPROVER),
    )
)
#: Only where the policy says so (``recusal.review_excludes_vote``).
REVIEW_AND_VOTE = frozenset((Role.REVIEWER.value, Role.COMMITTEE.value))

#: Who may give and end a role; an operator is made by a superuser alone.
GIVEN_BY: Mapping[str, frozenset[str]] = {
    Role.OPERATOR: frozenset(),
    Role.SUPERVISOR: frozenset({Role.OPERATOR}),
    Role.APPROVER: frozenset({Role.OPERATOR}),
    Role.OFFICE_HEAD: frozenset({Role.OPERATOR}),
    Role.OFFICE: frozenset({Role.OPERATOR, Role.OFFICE_HEAD}),
    **{
        role: frozenset({Role.OPERATOR, Role.OFFICE_HEAD, Role.OFFICE})
        for role in (Role.RECOMMENDER, Role.DEPARTMENT, Role.REVIEWER, Role.COMMITTEE, Role.TELLER)
    },
}

_outside: dict[str, Callable[[User, Jurisdiction], bool]] = {}


def register_outside(duty: str, *, holds: Callable[[User, Jurisdiction], bool]) -> None:
    """A higher app tells how to ask whether a person has an outside duty in a jurisdiction."""
    if duty not in OUTSIDE:
        raise ValueError(f"unknown outside duty: {duty}")
    _outside[duty] = holds


def refuse(user: User, duty: str, jurisdiction: Jurisdiction) -> None:
    """Refuse when something that the person already does here excludes ``duty`` (a role or an outside duty).

    Raises ``Refused("role_excluded")`` citing the policy's article on recusal.
    """
    policy = current_policy(jurisdiction)
    article = policy.recusal.article if policy else ""
    for other in sorted(_duties_of(user, jurisdiction)):
        if _excluded(duty, other, policy):
            raise Refused("role_excluded", article=article, person=str(user), role=label(duty), other=label(other))


def current_policy(jurisdiction: Jurisdiction) -> Policy | None:
    """The newest published edition, else the newest draft."""
    with scope(jurisdiction=jurisdiction):
        documents = PolicyDocument.objects.order_by("-edition")
        published = documents.filter(status=PolicyDocument.Status.PUBLISHED).values_list("pk", "sha256").first()
        if published is not None:
            return _published(*published)
        draft = documents.first()
    return draft.policy if draft else None


@functools.lru_cache(maxsize=64)
def _published(pk: int, sha256: str) -> Policy:
    """A published edition stands (the database sees to it): its document is read once, however many lines of a list ask for it."""
    policy: Policy = PolicyDocument._base_manager.get(pk=pk).policy
    return policy


def label(duty: str) -> str:
    """A duty in the reader's language."""
    return str(OUTSIDE[duty] if duty in OUTSIDE else Role(duty).label)


def _excluded(duty: str, other: str, policy: Policy | None) -> bool:
    pair = frozenset((str(duty), str(other)))
    if pair == REVIEW_AND_VOTE:
        return bool(policy and policy.recusal.review_excludes_vote.value)
    return pair in EXCLUSIVE


def _duties_of(user: User, jurisdiction: Jurisdiction) -> set[str]:
    from jurisdictions.rules import roles_from_now_on

    with scope(jurisdiction=jurisdiction):
        outside = {duty for duty, holds in _outside.items() if holds(user, jurisdiction)}
    return outside | roles_from_now_on(user, jurisdiction)
