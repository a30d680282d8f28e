"""Acts on several rows at once: chosen, shown exactly as they will be touched, confirmed; wholly or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _

from core.refusals import Refused

if TYPE_CHECKING:
    from core.lists.listing import List

MOST = 500
CHOSEN, EVERY, ACT, SEAL = "bulk_row", "bulk_all", "bulk_act", "bulk_seal"


@dataclass(frozen=True, slots=True)
class Act:
    """Something done to the chosen rows by a domain function.

    ``run(actor=, rows=, listing=, **form's data)`` does it inside one transaction. ``form`` asks for more (given the listing);
    ``letters(rows, listing)`` says which letters go out and to whom: ``[(to, about)]``.
    """

    key: str
    label: Any
    run: Callable[..., Any]
    done: Any
    lead: Any = ""
    allowed: Callable[[List], bool] = lambda _listing: True
    form: Callable[..., forms.Form] | None = None
    letters: Callable[[Sequence[Any], List], Iterable[tuple[str, str]]] | None = None
    tone: str = "primary"


@dataclass(slots=True)
class Preview:
    """What an act would touch: its rows with their cells, its letters, a seal over both."""

    act: Act
    listing: List
    rows: list[Any]
    form: forms.Form | None

    @property
    def letters(self) -> list[tuple[str, str]]:
        """``(to whom, about what)`` of every letter."""
        return list(self.act.letters(self.rows, self.listing)) if self.act.letters else []

    @property
    def seal(self) -> str:
        """Hash of what is shown; whoever confirms has seen this and nothing else."""
        shown = [
            (row.pk, [str(cell.value) for cell in cells]) for row, cells in zip(self.rows, self.cells, strict=True)
        ]
        return hashlib.sha256(repr((self.act.key, shown, self.letters)).encode()).hexdigest()

    @property
    def cells(self) -> list[Any]:
        """The cells of each row, as in the list."""
        return [self.listing.cells(row) for row in self.rows]


def chosen(listing: List, given: Any) -> list[Any]:
    """The rows that were chosen, among those that this reader sees: ticked ones, or all that the filters leave.

    Refused: ``no_row_chosen``, ``too_many_rows_chosen``, ``chosen_row_gone``.
    """
    if given.get(EVERY):
        rows = list(listing.ordered[: MOST + 1])
        wanted = len(rows)
    else:
        keys = {int(pk) for pk in given.getlist(CHOSEN) if pk.isdecimal()}
        wanted = len(keys)
        rows = list(listing.rows.filter(pk__in=list(keys)[: MOST + 1]).order_by("pk")) if keys else []
    if not wanted:
        raise Refused("no_row_chosen")
    if wanted > MOST:
        raise Refused("too_many_rows_chosen", limit=MOST)
    if len(rows) != wanted:
        raise Refused("chosen_row_gone")
    listing.prepare(rows)
    return rows


@transaction.atomic
def carry_out(preview: Preview, *, actor: Any, seal: str) -> None:
    """Do it to all rows or to none. Refused when what is there is not what was seen, or by the domain."""
    if seal != preview.seal:
        raise Refused("shown_rows_changed")
    more = preview.form.cleaned_data if preview.form is not None else {}
    preview.act.run(actor=actor, rows=preview.rows, listing=preview.listing, **more)


def summary(preview: Preview) -> str:
    """How many rows, in words."""
    return _("{count} rows").format(count=len(preview.rows))
