"""Lists that come in: bodies, people with their roles, days. The office's pages and the operator's use the same lines."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import invitations
from accounts.models import User
from audit import log
from core import clock
from core.imports import Column, Lines, day, flag, words
from core.imports.lines import choice
from core.refusals import Refused
from jurisdictions.domain import bodies, days, people
from jurisdictions.forms import seats
from jurisdictions.models import Body, CalendarEntry, Jurisdiction, Membership, Role


class OfJurisdiction(Lines):
    """Lines of one jurisdiction, written by ``actor``."""

    def __init__(self, *, actor: User, jurisdiction: Jurisdiction) -> None:
        self.actor, self.jurisdiction = actor, jurisdiction

    @property
    def place(self) -> str:
        return self.jurisdiction.code

    @classmethod
    def restored(cls, *, actor: User, place: str) -> OfJurisdiction:
        return cls(actor=actor, jurisdiction=Jurisdiction.objects.get(code=place))

    def together(self) -> AbstractContextManager[None]:
        return log.gathered()


class BodyLines(OfJurisdiction):
    """New bodies, and changes to known ones."""

    key = "bodies"
    title = gettext_lazy("Bodies")
    lead = gettext_lazy("New bodies are added, known ones (by their identifier) changed. Nothing is deleted.")
    columns = (
        Column("key", gettext_lazy("Identifier"), required=True, max_length=50, is_code=True, example="market-bureau",
               help=gettext_lazy("Small Latin letters, digits, hyphens. It never changes.")),
        Column("kind", gettext_lazy("Kind"), required=True, max_length=40, example=Body.Kind.DEPARTMENT.label),
        Column("name_zh", gettext_lazy("Name (Chinese)"), required=True, max_length=100, example="市场监督管理局"),
        Column("name_en", gettext_lazy("Name (English)"), max_length=100),
        Column("territory", gettext_lazy("Prefixes of division codes"), is_code=True, help=gettext_lazy("Digits, 2 to 12 each, separated by spaces.")),
        Column("sectors", gettext_lazy("Sectors"), help=gettext_lazy("Separated by spaces.")),
        Column("active", gettext_lazy("In service"), max_length=10, help=gettext_lazy("1 for yes, 0 for no. Empty: yes.")),
    )  # fmt: skip

    def read(self, cells: Mapping[str, str]) -> dict[str, Any]:
        return {
            "key": cells["key"],
            "kind": choice(cells, "kind", Body.Kind.choices),
            "name_zh": cells["name_zh"],
            "name_en": cells.get("name_en", ""),
            "territory": words(cells.get("territory", "")),
            "sectors": words(cells.get("sectors", "")),
            "active": flag(cells, "active", default=True),
        }

    def identity(self, values: Mapping[str, Any]) -> Hashable:
        return str(values["key"])

    def find(self, values: Mapping[str, Any]) -> Body | None:
        rows = Body.objects.filter(jurisdiction=self.jurisdiction, key=values["key"], rehearsal=False)
        return rows.select_related("jurisdiction").first()

    def same(self, row: Body, values: Mapping[str, Any]) -> bool:
        return all(getattr(row, name) == value for name, value in values.items())

    def write(self, row: Body | None, values: dict[str, Any]) -> Body:
        key, active = values.pop("key"), values.pop("active")
        if row is None:
            body = bodies.add(actor=self.actor, jurisdiction=self.jurisdiction, key=key, **values)
        else:
            body = bodies.change(actor=self.actor, body=row, **values)
        return bodies.set_active(actor=self.actor, body=body, active=active)


class DayLines(OfJurisdiction):
    """New days. A day that is already entered must say the same."""

    key = "days"
    title = gettext_lazy("Calendar")
    lead = gettext_lazy(
        "Days on which the office works, or does not, other than the week says: holidays and make-up days."
    )
    columns = (
        Column("day", gettext_lazy("Day"), required=True, max_length=20, is_code=True, example="2027-02-06"),
        Column("working", gettext_lazy("Working day"), required=True, max_length=10, example="0", help=gettext_lazy("1 for yes, 0 for no.")),
        Column("reason", gettext_lazy("Reason, with the notice that says so"), required=True, max_length=200),
    )  # fmt: skip

    def read(self, cells: Mapping[str, str]) -> dict[str, Any]:
        return {"day": day(cells, "day"), "working": flag(cells, "working"), "reason": cells["reason"].strip()}

    def identity(self, values: Mapping[str, Any]) -> Hashable:
        return str(values["day"])

    def find(self, values: Mapping[str, Any]) -> CalendarEntry | None:
        rows = CalendarEntry.objects.filter(jurisdiction=self.jurisdiction, day=values["day"])
        return rows.select_related("jurisdiction").first()

    def same(self, row: CalendarEntry, values: Mapping[str, Any]) -> bool:
        return bool(row.working == values["working"] and row.reason == values["reason"])

    def write(self, row: CalendarEntry | None, values: dict[str, Any]) -> CalendarEntry:
        entered = days.enter(
            actor=self.actor, jurisdiction=self.jurisdiction, first=values["day"], working=values["working"],
            reason=values["reason"],
        )  # fmt: skip
        return entered[0]


class RoleLines(OfJurisdiction):
    """New roles; a person not yet registered is invited. A role that is recorded must say the same; it is ended on its page."""

    key = "people"
    title = gettext_lazy("People and roles")
    lead = gettext_lazy(
        "Each line gives one role. People who are not registered yet are invited once the list is confirmed."
    )
    columns = (
        Column("email", gettext_lazy("E-mail address of the person"), required=True, max_length=254, is_code=True, example="name@example.org"),
        Column("name", gettext_lazy("Name"), max_length=80, help=gettext_lazy("Needed for somebody who is not registered yet.")),
        Column("phone", gettext_lazy("Phone"), max_length=40, is_code=True),
        Column("role", gettext_lazy("Role"), required=True, max_length=40, example=Role.REVIEWER.label),
        Column("body", gettext_lazy("For the body"), max_length=100,
               help=gettext_lazy("Its identifier or its name. Needed for recommenders and departments.")),
        Column("organ", gettext_lazy("Organ"), max_length=50, help=gettext_lazy("Key of an organ of the regulation.")),
        Column("seat", gettext_lazy("Seat"), max_length=50, help=gettext_lazy("Key of a seat in that organ.")),
        Column("unit", gettext_lazy("Unit for which the seat is held"), max_length=120),
        Column("since", gettext_lazy("From"), max_length=20, is_code=True, help=gettext_lazy("Empty: from today.")),
        Column("until", gettext_lazy("Until"), max_length=20, is_code=True, help=gettext_lazy("The first day on which the role no longer holds. Empty: open.")),
    )  # fmt: skip

    def __init__(self, *, actor: User, jurisdiction: Jurisdiction) -> None:
        super().__init__(actor=actor, jurisdiction=jurisdiction)
        self._seats = {key for key, _label in seats(jurisdiction)}

    def read(self, cells: Mapping[str, str]) -> dict[str, Any]:
        role = choice(cells, "role", Role.choices)
        if role not in Role.values:
            known = "、".join(str(label) for label in Role.labels)
            raise ValidationError(
                {"role": _("“{role}” is no role. Roles are: {roles}.").format(role=role, roles=known)}
            )
        texts = {name: cells.get(name, "") for name in ("name", "phone", "organ", "seat", "unit")}
        if texts["organ"] and f"{texts['organ']}/{texts['seat']}" not in self._seats:
            place = f"{texts['organ']}/{texts['seat']}".rstrip("/")
            raise ValidationError({"organ": _("The regulation has no seat “{seat}”.").format(seat=place)})
        dates = {name: day(cells, name) for name in ("since", "until")}
        body = self._body(cells.get("body", ""))
        return {**texts, **dates, "email": invitations.normal(cells["email"]), "role": role, "body": body}

    def _body(self, text: str) -> Body | None:
        if not text:
            return None
        rows = Body.objects.filter(jurisdiction=self.jurisdiction, rehearsal=False)
        found = rows.filter(key=text).first() or rows.filter(name_zh=text).first() or rows.filter(name_en=text).first()
        if found is None:
            message = _("There is no body “{key}” in “{code}”.").format(key=text, code=self.jurisdiction.code)
            raise ValidationError({"body": message})
        return found

    def identity(self, values: Mapping[str, Any]) -> Hashable:
        return (
            *(values[name] for name in ("email", "role", "organ", "seat", "unit", "since")),
            values["body"] and values["body"].pk,
        )

    def find(self, values: Mapping[str, Any]) -> Membership | None:
        same = {name: values[name] for name in ("role", "body", "organ", "seat", "unit")}
        rows = Membership.objects.filter(
            **same, jurisdiction=self.jurisdiction, user__email=values["email"], rehearsal=False
        ).select_related("jurisdiction", "user", "body")
        if values["since"]:
            return rows.filter(since=values["since"]).first()
        return rows.filter(until=None, since__lte=clock.today()).first()

    def same(self, row: Membership, values: Mapping[str, Any]) -> bool:
        return bool(row.until == values["until"])

    def write(self, row: Membership | None, values: dict[str, Any]) -> Membership:
        if row is not None:
            raise Refused("membership_not_changed_by_import")
        return people.appoint(actor=self.actor, jurisdiction=self.jurisdiction, **values)
