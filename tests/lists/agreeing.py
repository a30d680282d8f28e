"""For any combination of a list's filters: the total, the saved view's count, the rows of all pages and the rows exported are one number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import django_filters as base
from django.http import QueryDict
from django.utils.http import urlencode
from django_scopes import scopes_disabled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import clock
from core.lists import List
from core.lists.export import table
from jurisdictions.lists import Views
from jurisdictions.models import Jurisdiction, SavedView

EXAMPLES = 5
#: What people also type: nothing, wildcards, more than there is, what is not text.
ODD = ["", " ", "%", "_", "没有这样的", "a\0b", "'", "0"]


def values(one: base.Filter, listing: List) -> st.SearchStrategy[str]:
    """What may be given to a filter: mostly what fits, now and then what does not."""
    if isinstance(one, base.ModelChoiceFilter):
        return st.sampled_from(["", "0", "x", *(str(pk) for pk in one.queryset.values_list("pk", flat=True)[:5])])
    if isinstance(one, base.ChoiceFilter):
        return st.sampled_from(["", "none-such", *(str(value) for value, _label in one.field.choices if value)])
    if isinstance(one, base.BooleanFilter):
        return st.sampled_from(["", "on", "false"])
    if isinstance(one, base.DateFilter):
        days = st.integers(-400, 400).map(lambda n: (clock.today() + dt.timedelta(days=n)).isoformat())
        return days | st.sampled_from(["", "2026-13-40"])
    seen = [str(cell.value) for row in listing.page.rows[:6] for cell in listing.cells(row)]
    return st.sampled_from([*ODD, *(word[:4] for text in seen for word in text.split()[:2])])


def agree(make: Callable[..., List], view: SavedView, place: Jurisdiction) -> None:
    """Proves it for one list. ``view`` is any saved view of it, which is written anew for each combination."""
    first = make()
    offered = {name: values(one, first) for name, one in first.filter_set.filters.items()}

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(
        st.fixed_dictionaries({}, optional=offered), st.sampled_from(["", *(c.key for c in first.offered if c.sort)])
    )
    def holds(chosen: dict[str, str], sort: str) -> None:
        _one_number(make, view, place, chosen | ({"sort": sort} if sort else {}))

    holds()


def _one_number(make: Callable[..., List], view: SavedView, place: Jurisdiction, query: dict[str, Any]) -> None:
    view.query = urlencode(query)
    with scopes_disabled():
        SavedView.objects.filter(pk=view.pk).update(query=view.query)
        counted = {row.pk: row.count for row in Views(make(), place).counted}[view.pk]
    listing, paged, cursor = make(**query), [], ""
    while True:
        page = make(**query, cursor=cursor)
        page.size = 7  # type: ignore[misc]
        paged += [row.pk for row in page.page.rows]
        cursor = page.page.next_cursor
        if not cursor:
            break
    _head, *lots = table(listing, listing.ordered, typed=False)
    exported = sum(len(lot) for lot in lots)
    found = (listing.total, counted, len(paged), len(set(paged)), exported)
    assert len(set(found)) == 1, f"{listing.key}?{view.query}: total, view, pages, distinct, exported: {found}"
    assert QueryDict(view.query).dict() == {k: str(v) for k, v in query.items()}
