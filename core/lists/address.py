"""The address of a list: its query string is its whole state, so that it can be kept, shared and come back to."""

from __future__ import annotations

from collections.abc import Container, Iterator

from django.http import HttpRequest, QueryDict
from django.utils.http import urlencode

SORT, COLUMN, CURSOR, EXPORT, VIEW, ALL = "sort", "col", "cursor", "export", "view", "all"
PASSING = (CURSOR, EXPORT, VIEW, ALL)


class Address:
    """The query of a request, and those of the links around it."""

    def __init__(self, request: HttpRequest) -> None:
        self.given: QueryDict = request.GET
        #: Where the list stands: a form refused at an address of its own comes back on the list's page.
        self.path = str(getattr(request, "stands_on", "") or request.path)
        self.at = "" if self.path == request.path else self.path

    @property
    def sort(self) -> str:
        """Key of the column, ``-`` before it for descending."""
        return self.given.get(SORT, "")

    @property
    def cursor(self) -> str:
        return self.given.get(CURSOR, "")

    @property
    def columns(self) -> list[str]:
        return self.given.getlist(COLUMN)

    @property
    def export(self) -> str:
        return self.given.get(EXPORT, "")

    @property
    def view(self) -> str:
        return self.given.get(VIEW, "")

    @property
    def kept(self) -> str:
        """What a saved view keeps: filters, order and columns."""
        return urlencode([pair for pair in self.pairs() if pair[1] != ""])

    def pairs(self, without: Container[str] = ()) -> Iterator[tuple[str, str]]:
        """What stands in the query, but for what passes with one page."""
        for name, values in self.given.lists():
            if name not in PASSING and name not in without:
                yield from ((name, value) for value in values)

    def to(self, **changes: str) -> str:
        """This address with some parameters changed; the first page of it."""
        pairs = [*self.pairs(without=changes), *((k, v) for k, v in changes.items() if v)]
        return f"{self.at}?{urlencode(pairs)}"

    def without(self, *names: str) -> str:
        """This address without some parameters."""
        return f"{self.at}?{urlencode(list(self.pairs(without=names)))}"

    @property
    def clear(self) -> str:
        """This address without any filter: order and columns stay."""
        return f"{self.at}?{urlencode([pair for pair in self.pairs() if pair[0] in (SORT, COLUMN)])}"
