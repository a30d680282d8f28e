"""The capacity that a person has chosen to look at, kept in the session. A filter of what is shown, never a right."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from rounds.capacities import Capacity, Held

KEY = "acting_as"


def choose(request: HttpRequest, held: Held, key: str) -> Capacity | None:
    """Keep the choice; a capacity that the person does not hold, or none, ends it."""
    found = held.chosen(key)
    if found is None:
        request.session.pop(KEY, None)
    else:
        place = found.jurisdiction
        request.session[KEY] = {
            "key": found.key,
            "role": found.role,
            "code": place.code if place else "",
            "zh": place.name_zh if place else "",
            "en": (place.name_en or place.name_zh) if place else "",
        }
    return found


def chosen(request: HttpRequest, held: Held) -> Capacity | None:
    """The capacity chosen, while the person still holds it."""
    kept: dict[str, Any] = request.session.get(KEY) or {}
    if not kept:
        return None
    found = held.chosen(str(kept.get("key", "")))
    if found is None:
        del request.session[KEY]
    return found
