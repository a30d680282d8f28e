"""Everybody chooses how pages look; the page of all components is there only where demonstration sign-ins are on."""

from __future__ import annotations

from typing import Any

MATRIX: dict[str, dict[str, int]] = {"core:theme": {"*": 405}, "core:design": {"*": 404}}


def kwargs(world: Any) -> dict[str, dict[str, Any]]:
    """No address takes arguments."""
    return {name: {} for name in MATRIX}
