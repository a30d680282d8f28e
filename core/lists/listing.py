"""A list as one reader sees it: its headings, its cells drawn, the acts that may be done to its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.lists.acts import CHOSEN, Act
from core.lists.columns import Column
from core.lists.paged import Paged
from core.lists.pieces import Cell, Header
from core.templatetags.look import unique

#: A primary key that no row has.
_MARK = 10**18 + 7
POPS_UP = re.compile(r'popovertarget="([^"]+)"')


class List(Paged):
    """A declared list, ready for its page: what apps subclass."""

    def __init__(self, *args: Any, **context: Any) -> None:
        super().__init__(*args, **context)
        self._drawn: dict[Any, SafeString] = {}
        self._ways: dict[tuple[Any, ...], tuple[str, str]] = {}

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

    @property
    def orders(self) -> list[tuple[str, str]]:
        """The orders that can be chosen where no heading is seen, as on a phone: what the address says, and in words."""
        ways = (("", _("{column}, ascending")), ("-", _("{column}, descending")))
        sortable = [column for column in self.offered if column.sort]
        return [(f"{sign}{c.key}", words.format(column=c.label)) for c in sortable for sign, words in ways]

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

    def way_to(self, name: str, *arguments: Any) -> str:
        """``reverse`` of an address that ends, row by row, in another primary key: worked out once for all rows."""
        *rest, pk = arguments
        key = (name, *rest)
        if key not in self._ways:
            before, _mark, after = reverse(name, args=[*rest, _MARK]).rpartition(str(_MARK))
            self._ways[key] = before, after
        before, after = self._ways[key]
        return f"{before}{pk}{after}"

    @property
    def exports(self) -> bool:
        """Whether this reader may take the list along: personal data only by name."""
        return not self.personal or self.request.user.is_authenticated

    @cached_property
    def allowed_acts(self) -> list[Act]:
        """The acts that this reader may do here."""
        return [act for act in self.acts if act.allowed(self)]

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


def _with_own_ids(drawn: SafeString) -> SafeString:
    """The same component again: what pops up from it has an id that occurs once."""
    found = POPS_UP.search(drawn)
    return mark_safe(drawn.replace(found[1], unique("pop"))) if found else drawn
