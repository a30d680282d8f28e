"""What a list says of itself, and what a request makes of it: its columns, filters, order, context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.lists.acts import Act
from core.lists.address import Address
from core.lists.columns import Column

SIZE = 50


class Declared:
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

    def get_columns(self) -> Sequence[Column]:
        """The columns for this reader and these rows."""
        return self.columns

    def get_filters(self) -> Mapping[str, django_filters.Filter]:
        """The filters for this reader and these rows."""
        return self.filters

    def prepare(self, rows: Sequence[Any]) -> None:
        """Fetch what the rows of one page (or one lot of an export) show besides themselves, in a constant number of queries."""

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
