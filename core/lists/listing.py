"""A list as one reader sees it: its rows filtered, sorted and paged, its columns chosen, its cells drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from core import keyset
from core.lists.acts import CHOSEN, Act
from core.lists.address import Address
from core.lists.columns import Column
from core.lists.filters import filter_set
from core.templatetags.look import unique

SIZE = 50
POPS_UP = re.compile(r'popovertarget="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Header:
    """A column's heading: where its link sorts to ("" where it does not sort), and how it is sorted now."""

    label: Any
    url: str
    direction: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter at work, and the address of the list without it."""

    label: Any
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its value and how it looks."""

    column: Column
    value: Any
    html: Any


class List:
    """Declare by subclassing; make one per request with the rows that this reader may see.

    ``key`` names the list for saved views; ``order`` is the order without a chosen one (ORM paths, the last one unique, none null);
    ``personal`` says that an export takes personal data out of the house and is therefore recorded.
    """

    key: ClassVar[str]
    caption: ClassVar[Any]
    columns: ClassVar[Sequence[Column]] = ()
    filters: ClassVar[Mapping[str, django_filters.Filter]] = {}
    order: ClassVar[tuple[str, ...]] = ("-id",)
    size: ClassVar[int] = SIZE
    nothing_yet: ClassVar[Any] = _("There is nothing here yet.")
    export_name: ClassVar[str] = ""
    personal: ClassVar[bool] = False
    acts: ClassVar[Sequence[Act]] = ()

    def __init__(self, request: HttpRequest, rows: QuerySet[Any], **context: Any) -> None:
        self.request, self.base, self.context = request, rows, context
        self.address = Address(request)
        self.views: Any = None
        self._drawn: dict[Any, SafeString] = {}

    # What a subclass may override

    def get_columns(self) -> Sequence[Column]:
        """The columns for this reader and these rows."""
        return self.columns

    def get_filters(self) -> Mapping[str, django_filters.Filter]:
        """The filters for this reader and these rows."""
        return self.filters

    def prepare(self, rows: Sequence[Any]) -> None:
        """Fetch what the rows of one page (or one lot of an export) show besides themselves, in a constant number of queries."""

    # Rows

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
    def exports(self) -> bool:
        """Whether this reader may take the list along: personal data only by name."""
        return not self.personal or self.request.user.is_authenticated

    def counted(self, query: Mapping[str, Any]) -> QuerySet[Any]:
        """The rows that this list would show for another query: what a saved view counts."""
        found: QuerySet[Any] = self._filtered(query).qs
        return found

    # Columns

    @cached_property
    def offered(self) -> list[Column]:
        """The columns that can be chosen."""
        return list(self.get_columns())

    @cached_property
    def chosen(self) -> list[Column]:
        """The columns that are shown, in the list's own order."""
        wanted = set(self.address.columns)
        found = [column for column in self.offered if column.key in wanted]
        return found or [column for column in self.offered if column.chosen]

    @property
    def headers(self) -> Iterator[Header]:
        """Headings of the shown columns."""
        present = self._sorted_by
        for column in self.chosen:
            if not column.sort:
                yield Header(column.label, "", "", column.numeric)
                continue
            down = column is present and self.address.sort.startswith("-")
            wanted = column.key if down or column is not present else f"-{column.key}"
            direction = "" if column is not present else "descending" if down else "ascending"
            yield Header(column.label, self.address.to(sort=wanted), direction, column.numeric)

    def cells(self, row: Any) -> list[Cell]:
        """The cells of a row."""
        return [Cell(column, column.of(row), self._html(column, row)) for column in self.chosen]

    @property
    def body(self) -> Iterator[SafeString]:
        """The rows of the page as table rows. Drawn here and not in a template: there may be hundreds of cells."""
        label = [
            format_html(' class="text-end" data-label="{}"' if c.numeric else ' data-label="{}"', c.label)
            for c in self.chosen
        ]
        for row in self.page.rows:
            cells = (f"<td{text}>{self._html(c, row)}</td>" for text, c in zip(label, self.chosen, strict=True))
            yield mark_safe(f"<tr>{self._box(row)}{''.join(cells)}</tr>")  # every part is escaped above

    def component(self, name: str, **inputs: Any) -> SafeString:
        """A small component (``templates/lists/<name>.html``), drawn once for the same inputs."""
        key = (name, *(value if isinstance(value, str) else id(value) for value in inputs.values()))
        if key not in self._drawn:
            self._drawn[key] = mark_safe(get_template(f"lists/{name}.html").render(inputs).strip())
        return _with_own_ids(self._drawn[key])

    # Filters at work

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

    @cached_property
    def allowed_acts(self) -> list[Act]:
        """The acts that this reader may do here."""
        return [act for act in self.acts if act.allowed(self)]

    def _filtered(self, query: Any) -> django_filters.FilterSet:
        return filter_set(dict(self.get_filters()), data=query, rows=self.base, request=self.request)

    @property
    def _sorted_by(self) -> Column | None:
        wanted = self.address.sort.removeprefix("-")
        return next((c for c in self.offered if c.sort and c.key == wanted), None) if wanted else None

    def _html(self, column: Column, row: Any) -> Any:
        if not column.template:
            return column.html(row, self)
        inputs = {"row": row, "request": self.request, "user": self.request.user, "csrf_token": get_token(self.request)}
        return get_template(column.template).render(self.context | inputs)

    def _box(self, row: Any) -> str:
        if not self.allowed_acts:
            return ""
        return format_html(
            '<td class="list-choose"><label class="form-check m-0"><input class="form-check-input" type="checkbox" form="bulk" name="{}" value="{}">'
            '<span class="visually-hidden">{}</span></label></td>',
            CHOSEN, row.pk, self.name_of(row),
        )  # fmt: skip

    def name_of(self, row: Any) -> str:
        """What a row is called where nothing but its box is at hand."""
        return next((str(c.of(row)) for c in self.chosen if c.of(row)), str(row.pk))


def _words(named: django_filters.Filter, value: Any) -> str:
    """A filter's value as it was chosen."""
    choices = getattr(named.field, "choices", None)
    if value is True:
        return ""
    if choices is not None and not hasattr(value, "pk"):
        return str({str(key): label for key, label in choices}.get(str(value), value))
    return str(value)


def _with_own_ids(drawn: SafeString) -> SafeString:
    """The same component again: what pops up from it has an id that occurs once."""
    found = POPS_UP.search(drawn)
    return mark_safe(drawn.replace(found[1], unique("pop"))) if found else drawn
