"""Keeping views of lists. One's own are one's own business; what is shared with the office is on record."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.http import QueryDict
from django_scopes import scopes_disabled

from accounts.models import User
from audit import log
from core import clock
from core.access import require
from core.lists.address import PASSING
from core.refusals import Refused
from jurisdictions.models import Jurisdiction, SavedView
from jurisdictions.rules import holds

MOST = 30
LONGEST = 2000
shares = holds("office", "office_head")


@transaction.atomic
def save(
    *, actor: User, list_key: str, name: str, query: str, jurisdiction: Jurisdiction | None = None, shared: bool = False
) -> SavedView:
    """Keep a view under a name; the same name again replaces it. Refused: no name, too long, too many, sharing by a stranger."""
    name, kept = name.strip(), _cleaned(query)
    if not name or len(name) > 60:
        raise Refused("view_name_missing", field="name")
    if shared:
        _require_sharing(actor, jurisdiction)
    mine = _mine(actor, list_key, jurisdiction)
    User.objects.select_for_update().get(pk=actor.pk)  # so that two at once do not both pass the limit
    view = mine.filter(name=name).first() or SavedView(
        person=actor, list_key=list_key, jurisdiction=jurisdiction, name=name
    )
    if view.pk is None and mine.count() >= MOST:
        raise Refused("too_many_views", limit=MOST)
    was_shared, view.query, view.shared, view.saved_at = view.shared, kept, shared, clock.now()
    view.save()
    if shared or was_shared:
        _record("list_view.shared" if shared else "list_view.withdrawn", view, actor)
    return view


@transaction.atomic
def rename(*, actor: User, view: SavedView, name: str) -> SavedView:
    """Another name for one's own view. Refused when it is taken or missing."""
    view, name = _own(actor, view), name.strip()
    if not name or len(name) > 60:
        raise Refused("view_name_missing", field="name")
    if _mine(actor, view.list_key, view.jurisdiction).filter(name=name).exclude(pk=view.pk).exists():
        raise Refused("view_name_taken", name=name, field="name")
    view.name = name
    view.save(update_fields=["name"])
    if view.shared:
        _record("list_view.shared", view, actor)
    return view


@transaction.atomic
def delete(*, actor: User, view: SavedView) -> None:
    """One's own view is no longer kept."""
    view = _own(actor, view)
    reference = log.name_of(view)
    view.delete()
    if view.shared:
        _record("list_view.withdrawn", view, actor, reference)


@transaction.atomic
def open_first(*, actor: User, view: SavedView, wanted: bool = True) -> SavedView:
    """The list opens with this view (or no longer does)."""
    view = _own(actor, view)
    _mine(actor, view.list_key, view.jurisdiction).filter(is_default=True).update(is_default=False)
    view.is_default = wanted
    view.save(update_fields=["is_default"])
    return view


def seen_by(person: User, list_key: str, jurisdiction: Jurisdiction | None) -> list[SavedView]:
    """One's own views of a list, and those that the office shares where one is of the office. One query."""
    wanted = Q(person=person)
    if jurisdiction is not None and shares(person, jurisdiction):
        wanted |= Q(shared=True)
    with scopes_disabled():
        rows = SavedView.objects.filter(wanted, list_key=list_key, jurisdiction=jurisdiction)
        return list(rows.order_by("name", "pk")[: 2 * MOST])


def _mine(actor: User, list_key: str, jurisdiction: Jurisdiction | None):  # type: ignore[no-untyped-def]
    with scopes_disabled():
        return SavedView.objects.filter(person=actor, list_key=list_key, jurisdiction=jurisdiction)


def _own(actor: User, view: SavedView) -> SavedView:
    with scopes_disabled():
        found = SavedView.objects.select_for_update(of=("self",)).select_related("jurisdiction")
        mine: SavedView | None = found.filter(pk=view.pk, person=actor).first()
    if mine is None:
        raise Refused("view_not_yours")
    return mine


def _require_sharing(actor: User, jurisdiction: Jurisdiction | None) -> None:
    if jurisdiction is None:
        raise Refused("view_not_shareable", field="shared")
    require(shares, actor, jurisdiction, code="view_not_shareable")


def _cleaned(query: str) -> str:
    if len(query) > LONGEST:
        raise Refused("view_too_long", limit=LONGEST)
    given = QueryDict(query.removeprefix("?"), mutable=True)
    for name in PASSING:
        given.pop(name, None)
    return given.urlencode()


def _record(act: str, view: SavedView, actor: User, reference: str = "") -> None:
    assert view.jurisdiction is not None
    log.record(
        act, scope=view.jurisdiction.code, actor=actor, subject=reference or view, facts={"list": view.list_key},
        personal={"name": view.name, "query": view.query},
    )  # fmt: skip
