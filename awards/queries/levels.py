"""At which level of government a jurisdiction stands, told by its territory (GB/T 2260)."""

from __future__ import annotations

from collections.abc import Iterable

from django_scopes import scopes_disabled

from jurisdictions.models import PolicyDocument

BY_LENGTH = {2: "province", 4: "city", 6: "county"}


def levels_of(jurisdictions: Iterable[int]) -> dict[int, str]:
    """``{jurisdiction id: "county" | "city" | "province"}``; one query."""
    wanted = set(jurisdictions)
    if not wanted:
        return {}
    with scopes_disabled():
        rows = PolicyDocument.objects.filter(jurisdiction__in=wanted).order_by("edition")
        return {row.jurisdiction_id: level_of(row.policy.territory) for row in rows}


def level_of(territory: list[str]) -> str:
    """The level of a territory: of its widest division."""
    return min((BY_LENGTH[_length(prefix)] for prefix in territory), key=list(BY_LENGTH.values()).index, default="")


def _length(prefix: str) -> int:
    """Digits that say something: pairs of zeros at the end say nothing."""
    digits = prefix[:6]
    while len(digits) > 2 and digits.endswith("00"):
        digits = digits[:-2]
    return max(2, len(digits) - len(digits) % 2)
