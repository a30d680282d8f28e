"""Keyset paging: the cost of a page does not grow with its number (no OFFSET)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy

M = TypeVar("M", bound=Model)
_SALT = "keyset"


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """One page: its rows, the cursor of the next (``""`` where there is none), how many rows stand before it."""

    rows: list[M]
    next_cursor: str
    first: bool
    before: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page begins: after a row with these values in the columns of the order."""

    before: int
    values: list[Any]


def page(
    queryset: QuerySet[M], *, by: tuple[str, ...], cursor: str = "", size: int = 50, nullable: bool = False
) -> Page[M]:
    """Rows after ``cursor`` in the order ``by`` (field names, ``-`` for descending, the last one unique).

    None of the columns is null, but with ``nullable`` the first may be: rows without a value stand last, whichever the direction,
    and a page costs up to two queries (each of them served by a plain index). A cursor that was not made here, or for another
    order, is ignored: the first page comes back.
    """
    place = _read(cursor, by)
    found = _with_nulls(queryset, by, place, size) if nullable else _rows(queryset, by, place, size)
    more, found = len(found) > size, found[:size]
    before = place.before if place else 0
    following = _write(found[-1], by, before + size) if more else ""
    return Page(found, following, place is None, before)


def ordered(queryset: QuerySet[M], *, by: tuple[str, ...], nullable: bool = False) -> QuerySet[M]:
    """All rows in the same order as the pages."""
    if not nullable:
        return queryset.order_by(*by)
    first = F(by[0].lstrip("-"))
    order: OrderBy = first.desc(nulls_last=True) if by[0].startswith("-") else first.asc(nulls_last=True)
    return queryset.order_by(order, *by[1:])


def _rows(queryset: QuerySet[M], by: tuple[str, ...], place: _Place | None, size: int) -> list[M]:
    rows = queryset.order_by(*by)
    if place is not None:
        rows = rows.filter(_beyond(by, place.values))
    return list(rows[: size + 1])


def _with_nulls(queryset: QuerySet[M], by: tuple[str, ...], place: _Place | None, size: int) -> list[M]:
    """First the rows that have a value, then those that have none."""
    name, found = by[0].lstrip("-"), []
    if place is None or place.values[0] is not None:
        found = _rows(queryset.filter(**{f"{name}__isnull": False}), by, place, size)
        place = None
    if len(found) <= size:
        rest = _Place(0, place.values[1:]) if place else None
        found += _rows(queryset.filter(**{f"{name}__isnull": True}), by[1:], rest, size - len(found))
    return found


def _write(row: Model, by: tuple[str, ...], before: int) -> str:
    return signing.dumps({"by": by, "n": before, "v": [_value(row, field) for field in by]}, salt=_SALT)


def _read(cursor: str, by: tuple[str, ...]) -> _Place | None:
    if not cursor:
        return None
    try:
        given = signing.loads(cursor, salt=_SALT)
    except signing.BadSignature:
        return None
    if not isinstance(given, dict) or given.get("by") != list(by):
        return None
    return _Place(given["n"], given["v"])


def _value(row: Model, field: str) -> Any:
    value: Any = row
    for part in field.lstrip("-").split("__"):
        value = getattr(value, part, None) if value is not None else None
    return value if value is None or isinstance(value, int) else str(value)


def _beyond(by: tuple[str, ...], values: list[Any]) -> Q:
    """Rows after these values. The first column's bound stands by itself as well, so that an index can begin there."""
    condition, equal = Q(), Q()
    for field, value in zip(by, values, strict=True):
        name = field.lstrip("-")
        beyond = Q(**{f"{name}__{'lt' if field.startswith('-') else 'gt'}": value})
        condition |= equal & beyond
        equal &= Q(**{name: value})
    if len(by) == 1:
        return condition
    bound = Q(**{f"{by[0].lstrip('-')}__{'lte' if by[0].startswith('-') else 'gte'}": values[0]})
    return bound & condition
