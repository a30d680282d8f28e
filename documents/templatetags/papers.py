"""What papers' templates need: Chinese dates and numerals, a QR code, values as an official paper shows them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Any

import segno
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_ARTICLE = re.compile(r"第(\d{1,2})条")
_MOMENT = re.compile(r"(?<![\d-])(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2})?)?(?![\d-])")
_DIGITS = "〇一二三四五六七八九"


@register.filter
def chinese_date(value: Any) -> str:
    """``2026-11-21`` → ``2026年11月21日``; other text as it is (GB/T 9704: Arabic numerals, no leading zeros)."""
    day = value if isinstance(value, dt.date) else _date(str(value or ""))
    return f"{day.year}年{day.month}月{day.day}日" if day else str(value or "")


@register.filter
def chinese_number(value: int) -> str:
    """1–99 in Chinese numerals."""
    tens, ones = divmod(int(value), 10)
    if not tens:
        return _DIGITS[ones]
    return f"{'' if tens == 1 else _DIGITS[tens]}十{_DIGITS[ones] if ones else ''}"


@register.filter
def official(text: Any) -> str:
    """Articles and days within a text as an official paper writes them: 第十六条, 2026年4月2日, 2026年4月2日9时05分."""
    text = _ARTICLE.sub(lambda found: f"第{chinese_number(int(found[1]))}条", str(text))
    return _MOMENT.sub(_in_words, text)


@register.filter
def article_number(value: Any) -> str:
    """``16`` → ``十六``; a number with parts (9.3) as the regulation writes it."""
    text = str(value)
    return chinese_number(int(text)) if text.isdigit() and 0 < int(text) < 100 else text


@register.filter
def is_document_number(number: Any) -> bool:
    """Whether the number is one that an organ gives its documents (……〔2026〕1号), and not only ours."""
    return "号" in str(number or "")


@register.filter
def shown(value: Any) -> str:
    """Dates in words, yes and no, numbers with thousands separated; nothing becomes a dash."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(shown(item) for item in value)
    if isinstance(value, str) and len(value) == 10 and _date(value):
        return chinese_date(value)
    return f"{value:,}" if isinstance(value, int) and abs(value) >= 10000 else official(value)


@register.filter
def is_number(value: Any) -> bool:
    """Right-aligned in a table."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


@register.filter
def is_code(value: Any) -> bool:
    """A number, a date or a short code that is not broken over two lines."""
    text = str(value)
    return 0 < len(text) <= 16 and text.isascii() and " " not in text


@register.filter
def looks_numeric(value: Any) -> bool:
    """Text that is a number, with or without thousands and a percent sign: right-aligned in a table."""
    text = str(value).strip().replace(",", "").removesuffix("%").lstrip("-+")
    return text.replace(".", "", 1).isascii() and text.replace(".", "", 1).isdigit()


@register.filter
def yuan(value: Any) -> str:
    """An amount with thousands separated, without a fraction where there is none."""
    try:
        return f"{Decimal(str(value)):,.2f}".removesuffix(".00")
    except InvalidOperation:
        return "—"


@register.simple_tag
def qr(text: str, scale: int = 4) -> SafeString:
    """A QR code as an image with its picture inside (SVG, error correction M)."""
    picture = segno.make(text, error="m", micro=False).svg_data_uri(scale=scale, border=2)
    return format_html('<img class="qr" alt="{}" src="{}">', text, mark_safe(picture))


def _in_words(found: re.Match[str]) -> str:
    day = _date(found[1])
    if day is None:
        return found[0]
    hour, minute = found[2], found[3]
    return chinese_date(day) + (f"{int(hour)}时{minute}分" if hour else "")


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
