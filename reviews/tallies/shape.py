"""How many a team may be."""

from __future__ import annotations

from jurisdictions.policy.stages import TeamRule


def size_fits(rule: TeamRule, size: int) -> bool:
    """Within the rule's range, both ends included."""
    return rule.min <= size and (rule.max is None or size <= rule.max)
