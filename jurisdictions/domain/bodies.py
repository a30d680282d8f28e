"""Bodies of a jurisdiction: added, changed, taken out of service; never deleted, since roles and opinions point to them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django_scopes import scope

from accounts.models import User
from audit import log
from core import clock
from core.access import require
from core.refusals import Refused
from jurisdictions.models import Body, Jurisdiction, Membership
from jurisdictions.rules import administers

KEY = re.compile(r"[a-z][a-z0-9-]{0,49}")
PREFIX = re.compile(r"[0-9]{2,12}")


@transaction.atomic
def add(
    *, actor: User, jurisdiction: Jurisdiction, key: str, kind: str, name_zh: str, name_en: str = "",
    territory: Iterable[str] = (), sectors: Iterable[str] = (),
) -> Body:  # fmt: skip
    """A new body; its key never changes.

    Refused: not_yours_to_do, body_key_wrong, body_key_taken, body_kind_wrong, body_name_missing, territory_wrong.
    """
    require(administers, actor, jurisdiction)
    if not KEY.fullmatch(key):
        raise Refused("body_key_wrong", field="key", key=key)
    values = _checked(kind=kind, name_zh=name_zh, name_en=name_en, territory=territory, sectors=sectors)
    with scope(jurisdiction=jurisdiction):
        Jurisdiction.objects.select_for_update(no_key=True).get(pk=jurisdiction.pk)
        if Body.objects.filter(key=key).exists():
            raise Refused("body_key_taken", field="key", key=key)
        body: Body = Body.objects.create(jurisdiction=jurisdiction, key=key, **values)
        log.record("body.added", scope=jurisdiction.code, actor=actor, subject=body, facts={"key": key, **values})
    return body


@transaction.atomic
def change(
    *, actor: User, body: Body, kind: str, name_zh: str, name_en: str = "", territory: Iterable[str] = (),
    sectors: Iterable[str] = (),
) -> Body:  # fmt: skip
    """New particulars. The log keeps what they were. Refused: as for :func:`add`."""
    require(administers, actor, body.jurisdiction)
    values = _checked(kind=kind, name_zh=name_zh, name_en=name_en, territory=territory, sectors=sectors)
    with scope(jurisdiction=body.jurisdiction):
        row: Body = Body.objects.select_for_update(of=("self",)).select_related("jurisdiction").get(pk=body.pk)
        was = {name: getattr(row, name) for name in values if getattr(row, name) != values[name]}
        if not was:
            return row
        for name in was:
            setattr(row, name, values[name])
        row.save(update_fields=list(was))
        facts = {"key": row.key, "was": was, "is": {name: values[name] for name in was}}
        log.record("body.changed", scope=row.jurisdiction.code, actor=actor, subject=row, facts=facts)
    return row


@transaction.atomic
def set_active(*, actor: User, body: Body, active: bool) -> Body:
    """Takes a body out of service, or back. Refused: not_yours_to_do, body_still_acted_for (roles first)."""
    require(administers, actor, body.jurisdiction)
    with scope(jurisdiction=body.jurisdiction):
        row: Body = Body.objects.select_for_update(of=("self",)).select_related("jurisdiction").get(pk=body.pk)
        if row.active == active:
            return row
        open_ended = Q(until=None) | Q(until__gt=clock.today())
        held = Membership.objects.filter(open_ended, body=row, rehearsal=False).count()
        if held and not active:
            raise Refused("body_still_acted_for", count=held, body=row.name)
        row.active = active
        row.save(update_fields=["active"])
        act = "body.activated" if active else "body.deactivated"
        log.record(act, scope=row.jurisdiction.code, actor=actor, subject=row, facts={"key": row.key})
    return row


def _checked(**values: Any) -> dict[str, Any]:
    if values["kind"] not in Body.Kind.values:
        raise Refused("body_kind_wrong", field="kind", kind=values["kind"], kinds=", ".join(Body.Kind.values))
    if not values["name_zh"].strip():
        raise Refused("body_name_missing", field="name_zh")
    territory = _words(values["territory"])
    for prefix in territory:
        if not PREFIX.fullmatch(prefix):
            raise Refused("territory_wrong", field="territory", prefix=prefix)
    return {
        "kind": str(values["kind"]),
        "name_zh": values["name_zh"].strip(),
        "name_en": values["name_en"].strip(),
        "territory": territory,
        "sectors": _words(values["sectors"]),
    }


def _words(values: Iterable[str]) -> list[str]:
    """Trimmed, each once, in the order given."""
    return list(dict.fromkeys(word for value in values if (word := str(value).strip())))
