"""Who gets what: nobody reads what belongs to nothing, and nobody learns whether it exists."""

from __future__ import annotations

from typing import Any

SIGNED_IN = (
    "applicant", "other_applicant", "office", "office_head", "recommender", "department", "reviewer", "committee", "teller",
    "supervisor", "approver", "other_office",
)  # fmt: skip
MATRIX: dict[str, dict[str, int]] = {
    "documents:file": {"anonymous": 302, **dict.fromkeys(SIGNED_IN, 404)},
    "documents:paper": {"anonymous": 404, **dict.fromkeys(SIGNED_IN, 404)},
}


def kwargs(world: Any) -> dict[str, dict[str, Any]]:
    values = {"code": world.jurisdiction.code, "token": "none-such"}
    return {"documents:file": values, "documents:paper": values}
