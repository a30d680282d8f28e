"""Words of this app in templates."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from publicity.words import PARTICULARS

register = template.Library()


@register.filter
def particulars(keys: Iterable[str]) -> str:
    """Particulars in the reader's language, one after the other."""
    return "、".join(str(PARTICULARS.get(key, key)) for key in keys)
