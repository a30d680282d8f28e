"""Giving and ending roles. The only writer of memberships and of the object permissions that follow from them.

    begin(actor=…, user=…, role="reviewer", jurisdiction=j,
          body=None, organ="", seat="", unit="", since=None, until=None, rehearsal=False)
    end(actor=…, membership=m, reason="")        ends at once
    expire(on=None)                              for the nightly task: takes away the permissions of roles that ran out

``until`` is the first day on which a role no longer holds. While a person holds a role the person has guardian's
``act_as_<role>`` on the jurisdiction and, where it is held for a body, ``act_for_body`` on the body. Ask
``jurisdictions.rules.holds``, never guardian directly: the dates count too.

Who may give which role, and what excludes what: ``jurisdictions.exclusions``. Demo data and tests give roles
as a superuser.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django_scopes import scope
from guardian.shortcuts import assign_perm, remove_perm

from accounts.models import User
from audit import log
from core import clock
from core.refusals import Refused
from jurisdictions import exclusions, rules
from jurisdictions.models import Body, Jurisdiction, Membership, Role

BODY_ROLES = frozenset({Role.RECOMMENDER, Role.DEPARTMENT})


@transaction.atomic
def begin(
    *,
    actor: User,
    user: User,
    role: str,
    jurisdiction: Jurisdiction,
    body: Body | None = None,
    organ: str = "",
    seat: str = "",
    unit: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
    rehearsal: bool = False,
) -> Membership:
    """The person takes up a role from ``since`` (today) until ``until`` (open).

    ``rehearsal``: invented for rehearsals; the office may give any role then, and it counts only in a rehearsal.
    Raises ``Refused``: role_not_yours_to_give, role_not_for_oneself, person_inactive, role_needs_body, body_elsewhere,
    role_already_held, role_excluded.
    """
    role, first = Role(role).value, since or clock.today()
    User.objects.select_for_update().get(pk=user.pk)
    _check_authority(actor, user, role, jurisdiction, rehearsal)
    _check_person_and_body(user, role, jurisdiction, body)
    with scope(jurisdiction=jurisdiction):
        place = {
            "user": user,
            "role": role,
            "body": body,
            "organ": organ,
            "seat": seat,
            "unit": unit,
            "rehearsal": rehearsal,
        }
        _check_not_held(first, place)
        if not rehearsal:
            exclusions.refuse(user, role, jurisdiction)
        membership = Membership.objects.create(jurisdiction=jurisdiction, since=first, until=until, **place)
        _grant(membership)
        log.record("role.begin", scope=jurisdiction.code, actor=actor, subject=membership, facts=_facts(membership))
    rules.forget(user)
    return membership


@transaction.atomic
def end(*, actor: User, membership: Membership, reason: str = "") -> Membership:
    """The role ends at once. Raises ``Refused``: role_already_ended, role_not_yours_to_give, role_not_for_oneself."""
    jurisdiction, today = membership.jurisdiction, clock.today()
    with scope(jurisdiction=jurisdiction):
        held = Membership.objects.select_for_update(of=("self",)).select_related("user", "body").get(pk=membership.pk)
        _check_authority(actor, held.user, held.role, jurisdiction, held.rehearsal)
        if held.until and held.until <= today:
            raise Refused("role_already_ended", until=held.until)
        held.until = max(held.since, today)
        held.save(update_fields=["until"])
        _withdraw(held, today)
        log.record(
            "role.end", scope=jurisdiction.code, actor=actor, subject=held, facts={**_facts(held), "reason": reason}
        )
    membership.until = held.until
    rules.forget(held.user)
    rules.forget(membership.user)
    return held


def expire(on: dt.date | None = None) -> int:
    """Take away the permissions of roles that no longer hold on ``on`` (today); twice is harmless. Returns how many."""
    day = on or clock.today()
    return sum(_expire_in(jurisdiction, day) for jurisdiction in Jurisdiction.objects.order_by("pk"))


@transaction.atomic
def _expire_in(jurisdiction: Jurisdiction, day: dt.date) -> int:
    with scope(jurisdiction=jurisdiction):
        over = [m for m in _over(jurisdiction, day) if _withdraw(m, day)]
        for membership in over:
            rules.forget(membership.user)
            log.record("role.expire", scope=jurisdiction.code, actor=None, subject=membership, facts=_facts(membership))
    return len(over)


def _over(jurisdiction: Jurisdiction, day: dt.date) -> QuerySet[Membership]:
    """Ended memberships whose person still holds a permission on the jurisdiction."""
    return (
        Membership.objects.filter(until__lte=day, user__jurisdictionuserobjectpermission__content_object=jurisdiction)
        .distinct()
        .select_related("user", "body", "jurisdiction")
        .order_by("pk")
    )


def _check_authority(actor: User, user: User, role: str, jurisdiction: Jurisdiction, rehearsal: bool) -> None:
    if actor.is_superuser:
        return
    office = {Role.OPERATOR.value, Role.OFFICE_HEAD.value, Role.OFFICE.value}
    givers = office if rehearsal else {str(giver) for giver in exclusions.GIVEN_BY[role]}
    if not givers & rules.roles_of(actor, jurisdiction):
        raise Refused("role_not_yours_to_give", role=exclusions.label(role))
    if actor.pk == user.pk and not rehearsal:
        raise Refused("role_not_for_oneself")


def _check_person_and_body(user: User, role: str, jurisdiction: Jurisdiction, body: Body | None) -> None:
    if not user.is_active:
        raise Refused("person_inactive", person=str(user))
    if body is None and role in BODY_ROLES:
        raise Refused("role_needs_body", field="body", role=exclusions.label(role))
    if body is not None and (body.jurisdiction_id != jurisdiction.pk or not body.active):
        raise Refused("body_elsewhere", field="body")


def _check_not_held(first: dt.date, place: dict[str, object]) -> None:
    same = Membership.objects.filter(Q(until=None) | Q(until__gt=first), **place)
    if same.exists():
        raise Refused("role_already_held", person=str(place["user"]), role=exclusions.label(str(place["role"])))


def _grant(membership: Membership) -> None:
    assign_perm(f"act_as_{membership.role}", membership.user, membership.jurisdiction)
    if membership.body is not None:
        assign_perm("act_for_body", membership.user, membership.body)


def _withdraw(membership: Membership, day: dt.date) -> bool:
    """Remove what no other membership of the person still carries; whether anything was removed."""
    others = Membership.objects.filter(Q(until=None) | Q(until__gt=day), user=membership.user).exclude(pk=membership.pk)
    removed = False
    if not others.filter(role=membership.role).exists():
        removed |= bool(_removed(f"act_as_{membership.role}", membership.user, membership.jurisdiction))
    if membership.body is not None and not others.filter(body=membership.body).exists():
        removed |= bool(_removed("act_for_body", membership.user, membership.body))
    return removed


def _removed(permission: str, user: User, thing: Jurisdiction | Body) -> int:
    count, _ = remove_perm(permission, user, thing) or (0, {})
    return int(count)


def _facts(membership: Membership) -> dict[str, object]:
    return {
        "person": membership.user_id, "role": membership.role, "body": membership.body.key if membership.body else "",
        "organ": membership.organ, "seat": membership.seat, "unit": membership.unit, "since": membership.since,
        "until": membership.until, "rehearsal": membership.rehearsal,
    }  # fmt: skip
