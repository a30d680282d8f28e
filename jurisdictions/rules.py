"""Who may act in a jurisdiction: predicates over guardian's object permissions and the dates of memberships.

    holds("office")(user, thing)              the role, now; ``thing``: a Jurisdiction or anything that leads to one
    holds("office", "office_head")(…)         any of these roles
    acts_for_body(user, thing)                ``thing``: a Body or anything with ``.body``
    roles_of(user, jurisdiction)              frozenset of role names, e.g. for navigation
    bodies_of(user, jurisdiction)             frozenset of the primary keys of the bodies acted for
    sits_on(organ, seat="")(user, thing)      a seat of an organ of the policy, now

They compose with ``&``, ``|``, ``~`` (core.access). A thing leads to its jurisdiction by ``.jurisdiction``, or
by way of its ``.round``, ``.entry``, ``.stage`` or ``.application``.

A membership invented for rehearsals counts only for a thing that lies in a rehearsal: ``.is_rehearsal``
of the thing or of what it leads to. Superusers hold nothing by themselves.

What was read is kept on the user *instance* (one request, one task): a query a jurisdiction, two for whoever acts for a body, however many
questions.
``forget(user)`` drops it; ``roles.begin`` and ``roles.end`` do so for the instance they are given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat
from django_scopes import scope, scopes_disabled

from accounts.models import User
from core import clock
from core.access import Predicate, predicate
from jurisdictions.models import (
    Body,
    BodyUserObjectPermission,
    Jurisdiction,
    JurisdictionUserObjectPermission,
    Membership,
    Role,
)

#: The names by which a thing leads to its round, in this order.
_OWNERS = ("round", "entry", "stage", "application")
_KEPT = "_standing_by_jurisdiction"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person holds in one jurisdiction today, as guardian and the memberships agree."""

    memberships: tuple[Membership, ...]
    bodies: frozenset[int]

    def within(self, rehearsal: bool) -> tuple[Membership, ...]:
        """The memberships that count: the invented ones only in a rehearsal."""
        return tuple(m for m in self.memberships if rehearsal or not m.rehearsal)


def standing(user: User, jurisdiction: Jurisdiction) -> Standing:
    """Read once per user instance and jurisdiction."""
    kept: dict[int, Standing] = user.__dict__.setdefault(_KEPT, {})
    if jurisdiction.pk not in kept:
        kept[jurisdiction.pk] = _read(user, jurisdiction)
    return kept[jurisdiction.pk]


def forget(user: User) -> None:
    """Drop what is kept on this instance."""
    user.__dict__.pop(_KEPT, None)


def roles_of(user: Any, jurisdiction: Jurisdiction, *, rehearsal: bool = False) -> frozenset[str]:
    """The roles held today; empty for strangers."""
    if not (user and user.is_authenticated and user.is_active):
        return frozenset()
    return frozenset(m.role for m in standing(user, jurisdiction).within(rehearsal))


def bodies_of(user: Any, jurisdiction: Jurisdiction, *, rehearsal: bool = False) -> frozenset[int]:
    """Primary keys of the bodies the person acts for today."""
    if not (user and user.is_authenticated and user.is_active):
        return frozenset()
    held = standing(user, jurisdiction)
    return frozenset(m.body_id for m in held.within(rehearsal) if m.body_id in held.bodies)


def roles_from_now_on(user: User, jurisdiction: Jurisdiction) -> set[str]:
    """Real roles that the person holds today or has been given for later."""
    with scope(jurisdiction=jurisdiction):
        held = Membership.objects.filter(Q(until=None) | Q(until__gt=clock.today()), user=user, rehearsal=False)
        return set(held.values_list("role", flat=True))


def holds(*roles: str) -> Predicate:
    """Holds any of these roles in the thing's jurisdiction. Raises ``ValueError`` for a role that does not exist."""
    wanted = frozenset(Role(role).value for role in roles)

    def ask(actor: Any, thing: Any) -> bool:
        return bool(wanted & roles_of(actor, jurisdiction_of(thing), rehearsal=in_rehearsal(thing)))

    return Predicate(f"holds {' or '.join(sorted(wanted))}", ask)


@predicate
def runs_the_site(actor: Any, thing: Any) -> bool:
    """A superuser: sets a jurisdiction up before anybody holds a role in it."""
    return bool(actor.is_superuser)


administers = holds(Role.OFFICE_HEAD, Role.OPERATOR) | runs_the_site
sees_administration = administers | holds(Role.OFFICE, Role.SUPERVISOR)


def sits_on(organ: str, seat: str = "") -> Predicate:
    """Holds a seat of the organ (of that key in the policy) in the thing's jurisdiction."""

    def ask(actor: Any, thing: Any) -> bool:
        held = standing(actor, jurisdiction_of(thing)).within(in_rehearsal(thing))
        return any(m.organ == organ and seat in ("", m.seat) for m in held)

    return Predicate(f"sits on {organ}", ask)


@predicate
def acts_for_body(actor: Any, thing: Any) -> bool:
    """Acts for the body (or for ``thing.body``)."""
    body = thing if isinstance(thing, Body) else thing.body
    return body is not None and body.pk in bodies_of(actor, body.jurisdiction, rehearsal=in_rehearsal(thing))


def jurisdiction_of(thing: Any) -> Jurisdiction:
    """The thing's jurisdiction. Raises ``TypeError`` when nothing leads to one."""
    for owner in _up(thing):
        for found in (owner, getattr(owner, "jurisdiction", None)):
            if isinstance(found, Jurisdiction):
                return found
    raise TypeError(f"{type(thing).__name__} leads to no jurisdiction")


def in_rehearsal(thing: Any) -> bool:
    """Whether the thing lies in a rehearsal; what does not say so does not."""
    flags = (getattr(owner, "is_rehearsal", None) for owner in _up(thing))
    return bool(next((flag for flag in flags if flag is not None), False))


def _up(thing: Any) -> Iterator[Any]:
    """The thing and what it belongs to, up to its round."""
    while thing is not None:
        yield thing
        thing = next((owner for name in _OWNERS if (owner := getattr(thing, name, None)) is not None), None)


def _read(user: User, jurisdiction: Jurisdiction) -> Standing:
    today = clock.today()
    with scopes_disabled():
        current = Membership.objects.filter(
            Q(until=None) | Q(until__gt=today), user=user, jurisdiction=jurisdiction, since__lte=today
        )
        held = tuple(current.filter(_granted(user, jurisdiction)))
    bodies = {m.body_id for m in held if m.body_id}
    return Standing(held, _acted_for(user, bodies) if bodies else frozenset())


def _granted(user: User, jurisdiction: Jurisdiction) -> Exists:
    """Guardian lets the person act in the membership's role."""
    codename = Concat(Value("act_as_"), OuterRef("role"))
    rows = JurisdictionUserObjectPermission.objects.filter(user=user, content_object=jurisdiction)
    return Exists(rows.filter(permission__codename=codename))


def _acted_for(user: User, bodies: set[int]) -> frozenset[int]:
    """Those of the bodies, still active, for which guardian lets the person act."""
    rows = BodyUserObjectPermission.objects.filter(user=user, permission__codename="act_for_body")
    found = rows.filter(content_object__in=bodies, content_object__active=True)
    return frozenset(found.values_list("content_object", flat=True))
