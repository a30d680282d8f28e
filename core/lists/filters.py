"""Filters of lists: django-filter's, with our labels and the few that every list needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import django_filters as base
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

Rows = QuerySet[Any]
LONGEST = 100
ALL, SEARCH = _("All"), _("Search")


class Search(base.CharFilter):
    """Words that any of these fields contains; every word must be found. ``also``: what else a word may mean."""

    def __init__(
        self, *fields: str, label: Any = SEARCH, exact: Iterable[str] = (), also: Callable[[str], Q] | None = None
    ) -> None:
        self.fields, self.exact, self.also = fields, tuple(exact), also
        super().__init__(label=label, max_length=LONGEST, widget=forms.TextInput(attrs={"type": "search"}))

    def filter(self, qs: Rows, value: str | None) -> Rows:
        """Rows with all the words."""
        for word in (value or "").replace("\0", "").split():
            found = self.also(word) if self.also else Q()
            for field in self.fields:
                found |= Q(**{f"{field}__icontains": word})
            for field in self.exact:
                found |= Q(**{f"{field}__iexact": word})
            qs = qs.filter(found)
        return qs


class Choice(base.ChoiceFilter):
    """One of some values of a field, or a condition for each."""

    def __init__(
        self, field: str = "", choices: Any = (), *, label: Any, where: Callable[[str], Q] | None = None,
        empty: Any = ALL, default: Q | None = None,
    ) -> None:  # fmt: skip
        self.where, self.default = where, default
        super().__init__(field_name=field or None, choices=choices, label=label, empty_label=empty)

    def filter(self, qs: Rows, value: Any) -> Rows:
        """Rows with that value; without one, the default rows."""
        if value in (None, ""):
            return qs.filter(self.default) if self.default is not None else qs
        return qs.filter(self.where(value)) if self.where else qs.filter(**{str(self.field_name): value})


class One(base.ModelChoiceFilter):
    """One of some rows of another table."""

    def __init__(self, field: str, queryset: Any, *, label: Any, empty: Any = ALL) -> None:
        super().__init__(field_name=field, queryset=queryset, label=label, empty_label=empty)


class Flag(base.BooleanFilter):
    """A box: ticked, only rows for which the condition holds."""

    def __init__(self, where: Q, *, label: Any) -> None:
        self.where = where
        super().__init__(label=label, widget=forms.CheckboxInput)

    def filter(self, qs: Rows, value: Any) -> Rows:
        """Rows for which it holds, when ticked."""
        return qs.filter(self.where) if value else qs


class Days(base.DateFilter):
    """A day from which (``gte``) or until which (``lte``) something lies; for moments ``date__gte``."""

    def __init__(self, field: str, lookup: str, *, label: Any) -> None:
        super().__init__(field_name=field, lookup_expr=lookup, label=label, widget=forms.DateInput)


def filter_set(filters: dict[str, base.Filter], *, data: Any, rows: Rows, request: Any) -> base.FilterSet:
    """The set of a list's filters over its rows. A value that is none of the filter's is shown as an error and filters nothing."""
    made: base.FilterSet = type("Filters", (base.FilterSet,), dict(filters))(data, queryset=rows, request=request)
    return made
