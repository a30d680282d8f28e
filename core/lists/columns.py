"""Columns: what a row says, how it looks, whether it sorts, what leaves the house in an export."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import formats

if TYPE_CHECKING:
    from core.lists.listing import List

NOTHING = "—"
Value = Callable[[Any], Any]
Shown = Callable[[Any, "List"], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    ``value`` (a dotted path, by default ``key``; or a function of the row) is what is exported and, unless ``show`` draws it, seen.
    ``sort`` is the ORM path of an indexed column; ``nullable`` says that it may be empty. ``template`` draws what needs a form;
    ``link`` gives an address (or ""). A column that is not ``chosen`` is shown to whoever asks for it; one not ``exported`` stays here.
    """

    key: str
    label: Any
    value: str | Value = ""
    sort: str = ""
    nullable: bool = False
    show: Shown | None = None
    template: str = ""
    link: Shown | None = None
    chosen: bool = True
    exported: bool = True
    numeric: bool = False

    def of(self, row: Any) -> Any:
        """The value of a row, as it is exported."""
        return self.value(row) if callable(self.value) else at(row, self.value or self.key)

    def html(self, row: Any, listing: List) -> Any:
        """What is seen in a row's cell, safe to print."""
        shown = self.show(row, listing) if self.show else _seen(self.of(row))
        url = self.link(row, listing) if self.link else ""
        if not url:
            return conditional_escape(shown)
        return format_html('<a href="{}">{}</a>', url, _("Look at it") if shown == NOTHING else shown)


def status(key: str, label: Any, *, state: str = "", words: Value | None = None, sort: str = "", **more: Any) -> Column:
    """A status in words, never colour alone. ``state`` is the field; ``words`` gives its label (by default Django's)."""
    field = state or key

    def named(row: Any) -> Any:
        if words is not None:
            return words(row)
        owner, name = _owner(row, field)
        if isinstance(owner, Model):
            return _label(type(owner), name, getattr(owner, name), get_language())
        return getattr(owner, f"get_{name}_display")()

    def show(row: Any, listing: List) -> Any:
        return listing.component("status", status=at(row, field), label=str(named(row)))

    return Column(key, label, named, sort=sort, show=show, **more)


@functools.lru_cache(maxsize=1024)
def _label(model: type[Model], field: str, value: Any, _language: str | None) -> str:
    """What Django's ``get_…_display`` says, found out once for a value and a language instead of in each row."""
    return str(getattr(model(**{field: value}), f"get_{field}_display")())


def article(key: str = "article", label: Any = "", *, value: str | Value = "", **more: Any) -> Column:
    """An article's number, with the policy's summary where the list knows the rules."""
    base = Column(key, label, value, **more)

    def show(row: Any, listing: List) -> Any:
        number = base.of(row)
        return (
            listing.component("article", number=number, rules=listing.context.get("rules", "")) if number else NOTHING
        )

    return Column(key, label, value, show=show, **more)


def moment(key: str, label: Any, *, value: str | Value = "", **more: Any) -> Column:
    """A point in time; sorts by its own field."""
    return Column(key, label, value, **({"sort": key} | more))


def money(key: str, label: Any, *, value: str | Value = "", **more: Any) -> Column:
    """Yuan with thousands separated; exported as a number."""
    base = Column(key, label, value)

    def show(row: Any, _listing: List) -> str:
        amount = base.of(row)
        return NOTHING if amount in (None, "") else formats.money(amount)

    return Column(key, label, value, show=show, numeric=True, **more)


def prose(key: str, label: Any, *, value: str | Value = "", **more: Any) -> Column:
    """What somebody wrote once: in the language it was written in, and marked so."""
    base = Column(key, label, value)

    def show(row: Any, _listing: List) -> Any:
        text = base.of(row)
        return formats.written(str(text)) if text else NOTHING

    return Column(key, label, value, show=show, **more)


def yes_no(key: str, label: Any, *, value: str | Value = "", **more: Any) -> Column:
    """True or false, in words."""
    return Column(key, label, value, **more)


def _seen(value: Any) -> Any:
    """A value on the page: days and moments as the reader's language writes them, in one piece."""
    if isinstance(value, dt.datetime):
        return format_html('<span class="text-nowrap">{}</span>', formats.moment(timezone.localtime(value)))
    if isinstance(value, dt.date):
        return format_html('<span class="text-nowrap">{}</span>', formats.day(value))
    return in_words(value)


def in_words(value: Any) -> str:
    """A value in a file: days as numbers in an order that sorts, lists joined, nothing as a dash."""
    if value is None or value == "" or value == []:
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, (list, tuple)):
        return "、".join(map(str, value))
    return str(value)


def for_sheet(value: Any, *, typed: bool) -> Any:
    """A value as it leaves the house: numbers and (in a ``typed`` sheet) days as such, all else as text; nothing as an empty cell."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return in_words(value)
    if isinstance(value, (int, float, Decimal)):
        return value
    if typed and isinstance(value, dt.datetime):  # a sheet knows no zones: legal time
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    if typed and isinstance(value, dt.date):
        return value
    return str(in_words(value)) if not isinstance(value, (list, tuple)) or value else ""


def at(row: Any, path: str) -> Any:
    """What stands at a dotted path of a row; None where the way ends."""
    value = row
    for part in path.split("."):
        value = getattr(value, part, None)
        if value is None:
            return None
    return value


def _owner(row: Any, path: str) -> tuple[Any, str]:
    *way, name = path.split(".")
    return (at(row, ".".join(way)) if way else row), name
