"""A list in its order, page by page, and how many rows there are of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from core import keyset
from core.lists.columns import Column
from core.lists.narrowed import Narrowed


class Paged(Narrowed):
    """A list sorted and paged by keys: the cost of a page does not grow with its number."""

    @cached_property
    def sorting(self) -> tuple[tuple[str, ...], bool]:
        """The order, and whether its first column may be empty."""
        column = self._sorted_by
        if column is None:
            return self.order, False
        sign = "-" if self.address.sort.startswith("-") else ""
        unique = self.base.model._meta.pk.name
        return (f"{sign}{column.sort}", f"{sign}{unique}"), column.nullable

    @property
    def ordered(self) -> QuerySet[Any]:
        """All rows, in order."""
        by, nullable = self.sorting
        return keyset.ordered(self.rows, by=by, nullable=nullable)

    def picked(self, keys: Sequence[int]) -> list[Any]:
        """The rows of these keys, of those that the filters leave."""
        return list(self.rows.filter(pk__in=keys).order_by("pk"))

    @cached_property
    def page(self) -> keyset.Page[Any]:
        """The page that was asked for."""
        by, nullable = self.sorting
        found = keyset.page(self.rows, by=by, cursor=self.address.cursor, size=self.size, nullable=nullable)
        self.prepare(found.rows)
        return found

    @cached_property
    def total(self) -> int:
        """How many rows there are, exactly; not asked again when one page holds them all."""
        if self.page.first and not self.page.next_cursor:
            return len(self.page.rows)
        return self.rows.order_by().count()

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last row of the page, counted from 1."""
        return self.page.before + 1, self.page.before + len(self.page.rows)

    @property
    def _sorted_by(self) -> Column | None:
        wanted = self.address.sort.removeprefix("-")
        return next((c for c in self.offered if c.sort and c.key == wanted), None) if wanted else None
