"""Everybody chooses how pages look."""

from __future__ import annotations

from typing import Any

MATRIX: dict[str, dict[str, int]] = {"core:theme": {"*": 405}}


def kwargs(world: Any) -> dict[str, dict[str, Any]]:
    """No address takes arguments."""
    return {name: {} for name in MATRIX}
