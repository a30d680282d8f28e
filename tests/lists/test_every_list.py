"""What holds of every declared list: constant queries, keyset pages without a gap, counts and exports that agree with the list."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django_filters import ChoiceFilter
from django_scopes import scope, scopes_disabled

from config.settings.apps import HOUSE
from core.lists import List
from core.lists.export import table
from jurisdictions.domain import saved_views
from jurisdictions.lists import Views
from tests.lists.agreeing import agree
from tests.lists.samples import Sample, fill, samples
from tests.worlds import World, build

#: Lists of which this rehearsal has no row: its policy consults nobody.
MAY_BE_EMPTY = {"applications.questions"}


def declared() -> dict[str, type[List]]:
    """Every list of the house, by key."""
    for app in HOUSE:
        for module in ("lists", "tables"):
            try:
                importlib.import_module(f"{app}.{module}")
            except ModuleNotFoundError as missing:
                if missing.name != f"{app}.{module}":
                    raise
    return {kind.key: kind for kind in _under(List) if _is_declared(kind)}


def _is_declared(kind: type[List]) -> bool:
    """Of an app; core has only what lists are made from, and samples for the page of components."""
    app = kind.__module__.split(".")[0]
    return app in HOUSE and app != "core"


def _under(kind: type[List]) -> Iterator[type[List]]:
    for one in kind.__subclasses__():
        yield one
        yield from _under(one)


class Reader:
    """Makes a list as its page would, for a query."""

    def __init__(self, world: World, kind: type[List], sample: Sample) -> None:
        self.world, self.kind, (self.rows, self.context) = world, kind, sample

    def __call__(self, **query: Any) -> List:
        request = RequestFactory().get("/list/", query)
        request.user, request.jurisdiction = self.world.cast.office, self.world.jurisdiction  # type: ignore[attr-defined]
        return self.kind(request, self.rows.all(), **self.context)

    def walk(self, size: int = 3, **query: Any) -> tuple[list[Any], list[list[str]]]:
        """The rows and cells of all pages, one page after the other."""
        rows: list[Any] = []
        cells: list[list[str]] = []
        cursor = ""
        while True:
            listing = self(**query, cursor=cursor)
            listing.size = size  # type: ignore[misc]
            assert listing.page.before == len(rows)
            rows += listing.page.rows
            cells += [[str(cell.html) for cell in listing.cells(row)] for row in listing.page.rows]
            cursor = listing.page.next_cursor
            if not cursor:
                return rows, cells


@pytest.fixture
def finished(db: None) -> Iterator[World]:
    """A rehearsal played to its end."""
    world = build("wenling-2023", year=2025, applications=6)
    with scope(jurisdiction=world.jurisdiction):
        world.finish()
        fill(world)
        yield world


def test_every_list_of_the_house(finished: World) -> None:
    """One world for all of it: playing a round is what takes time."""
    kinds, given = declared(), samples(finished)
    assert set(kinds) == set(given), "each declared list has its sample in tests/lists/samples.py"
    for key, kind in sorted(kinds.items()):
        reader = Reader(finished, kind, given[key]())
        rows = reader.rows.count()
        assert rows > 1 or key in MAY_BE_EMPTY, key
        _costs_the_same(reader, key)
        _pages_every_row_once(reader, key)
        _counts_agree(reader, key)
        _exports_what_it_shows(reader, key)
        _any_filters_agree(reader, key)


def _costs_the_same(reader: Reader, key: str) -> None:
    def queries(size: int) -> int:
        listing = reader()
        listing.size = size  # type: ignore[misc]
        with CaptureQueriesContext(connection) as asked:
            list(listing.body), list(listing.headers), listing.chips, listing.page
        return len(asked)

    assert queries(1) == queries(30), f"{key}: queries grow with rows"


def _pages_every_row_once(reader: Reader, key: str) -> None:
    base = reader()
    for column in base.offered:
        for sort in (column.key, f"-{column.key}") if column.sort else ():
            rows, _cells = reader.walk(sort=sort)
            wanted = [row.pk for row in reader(sort=sort).ordered]
            assert [row.pk for row in rows] == wanted, f"{key}: {sort}"
            assert len(set(wanted)) == len(wanted), f"{key}: {sort}"
    rows, _cells = reader.walk()
    assert [row.pk for row in rows] == [row.pk for row in base.ordered], key


def _counts_agree(reader: Reader, key: str) -> None:
    """Total, pages, saved views: for each value of each choice, and for all of them saved at once."""
    base, saved = reader(), {}
    for name, one in base.filter_set.filters.items():
        for value, _label in one.field.choices if isinstance(one, ChoiceFilter) else ():
            rows, _cells = reader.walk(**{name: value})
            listing = reader(**{name: value})
            assert listing.total == len(rows), f"{key}: {name}={value}"
            view = saved_views.save(
                actor=reader.world.cast.office, list_key=key, name=f"{name}={value}"[:60], query=f"{name}={value}",
                jurisdiction=reader.world.jurisdiction,
            )  # fmt: skip
            saved[view.pk] = len(rows)
            if len(saved) > 20:
                break
    with scopes_disabled():
        counted = {view.pk: view.count for view in Views(base, reader.world.jurisdiction).counted}
    assert counted == saved, key


def _exports_what_it_shows(reader: Reader, key: str) -> None:
    listing = reader()
    with CaptureQueriesContext(connection) as asked:
        head, *lots = table(listing, listing.ordered, typed=False)
    assert len(asked) <= 5, f"{key}: {len(asked)} queries"
    lines = [line for lot in lots for line in lot]
    shown, _cells = reader.walk()
    columns = [column for column in listing.chosen if column.exported]
    assert head == [[str(column.label) for column in columns]]
    assert len(lines) == len(shown) == listing.rows.count(), key


def _any_filters_agree(reader: Reader, key: str) -> None:
    place, by = reader.world.jurisdiction, reader.world.cast.office
    view = saved_views.save(actor=by, list_key=key, name="*", query="", jurisdiction=place)
    agree(reader, view, place)
