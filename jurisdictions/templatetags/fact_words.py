"""Facts in the reader's language, for the box that says why."""

from __future__ import annotations

from typing import Any

from django import template

from jurisdictions.models import Body
from jurisdictions.policy.wording import in_words

register = template.Library()


#: Facts whose values are keys of bodies.
_BODIES = ("body", "against")


@register.simple_tag
def facts_in_words(facts: Any, rules: Any = None) -> list[tuple[str, str]]:
    """``[(label, value)]``; see :mod:`jurisdictions.policy.wording`. Bodies are looked up only where a fact names one."""
    return in_words(facts, rules or None, _bodies(facts))


def _bodies(facts: Any) -> dict[str, str]:
    if not isinstance(facts, dict):
        return {}
    keys: set[str] = set()
    for value in (facts.get(key) for key in _BODIES):
        keys |= {value} if isinstance(value, str) else set(value) if isinstance(value, list) else set()
    return {body.key: body.name for body in Body.objects.filter(key__in=keys)} if keys - {""} else {}
