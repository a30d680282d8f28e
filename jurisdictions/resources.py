"""Lists that the operator brings in and takes out. Natural keys only; each line is written by the domain, wholly or not at all."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.resources import ModelResource

from accounts import invitations
from accounts.models import User
from core.refusals import Refused
from jurisdictions import roles
from jurisdictions.domain import bodies, days
from jurisdictions.models import Body, CalendarEntry, Jurisdiction, Membership, Role

YES = frozenset({"1", "true", "yes", "是"})
NO = frozenset({"0", "false", "no", "否"})


class DomainResource(ModelResource):
    """``read`` turns a line into values, ``find`` looks for its row, ``write`` calls the domain. A refusal is the line's error."""

    def __init__(self, actor: User, **_kwargs: Any) -> None:
        super().__init__()
        self.actor = actor
        self.values: dict[str, Any] = {}
        self._places: dict[str, Jurisdiction | None] = {}

    def read(self, row: dict[str, str]) -> dict[str, Any]:
        raise NotImplementedError

    def find(self, values: dict[str, Any]) -> Any:
        raise NotImplementedError

    def write(self, instance: Any, is_create: bool) -> None:
        raise NotImplementedError

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> Any:
        self.values = self.read({name: _text(value) for name, value in row.items() if name})
        return self.find(self.values)

    def import_instance(self, instance: Any, row: dict[str, Any], **kwargs: Any) -> None:
        for name, value in self.values.items():
            setattr(instance, name, value)

    def save_instance(self, instance: Any, is_create: bool, row: dict[str, Any], **kwargs: Any) -> None:
        try:
            self.write(instance, is_create)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal

    def place(self, row: dict[str, str]) -> Jurisdiction:
        code = row.get("jurisdiction", "")
        if code not in self._places:
            self._places[code] = Jurisdiction.objects.filter(code=code).first()
        found = self._places[code]
        if found is None:
            raise ValidationError(_("There is no jurisdiction “{code}”.").format(code=code))
        return found


class BodyResource(DomainResource):
    """New bodies, and changes to known ones."""

    jurisdiction = Field("jurisdiction__code", "jurisdiction")
    territory = Field("territory", "territory")
    sectors = Field("sectors", "sectors")

    class Meta:
        model = Body
        fields = ("jurisdiction", "key", "kind", "name_zh", "name_en", "territory", "sectors", "active")
        import_id_fields = ("jurisdiction", "key")
        skip_unchanged = True
        clean_model_instances = False

    def dehydrate_territory(self, body: Body) -> str:
        return " ".join(body.territory)

    def dehydrate_sectors(self, body: Body) -> str:
        return " ".join(body.sectors)

    def read(self, row: dict[str, str]) -> dict[str, Any]:
        texts = {name: row.get(name, "") for name in ("key", "kind", "name_zh", "name_en")}
        lists = {name: row.get(name, "").split() for name in ("territory", "sectors")}
        return {"jurisdiction": self.place(row), **texts, **lists, "active": _flag(row, "active", default=True)}

    def find(self, values: dict[str, Any]) -> Body | None:
        return (
            Body.objects.filter(jurisdiction=values["jurisdiction"], key=values["key"])
            .select_related("jurisdiction")
            .first()
        )

    def write(self, instance: Body, is_create: bool) -> None:
        values = dict(self.values)
        jurisdiction, key, active = values.pop("jurisdiction"), values.pop("key"), values.pop("active")
        if is_create:
            body = bodies.add(actor=self.actor, jurisdiction=jurisdiction, key=key, **values)
        else:
            body = bodies.change(actor=self.actor, body=instance, **values)
        instance.pk = bodies.set_active(actor=self.actor, body=body, active=active).pk


