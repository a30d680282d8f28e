"""Everybody has a profile; the demo's sign-in exists only where the settings allow it."""

from __future__ import annotations

from typing import Any

from tests.worlds import World

MATRIX: dict[str, dict[str, int]] = {
    "accounts:profile": {"*": 200, "anonymous": 302},
    "accounts:demo": {"*": 404},
    "accounts:demo_enter": {"*": 405},
}


def kwargs(world: World) -> dict[str, dict[str, Any]]:
    return {"accounts:demo_enter": {"pk": world.applicant.pk}}
