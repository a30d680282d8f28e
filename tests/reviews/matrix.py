"""Role × address → status of a GET. What an entry's own people see is proven in test_pages.py; here nobody else gets in."""

from __future__ import annotations

from typing import Any

SIGNED_IN = (
    "applicant", "other_applicant", "office", "office_head", "recommender", "department", "reviewer", "committee", "teller",
    "supervisor", "approver", "other_office",
)  # fmt: skip
NOBODY = {"anonymous": 302, **dict.fromkeys(SIGNED_IN, 404)}
POST_ONLY = {"anonymous": 405, **dict.fromkeys(SIGNED_IN, 405)}
OVERVIEW = {**NOBODY, "office": 200, "office_head": 200, "supervisor": 200}
OFFICE = {**OVERVIEW, "supervisor": 403}

#: Pages of one entry, team or body: the address of one that does not exist (or is not theirs).
OF_ONE = (
    "reviewer", "step_aside", "score", "differences", "report", "visit", "hearing", "confirm", "feedback", "entry", "answers", "answer",
    "team", "propose", "plan", "request", "recusal", "calibration", "feedback_drafts",
)  # fmt: skip
ACTS = (
    "change", "qualify", "note", "discipline", "interest", "end_qualification", "reopen", "feed_back", "opinion", "replace", "take_back",
    "leader", "distribute", "tie", "assign", "dissolve", "explain_size", "approve_plan", "return_plan",
    "engage", "decide_sign", "end_interest", "change_proposal", "abstain", "change_feedback",
)  # fmt: skip
NONE_SUCH = 10**9

MATRIX: dict[str, dict[str, int]] = {
    "reviews:pool": OVERVIEW,
    "reviews:appoint": OFFICE,
    "reviews:pool_list": OFFICE,
    "reviews:interests": OVERVIEW,
    "reviews:proposal": OVERVIEW,
    "reviews:mine": {**NOBODY, "reviewer": 200},
    "reviews:undertaking": NOBODY,
    "reviews:stage": OVERVIEW,
    "reviews:ranking": OVERVIEW,
    "reviews:team_new": OFFICE,
    "reviews:stage_report": OFFICE,
    **{f"reviews:{name}": NOBODY for name in OF_ONE},
    **{f"reviews:{name}": POST_ONLY for name in ACTS},
}


def kwargs(world: Any) -> dict[str, dict[str, Any]]:
    """URL arguments per address."""
    code = world.jurisdiction.code
    stages = world.stages
    found: dict[str, dict[str, Any]] = {f"reviews:{name}": {"code": code, "pk": NONE_SUCH} for name in (*OF_ONE, *ACTS)}
    found["reviews:answer"]["body"] = NONE_SUCH
    for name in ("pool", "appoint", "mine", "undertaking", "interests", "pool_list"):
        found[f"reviews:{name}"] = {"code": code}
    for name in ("stage", "ranking", "team_new", "proposal"):
        found[f"reviews:{name}"] = {"code": code, "pk": stages["team_review"].pk}
    found["reviews:stage_report"] = {"code": code, "pk": stages["composite"].pk}
    return found
