"""For whom to-dos are computed: a person with roles, bodies and organisations; or everybody, for those who watch a whole stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rounds.kinds import Todo

APPLICANT = "applicant"
STAFF, HEAD = "office", "office_head"


@dataclass(frozen=True, slots=True)
class Reader:
    """What somebody holds in one jurisdiction. A kind asks it before it counts, so that nothing is computed that nobody here may see."""

    user: int | None = None
    roles: frozenset[str] = frozenset()
    bodies: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()
    everybody: bool = False

    def plays(self, *roles: str) -> bool:
        """Holds one of these roles; the head of the office works in the office."""
        held = self.roles | {STAFF} if HEAD in self.roles else self.roles
        return self.everybody or not held.isdisjoint(roles)

    @property
    def office(self) -> bool:
        return self.plays(STAFF)

    @property
    def a_body(self) -> bool:
        """Acts for some body."""
        return self.everybody or bool(self.bodies)

    @property
    def an_applicant(self) -> bool:
        """Writes for some organisation."""
        return self.everybody or bool(self.organisations)

    def of_bodies(self, rows: Any, path: str = "body") -> Any:
        """Rows of the reader's bodies."""
        return rows if self.everybody else rows.filter(**{f"{path}__in": self.bodies})

    def of_organisations(self, rows: Any, path: str = "entry__organisation") -> Any:
        """Rows of the reader's organisations."""
        return rows if self.everybody else rows.filter(**{f"{path}__in": self.organisations})

    def own(self, rows: Any, path: str) -> Any:
        """Rows that name the reader."""
        return rows if self.everybody else rows.filter(**{path: self.user})

    def sees(self, todo: Todo) -> bool:
        """The to-do is the reader's own."""
        if self.everybody:
            return True
        if todo.user_id is not None:
            return todo.user_id == self.user
        if todo.organisation_id is not None:
            return todo.organisation_id in self.organisations
        if todo.body_id is not None:
            return todo.body_id in self.bodies
        return self.plays(todo.role)


EVERYBODY = Reader(everybody=True)
#: The office's work, shown to whoever oversees it.
OFFICE = Reader(roles=frozenset({STAFF, HEAD}))
