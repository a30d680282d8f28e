"""Keyset paging: the cost of a page does not grow with its number (no OFFSET, no COUNT)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
_SALT = "keyset"


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """One page: its rows and the cursors of its neighbours (``""`` where there is none)."""

    rows: list[M]
    next_cursor: str
    first: bool


def page(queryset: QuerySet[M], *, by: tuple[str, ...], cursor: str = "", size: int = 50) -> Page[M]:
    """Rows after ``cursor`` in the order ``by`` (field names, ``-`` for descending, the last one unique, none null).

    A cursor that was not made here is ignored: the first page comes back.
    """
    rows = queryset.order_by(*by)
    after = _read(cursor, len(by))
    if after is not None:
        rows = rows.filter(_beyond(by, after))
    found = list(rows[: size + 1])
    more = len(found) > size
    found = found[:size]
    following = signing.dumps([_value(found[-1], f) for f in by], salt=_SALT) if more else ""
    return Page(found, following, after is None)


def _read(cursor: str, width: int) -> list[Any] | None:
    if not cursor:
        return None
    try:
        values = signing.loads(cursor, salt=_SALT)
    except signing.BadSignature:
        return None
    return values if isinstance(values, list) and len(values) == width else None


def _value(row: Model, field: str) -> Any:
    value: Any = row
    for part in field.lstrip("-").split("__"):
        value = getattr(value, part)
    return value if isinstance(value, int) else str(value)


def _beyond(by: tuple[str, ...], values: list[Any]) -> Q:
    condition, equal = Q(), Q()
    for field, value in zip(by, values, strict=True):
        name = field.lstrip("-")
        beyond = Q(**{f"{name}__{'lt' if field.startswith('-') else 'gt'}": value})
        condition |= equal & beyond
        equal &= Q(**{name: value})
    return condition
