"""Giving roles to people whom the system may not know yet. Roles themselves are written by ``jurisdictions.roles`` alone."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts import invitations
from accounts.models import User
from core import clock
from core.access import require
from core.refusals import Refused
from jurisdictions import exclusions, roles, rules
from jurisdictions.models import Body, Jurisdiction, Membership, Role
from jurisdictions.rules import sees_administration


def may_give(actor: User, jurisdiction: Jurisdiction) -> frozenset[str]:
    """The roles that this person may give and end here (never to himself or herself)."""
    if actor.is_superuser:
        return frozenset(Role.values)
    held = rules.roles_of(actor, jurisdiction)
    return frozenset(role for role, givers in exclusions.GIVEN_BY.items() if held & {str(giver) for giver in givers})


@transaction.atomic
def appoint(
    *, actor: User, jurisdiction: Jurisdiction, email: str, role: str, name: str = "", phone: str = "", body: Body | None = None,
    organ: str = "", seat: str = "", unit: str = "", since: dt.date | None = None, until: dt.date | None = None,
) -> Membership:  # fmt: skip
    """The person registered under ``email`` takes up the role; a person not yet known is invited (``name`` is needed then).

    Refused: role_not_yours_to_give, person_not_known, email_wrong, role_ends_before_it_begins, and all of ``roles.begin``.
    """
    if role not in may_give(actor, jurisdiction):
        raise Refused("role_not_yours_to_give", field="role", role=exclusions.label(role))
    if until and until <= (since or clock.today()):
        raise Refused("role_ends_before_it_begins", field="until")
    person = User.objects.filter(email=invitations.normal(email)).first()
    if person is None and not name.strip():
        raise Refused("person_not_known", field="name", email=email)
    if person is None:
        person = invitations.invite(actor=actor, email=email, name=name, phone=phone, scope=jurisdiction.code)
    return roles.begin(
        actor=actor, user=person, role=role, jurisdiction=jurisdiction, body=body, organ=organ, seat=seat, unit=unit,
        since=since, until=until,
    )  # fmt: skip


@transaction.atomic
def remind(*, actor: User, membership: Membership) -> None:
    """The invitation goes out again. Refused: not_yours_to_do, role_not_yours_to_give, invitation_not_needed."""
    jurisdiction = membership.jurisdiction
    require(sees_administration, actor, jurisdiction)
    if membership.role not in may_give(actor, jurisdiction):
        raise Refused("role_not_yours_to_give", role=exclusions.label(membership.role))
    invitations.remind(actor=actor, user=membership.user, scope=jurisdiction.code)
