"""Filters of a list at work: the rows that they leave, the chips that say so, what a saved view counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import django_filters
from django.db.models import QuerySet

from core.lists.declared import Declared
from core.lists.filters import filter_set
from core.lists.pieces import Chip


class Narrowed(Declared):
    """A list with its filters filled in. Everything that counts, pages, exports or acts does so on ``rows``."""

    @cached_property
    def filter_set(self) -> django_filters.FilterSet:
        """The filters as filled in."""
        return self._filtered(self.request.GET)

    @property
    def form(self) -> Any:
        """The filters as a form."""
        return self.filter_set.form

    @property
    def rows(self) -> QuerySet[Any]:
        """The rows that the filters leave: the list, its count, its export and its acts are all made of these."""
        found: QuerySet[Any] = self.filter_set.qs
        return found

    def counted(self, query: Mapping[str, Any]) -> QuerySet[Any]:
        """The rows that this list would show for another query: what a saved view counts."""
        found: QuerySet[Any] = self._filtered(query).qs
        return found

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters at work."""
        self.form.is_valid()  # cleans what is valid, whatever else is wrong
        given, named = self.form.cleaned_data, self.filter_set.filters
        return [
            Chip(named[key].label, _words(named[key], value), self.address.without(key))
            for key, value in given.items()
            if value not in (None, "", False)
        ]

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.chips or self.form.errors)

    @property
    def kept(self) -> Iterable[tuple[str, str]]:
        """What the filter form carries along: all of the address that is not a filter."""
        return self.address.pairs(without=self.filter_set.filters)

    def _filtered(self, query: Any) -> django_filters.FilterSet:
        return filter_set(dict(self.get_filters()), data=query, rows=self.base, request=self.request)


def _words(named: django_filters.Filter, value: Any) -> str:
    """A filter's value as it was chosen."""
    choices = getattr(named.field, "choices", None)
    if value is True:
        return ""
    if choices is not None and not hasattr(value, "pk"):
        return str({str(key): label for key, label in choices}.get(str(value), value))
    return str(value)
