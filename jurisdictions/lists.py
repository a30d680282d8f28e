"""A list page in the house: its default view, saved views with their counts, export, acts on many rows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Count, IntegerField, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django_scopes import get_scope, scope, scopes_disabled

from audit import log
from core.lists import acts, export
from core.lists.address import VIEW
from core.lists.gathered import Gathered
from core.lists.listing import List
from core.refusals import Refused
from jurisdictions.domain import saved_views
from jurisdictions.models import Jurisdiction, SavedView


def serve(
    request: HttpRequest,
    listing: List,
    template: str,
    context: dict[str, Any] | Callable[[], dict[str, Any]] | None = None,
    *,
    status: int = 200,
) -> HttpResponseBase:
    """The answer of a list page: the list (as ``list`` in the template), its export, or an act's preview.

    ``context`` is what else stands on the page; a function where that costs something, since an export does not show it.
    """
    if request.method == "POST" and acts.ACT in request.POST:
        return _act(request, listing, _made(context))
    if listing.address.export in export.FORMATS:
        return take(request, listing, listing.address.export)
    listing.views = Views(listing, here(request)) if request.user.is_authenticated else None
    if listing.views and request.method == "GET" and not request.GET and (first := listing.views.default):
        return redirect(f"{request.path}{first.url}")
    return render(request, template, _made(context) | {"list": listing}, status=status)


def _made(context: dict[str, Any] | Callable[[], dict[str, Any]] | None) -> dict[str, Any]:
    return context() if callable(context) else context or {}


def here(request: HttpRequest) -> Jurisdiction | None:
    """The jurisdiction of the address; None on pages across jurisdictions."""
    return getattr(request, "jurisdiction", None)


class Views:
    """The saved views that a reader may use of a list."""

    def __init__(self, listing: List, jurisdiction: Jurisdiction | None) -> None:
        self.listing, self.jurisdiction = listing, jurisdiction
        person: Any = listing.request.user
        self.person = person
        self.rows = saved_views.seen_by(person, listing.key, jurisdiction)
        for row in self.rows:
            row.url = f"?{row.query}{'&' if row.query else ''}{VIEW}={row.pk}"  # type: ignore[attr-defined]
            row.is_mine = row.person_id == person.pk  # type: ignore[attr-defined]
            row.is_open = listing.address.view == str(row.pk)  # type: ignore[attr-defined]

    @property
    def default(self) -> Any:
        """The view that the list opens with."""
        return next((row for row in self.rows if row.is_default and row.person_id == self.person.pk), None)

    @property
    def may_share(self) -> bool:
        return self.jurisdiction is not None and bool(saved_views.shares(self.person, self.jurisdiction))

    @property
    def counted(self) -> list[Any]:
        """The views, each with ``count``: exactly the rows that it opens with. One query for all."""
        counts = (_in_memory if isinstance(self.listing, Gathered) else _in_table)(self.listing, self.rows)
        for row in self.rows:
            row.count = counts.get(row.pk, 0)  # type: ignore[attr-defined]
        return list(self.rows)


def _in_memory(listing: List, views: list[SavedView]) -> dict[int, int]:
    return {view.pk: listing.counted(QueryDict(view.query)).count() for view in views}


def _in_table(listing: List, views: list[SavedView]) -> dict[int, int]:
    if not views:
        return {}
    with scopes_disabled():
        found = SavedView.objects.filter(pk__in=[view.pk for view in views]).order_by()
        return dict(found.annotate(count=_counts(listing, views)).values_list("pk", "count"))


def _counts(listing: List, views: list[SavedView]) -> Case:
    def count(view: SavedView) -> Coalesce:
        rows = listing.counted(QueryDict(view.query)).order_by().annotate(every=Value(1)).values("every")
        return Coalesce(Subquery(rows.annotate(n=Count("pk", distinct=True)).values("n")), 0)

    return Case(*(When(pk=view.pk, then=count(view)) for view in views), default=0, output_field=IntegerField())


def take(request: HttpRequest, listing: List, form: str) -> HttpResponseBase:
    """The whole list as a file; on record where it holds personal data."""
    if listing.personal:
        if not request.user.is_authenticated:
            raise PermissionDenied
        _record(request, listing, form)
    return export.respond(listing, form, inside=_same_scope())


@transaction.atomic
def _record(request: HttpRequest, listing: List, form: str) -> None:
    """Personal data leaves the house: who took what. The query may name people, so it stands behind the commitment."""
    place, round_ = here(request), listing.context.get("round")
    log.record(
        "list.exported", scope=place.code if place else log.SITE, actor=request.user, subject=f"list:{listing.key}",
        round_id=getattr(round_, "pk", ""), facts={"format": form, "rows": listing.rows.order_by().count(), "path": request.path},
        personal={"query": listing.address.kept} if listing.address.kept else None,
    )  # fmt: skip


def _same_scope() -> Callable[[], AbstractContextManager[Any]]:
    """The tenant's scope of now, to be entered again while an answer is streamed."""
    present = {name: value for name, value in get_scope().items() if name != "_enabled"}
    return (lambda: scope(**present)) if get_scope().get("_enabled", True) else scopes_disabled


def _act(request: HttpRequest, listing: List, context: dict[str, Any]) -> HttpResponseBase:
    """Preview of an act, or (confirmed) the act itself."""
    act = next((one for one in listing.allowed_acts if one.key == request.POST.get(acts.ACT)), None)
    if act is None:
        raise PermissionDenied
    back = f"{request.path}{listing.address.to()}"
    try:
        rows = acts.chosen(listing, request.POST)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    seal, fewer = request.POST.get(acts.SEAL, ""), acts.FEWER in request.POST
    form = act.form(request.POST if seal else None, listing=listing) if act.form else None
    preview = acts.Preview(act, listing, rows, form)
    if seal and not fewer and (form is None or form.is_valid()) and _done(request, preview, seal):
        messages.success(request, str(act.done))
        return redirect(back)
    shown = context | {"list": listing, "preview": preview, "back": back}
    return render(request, "lists/preview.html", shown, status=422 if seal and not fewer else 200)


def _done(request: HttpRequest, preview: acts.Preview, seal: str) -> bool:
    try:
        acts.carry_out(preview, actor=request.user, seal=seal)
    except Refused as refusal:
        if preview.form is not None and refusal.field in preview.form.fields:
            preview.form.add_error(refusal.field, str(refusal))
        elif not preview.troubles:  # each row says its own
            messages.error(request, str(refusal))
        return False
    return True