class CalendarEntryResource(DomainResource):
    """New days. A day that is already entered must say the same."""

    jurisdiction = Field("jurisdiction__code", "jurisdiction")

    class Meta:
        model = CalendarEntry
        fields = ("jurisdiction", "day", "working", "reason")
        import_id_fields = ("jurisdiction", "day")
        skip_unchanged = True
        clean_model_instances = False

    def read(self, row: dict[str, str]) -> dict[str, Any]:
        day = _day(row, "day")
        if day is None:
            raise ValidationError({"day": _("A day is needed, such as 2027-02-06.")})
        return {
            "jurisdiction": self.place(row),
            "day": day,
            "working": _flag(row, "working"),
            "reason": row.get("reason", ""),
        }

    def find(self, values: dict[str, Any]) -> CalendarEntry | None:
        rows = CalendarEntry.objects.filter(jurisdiction=values["jurisdiction"], day=values["day"])
        return rows.select_related("jurisdiction").first()

    def write(self, instance: CalendarEntry, is_create: bool) -> None:
        values = self.values
        entered = days.enter(
            actor=self.actor, jurisdiction=values["jurisdiction"], first=values["day"], working=values["working"],
            reason=values["reason"],
        )  # fmt: skip
        instance.pk = entered[0].pk


class MembershipResource(DomainResource):
    """New roles of people who are registered. A role that is recorded must say the same; it is ended on its page."""

    jurisdiction = Field("jurisdiction__code", "jurisdiction")
    email = Field("user__email", "email")
    body = Field("body__key", "body")

    class Meta:
        model = Membership
        fields = ("jurisdiction", "email", "role", "body", "organ", "seat", "unit", "since", "until")
        import_id_fields = ("jurisdiction", "email", "role")
        skip_unchanged = True
        clean_model_instances = False

    def read(self, row: dict[str, str]) -> dict[str, Any]:
        jurisdiction, role = self.place(row), row.get("role", "")
        if role not in Role.values:
            raise ValidationError(
                {"role": _("“{role}” is no role. Roles are: {roles}.").format(role=role, roles=", ".join(Role.values))}
            )
        user = User.objects.filter(email=invitations.normal(row.get("email", ""))).first()
        if user is None:
            raise ValidationError(
                {"email": _("Nobody is registered under “{email}”.").format(email=row.get("email", ""))}
            )
        texts = {name: row.get(name, "") for name in ("organ", "seat", "unit")}
        place = {
            "jurisdiction": jurisdiction,
            "user": user,
            "role": role,
            "body": self._body(jurisdiction, row.get("body", "")),
        }
        return {**place, **texts, "since": _day(row, "since"), "until": _day(row, "until")}

    def _body(self, jurisdiction: Jurisdiction, key: str) -> Body | None:
        body = Body.objects.filter(jurisdiction=jurisdiction, key=key).first() if key else None
        if key and body is None:
            raise ValidationError(
                {"body": _("There is no body “{key}” in “{code}”.").format(key=key, code=jurisdiction.code)}
            )
        return body

    def find(self, values: dict[str, Any]) -> Membership | None:
        same = {name: value for name, value in values.items() if name not in ("since", "until")}
        rows = Membership.objects.filter(**same, rehearsal=False).select_related("jurisdiction", "user", "body")
        return rows.filter(since=values["since"]).first() if values["since"] else None

    def write(self, instance: Membership, is_create: bool) -> None:
        if not is_create:
            raise Refused("membership_not_changed_by_import")
        values = self.values
        if values["until"] and values["since"] and values["until"] <= values["since"]:
            raise Refused("role_ends_before_it_begins", field="until")
        held = roles.begin(actor=self.actor, **values)
        instance.pk, instance.since = held.pk, held.since


def _text(value: Any) -> str:
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a spreadsheet's 110101 comes as 110101.0
    return "" if value is None else str(value).strip()


def _flag(row: dict[str, str], name: str, *, default: bool | None = None) -> bool:
    text = row.get(name, "").lower()
    if text in YES or text in NO:
        return text in YES
    if default is None or text:
        raise ValidationError({name: _("Write 1 for yes or 0 for no.")})
    return default


def _day(row: dict[str, str], name: str) -> dt.date | None:
    text = row.get(name, "")
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ValidationError({name: _("“{text}” is no date. Write it as 2027-02-06.").format(text=text)}) from error
