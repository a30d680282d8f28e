"""Lists whose rows stand in no table: gathered for the page (what waits for the office, how teams get on), few enough for memory.

Filters, order, pages, saved views, counts and exports are the same as everywhere; only where the rows lie differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import django_filters as base
from django import forms
from django.core import signing
from django.http import HttpRequest

from core.keyset import Page
from core.lists.columns import at
from core.lists.filters import ALL, LONGEST, SEARCH
from core.lists.listing import List

Value = Callable[[Any], Any]
_SALT = "gathered"


class Heap:
    """Rows in memory, asked like those of a table. Each has a ``pk``, unique among them."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows = list(rows)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, wanted: Any) -> Any:
        return self._rows[wanted]

    def all(self) -> Heap:
        return self

    def order_by(self) -> Heap:
        return self

    def count(self) -> int:
        return len(self._rows)

    def iterator(self, chunk_size: int = 0) -> Iterator[Any]:
        return iter(self._rows)

    def where(self, keep: Callable[[Any], Any]) -> Heap:
        """Those that are kept."""
        return Heap(row for row in self._rows if keep(row))


class Pick(base.ChoiceFilter):
    """One of some values of what ``of`` says of a row."""

    def __init__(self, of: Value, choices: Any, *, label: Any, empty: Any = ALL) -> None:
        self.of = of
        super().__init__(choices=choices, label=label, empty_label=empty)

    def filter(self, rows: Any, value: Any) -> Any:
        """Rows with that value."""
        return rows if value in (None, "") else rows.where(lambda row: str(self.of(row)) == str(value))


class Case(base.ChoiceFilter):
    """One of some conditions; a row may meet several of them."""

    def __init__(self, cases: Mapping[str, tuple[Any, Value]], *, label: Any, empty: Any = ALL) -> None:
        self.cases = cases
        super().__init__(
            choices=[(key, words) for key, (words, _meets) in cases.items()], label=label, empty_label=empty
        )

    def filter(self, rows: Any, value: Any) -> Any:
        """Rows that meet it."""
        return rows.where(self.cases[value][1]) if value in self.cases else rows


class Words(base.CharFilter):
    """Words that what ``of`` says of a row contains; every word must be found."""

    def __init__(self, of: Value, *, label: Any = SEARCH) -> None:
        self.of = of
        super().__init__(label=label, max_length=LONGEST, widget=forms.TextInput(attrs={"type": "search"}))

    def filter(self, rows: Any, value: Any) -> Any:
        """Rows with all the words."""
        words = (value or "").replace("\0", "").casefold().split()
        return rows.where(lambda row: all(word in str(self.of(row)).casefold() for word in words)) if words else rows


class Mark(base.BooleanFilter):
    """A box: ticked, only rows of which ``of`` holds."""

    def __init__(self, of: Value, *, label: Any) -> None:
        self.of = of
        super().__init__(label=label, widget=forms.CheckboxInput)

    def filter(self, rows: Any, value: Any) -> Any:
        """Rows of which it holds, when ticked."""
        return rows.where(self.of) if value else rows


class Sieve:
    """Filters over a heap: what django-filter's set is over a table."""

    def __init__(self, filters: Mapping[str, base.Filter], data: Any, rows: Heap) -> None:
        self.filters, self._rows = dict(filters), rows
        self.form = type("SieveForm", (forms.Form,), {name: one.field for name, one in self.filters.items()})(data)

    @cached_property
    def qs(self) -> Heap:
        """What the filters leave; a value that is none of a filter's filters nothing."""
        self.form.is_valid()
        left = self._rows
        for name, value in self.form.cleaned_data.items():
            left = self.filters[name].filter(left, value)
        return left


class Gathered(List):
    """Declare by subclassing, with filters of this module. Rows come in their order; ``Column.sort`` is a row's (dotted) attribute."""

    def __init__(self, request: HttpRequest, rows: Iterable[Any], **context: Any) -> None:
        super().__init__(request, rows if isinstance(rows, Heap) else Heap(rows), **context)

    def picked(self, keys: Sequence[int]) -> list[Any]:
        """The rows of these keys, of those that the filters leave."""
        return [row for row in self.rows if row.pk in set(keys)]

    @property
    def ordered(self) -> Any:
        """All rows, in order; those without a value stand last, whichever the direction."""
        column = self._sorted_by
        if column is None:
            return self.rows
        path, down = column.sort, self.address.sort.startswith("-")
        known = [row for row in self.rows if at(row, path) is not None]
        rest = [row for row in self.rows if at(row, path) is None]
        return Heap([*sorted(known, key=lambda row: at(row, path), reverse=down), *rest])

    @cached_property
    def page(self) -> Page[Any]:
        """The page that was asked for."""
        start, rows = self._start(), self.ordered
        found = rows[start : start + self.size]
        following = start + self.size
        cursor = signing.dumps([self.address.sort, following], salt=_SALT) if following < len(rows) else ""
        self.prepare(found)
        return Page(found, cursor, start == 0, start)

    @cached_property
    def total(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def _start(self) -> int:
        try:
            sort, start = signing.loads(self.address.cursor, salt=_SALT)
        except (signing.BadSignature, TypeError, ValueError):
            return 0
        return int(start) if sort == self.address.sort else 0

    def _filtered(self, query: Any) -> Any:
        return Sieve(self.get_filters(), query, self.base)  # type: ignore[arg-type]  # a heap, see __init__
