"""Who gets what from each address: everybody has an inbox of his or her own, and nobody another's."""

from __future__ import annotations

from typing import Any

SIGNED_IN = (
    "applicant", "other_applicant", "office", "office_head", "recommender", "department", "reviewer", "committee", "teller",
    "supervisor", "approver", "other_office",
)  # fmt: skip
MATRIX: dict[str, dict[str, int]] = {
    "notifications:inbox": {"anonymous": 302, **dict.fromkeys(SIGNED_IN, 200)},
    "notifications:message": {"anonymous": 302, **dict.fromkeys(SIGNED_IN, 404)},
    "notifications:all_read": {"anonymous": 302, **dict.fromkeys(SIGNED_IN, 405)},
}


def kwargs(world: Any) -> dict[str, dict[str, Any]]:
    return {"notifications:inbox": {}, "notifications:all_read": {}, "notifications:message": {"pk": 2**40}}
