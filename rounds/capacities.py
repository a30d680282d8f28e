"""In which capacities a person comes: each role in each jurisdiction, and writing for organisations.

Somebody with several may look at one of them alone ("acting as", kept in the session). That only filters what is shown:
what the person may do follows from the memberships, whatever is chosen here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from accounts.models import Organisation, User
from core import clock
from jurisdictions.models import Jurisdiction, Membership, Role
from rounds.kinds import Todo
from rounds.readers import APPLICANT, Reader


@dataclass(frozen=True, slots=True)
class Capacity:
    """One role in one jurisdiction, or (without a jurisdiction) writing for organisations. ``key`` names it in the session."""

    role: str
    jurisdiction: Jurisdiction | None = None
    bodies: tuple[str, ...] = ()
    body_ids: frozenset[int] = frozenset()

    @property
    def key(self) -> str:
        return f"{self.role}:{self.jurisdiction.code}" if self.jurisdiction else self.role

    @property
    def name(self) -> str:
        """The role in the reader's language."""
        return str(_("Applicant")) if self.role == APPLICANT else str(Role(self.role).label)

    @property
    def where(self) -> str:
        """The jurisdiction, and the bodies acted for."""
        names = [self.jurisdiction.name] if self.jurisdiction else []
        return " · ".join([*names, *self.bodies])

    def takes(self, todo: Todo, jurisdiction: Jurisdiction) -> bool:
        """The to-do waits for the person in this capacity."""
        if todo.organisation_id is not None:
            return self.role == APPLICANT
        if self.jurisdiction != jurisdiction:
            return False
        if todo.user_id is None and todo.body_id is not None:
            return todo.body_id in self.body_ids
        return not todo.role or Reader(roles=frozenset({self.role})).plays(todo.role)


@dataclass(frozen=True)
class Held:
    """Everything a person holds today."""

    user: User
    memberships: tuple[Membership, ...]
    organisations: tuple[Organisation, ...]
    _readers: dict[tuple[int, bool], Reader] = field(default_factory=dict, repr=False)

    @cached_property
    def capacities(self) -> list[Capacity]:
        """By jurisdiction and role; applicant last."""
        groups: dict[tuple[str, str], list[Membership]] = {}
        for held in self.memberships:
            groups.setdefault((held.jurisdiction.code, held.role), []).append(held)
        found = [_capacity(rows) for _key, rows in sorted(groups.items())]
        return [*found, Capacity(APPLICANT)] if self.organisations else found

    @cached_property
    def jurisdictions(self) -> list[Jurisdiction]:
        """Where the person holds a role."""
        return list({m.jurisdiction_id: m.jurisdiction for m in self.memberships}.values())

    def roles_in(self, jurisdiction: Jurisdiction, *, rehearsal: bool = False) -> frozenset[str]:
        return self.reader(jurisdiction, rehearsal=rehearsal).roles

    def reader(self, jurisdiction: Jurisdiction, *, rehearsal: bool) -> Reader:
        """What counts there: memberships invented for rehearsals count in rehearsals alone."""
        key = (jurisdiction.pk, rehearsal)
        if key not in self._readers:
            rows = [
                m for m in self.memberships if m.jurisdiction_id == jurisdiction.pk and (rehearsal or not m.rehearsal)
            ]
            self._readers[key] = Reader(
                user=self.user.pk,
                roles=frozenset(m.role for m in rows),
                bodies=frozenset(m.body_id for m in rows if m.body_id),
                organisations=frozenset(o.pk for o in self.organisations),
            )
        return self._readers[key]

    def chosen(self, key: str) -> Capacity | None:
        """The capacity of this key, while the person holds it."""
        return next((capacity for capacity in self.capacities if capacity.key == key), None)


def held_by(user: User, now: dt.datetime | None = None) -> Held:
    """What the person holds today: two queries."""
    today = clock.legal_date(now or clock.now())
    with scopes_disabled():
        rows = user.memberships.filter(Q(until=None) | Q(until__gt=today), since__lte=today)
        memberships = tuple(rows.select_related("jurisdiction", "body").order_by("jurisdiction__code", "id"))
        members = user.organisations.select_related("organisation").order_by("organisation__name", "id")
        return Held(user, memberships, tuple(m.organisation for m in members))


def _capacity(rows: Iterable[Membership]) -> Capacity:
    rows = list(rows)
    bodies = {m.body.pk: m.body.name for m in rows if m.body}
    return Capacity(rows[0].role, rows[0].jurisdiction, tuple(bodies.values()), frozenset(bodies))
