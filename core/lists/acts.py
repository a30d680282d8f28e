"""Acts on several rows at once: chosen, shown exactly as they will be touched, confirmed; wholly or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _

from core.lists.columns import Column, in_words
from core.lists.pieces import Cell
from core.refusals import Refused

if TYPE_CHECKING:
    from core.lists.listing import List

MOST = 500
#: So many refused rows are named at a time.
ENOUGH = 20
CHOSEN, EVERY, ACT, SEAL = "bulk_row", "bulk_all", "bulk_act", "bulk_seal"
#: Go on without these rows.
FEWER, OUT = "bulk_fewer", "bulk_out"


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


@dataclass
class Preview:
    """What an act would touch: its rows with their cells, its letters, a seal over both."""

    act: Act
    listing: List
    rows: list[Any]
    form: forms.Form | None
    troubles: dict[Any, Refused] = field(default_factory=dict)

    @property
    def lines(self) -> list[tuple[Any, list[Any], Refused | None]]:
        """Each row with its cells and, after it was refused, why: those that cannot be touched first."""
        found = [(row, cells, self.troubles.get(row.pk)) for row, cells in zip(self.rows, self.cells, strict=True)]
        return sorted(found, key=lambda line: line[2] is None)

    @property
    def rest(self) -> list[Any]:
        """The rows to which nothing stands against."""
        return [row for row in self.rows if row.pk not in self.troubles]

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
    def columns(self) -> list[Column]:
        """The columns of the list, without those that only hold buttons."""
        return [column for column in self.listing.chosen if column.exported]

    @cached_property
    def cells(self) -> list[list[Any]]:
        """The cells of each row, as in the list; instead of a form its value."""
        return [[self._cell(column, row) for column in self.columns] for row in self.rows]

    def _cell(self, column: Column, row: Any) -> Cell:
        value = column.of(row)
        return Cell(column, value, in_words(value) if column.template else column.html(row, self.listing))


def chosen(listing: List, given: Any) -> list[Any]:
    """The rows that were chosen, among those that this reader sees: ticked ones, or all that the filters leave.

    Refused: ``no_row_chosen``, ``too_many_rows_chosen``, ``chosen_row_gone``.
    """
    if given.get(EVERY):
        rows = list(listing.ordered[: MOST + 1])
        wanted = len(rows)
    else:
        out = given.getlist(OUT) if given.get(FEWER) else ()
        keys = {int(pk) for pk in given.getlist(CHOSEN) if pk.isdecimal() and pk not in out}
        wanted = len(keys)
        rows = listing.picked(list(keys)[: MOST + 1]) if keys else []
    if not wanted:
        raise Refused("no_row_chosen")
    if wanted > MOST:
        raise Refused("too_many_rows_chosen", limit=MOST)
    if len(rows) != wanted:
        raise Refused("chosen_row_gone")
    listing.prepare(rows)
    return rows


def carry_out(preview: Preview, *, actor: Any, seal: str) -> None:
    """Do it to all rows or to none. Refused when what is there is not what was seen, or by the domain.

    After a refusal ``preview.troubles`` says of each row that cannot be touched by itself, why and on what ground.
    """
    if seal != preview.seal:
        raise Refused("shown_rows_changed")
    try:
        with transaction.atomic():
            _run(preview, actor, preview.rows)
    except Refused as refusal:
        if (
            preview.form is None or refusal.field not in preview.form.fields
        ):  # otherwise what was typed is at fault, not a row
            preview.troubles = _troubles(preview, actor)
        raise


class _Tried(Exception):
    """An act on one row was tried; nothing of it stays."""


def _troubles(preview: Preview, actor: Any) -> dict[Any, Refused]:
    """Which rows are refused by themselves: each is tried and undone. Ends when enough are known to go back and choose again."""
    found: dict[Any, Refused] = {}
    for row in preview.rows if len(preview.rows) > 1 else ():
        try:
            with transaction.atomic():
                _run(preview, actor, [row])
                raise _Tried
        except _Tried:
            continue
        except Refused as refusal:
            found[row.pk] = refusal
        if len(found) == ENOUGH:
            break
    return found


def _run(preview: Preview, actor: Any, rows: list[Any]) -> None:
    more = preview.form.cleaned_data if preview.form is not None else {}
    preview.act.run(actor=actor, rows=rows, listing=preview.listing, **more)


def summary(preview: Preview) -> str:
    """How many rows, in words."""
    return _("{count} rows").format(count=len(preview.rows))
