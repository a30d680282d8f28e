"""Values as the reader's language writes them: days, moments, numbers, money. What machines read stays ISO 8601."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*")

CHINESE = re.compile(r"[\u3400-\u9fff]")


def day(value: dt.date) -> str:
    """2025年3月5日; 5 March 2025. A moment gives its day in our time."""
    return date_format(_here(value), "DATE_FORMAT")


def moment(value: dt.datetime) -> str:
    """2025年3月5日 14:00; 5 March 2025, 14:00, in our time."""
    return date_format(_here(value), "DATETIME_FORMAT")


def number(value: Any) -> str:
    """Thousands apart; a fraction only where there is one."""
    if isinstance(value, Decimal):
        value = value.normalize() if value == value.to_integral_value() else value
        value = value.quantize(Decimal(1)) if value == value.to_integral_value() else value
    elif isinstance(value, float) and value.is_integer():
        value = int(value)
    return number_format(value, use_l10n=True, force_grouping=True)


def money(value: Any) -> str:
    """300,000 元; CNY 300,000."""
    amount = value if isinstance(value, int | Decimal) else Decimal(str(value))
    text = f"{amount:,.2f}".removesuffix(".00")
    return _("CNY {amount}").format(amount=text)


def said(sentence: Any, **facts: Any) -> str:
    """A sentence with its facts, each as the reader's language writes it. The one way to put a fact into words."""
    return str(sentence).format_map(Shown(facts))


said_later = lazy(said, str)


def with_note(text: Any, note: Any) -> str:
    """示例公司（演练）; Example company (rehearsal). The text alone where there is no note."""
    return _("{text} ({note})").format(text=text, note=note) if str(note or "") else str(text)


def listed(parts: Iterable[Any]) -> str:
    """甲、乙、丙; a, b, c."""
    return _(", ").join(map(str, parts))


def sentences(*parts: str) -> str:
    """Sentences behind each other: Chinese ones without a space between them."""
    space = "" if (get_language() or "").startswith("zh") else " "
    return space.join(part for part in parts if part)


def shown(value: Any) -> Any:
    """A fact in a sentence: days and moments in the reader's way (also as ISO texts, as they come from JSON), the rest as it is."""
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, str) and len(value) < 40:
        return _from_iso(value)
    return number(value) if isinstance(value, Decimal) else value


class Shown(dict[str, Any]):
    """Facts for ``str.format_map``: shown in the reader's way; one that is missing is a dash, a sentence must not be lost to it."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        super().__init__({name: shown(value) for name, value in facts.items()})

    def __missing__(self, key: str) -> str:
        return "—"


def _from_iso(text: str) -> str:
    try:
        if _DAY.fullmatch(text):
            return day(dt.date.fromisoformat(text))
        if _MOMENT.fullmatch(text):
            return moment(dt.datetime.fromisoformat(text))
    except ValueError:
        pass
    return text


def _here(value: dt.date) -> dt.date:
    """A moment in our time; a day as it is."""
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value


def written(text: str) -> SafeString:
    """What somebody wrote once, marked with the language it is in, whoever reads it (WCAG 2.2, 3.1.2)."""
    return format_html('<span lang="{}" dir="auto">{}</span>', "zh-Hans" if CHINESE.search(text) else "en", text)
