"""Who gets what from each address: who runs, supervises, decides or approves sees; the office acts; holders see their own."""

from __future__ import annotations

from typing import Any

ROLES = (
    "applicant", "other_applicant", "office", "office_head", "recommender", "department", "reviewer", "committee", "teller",
    "supervisor", "approver", "other_office",
)  # fmt: skip
STAFF = ("office", "office_head", "committee", "supervisor", "approver")


def _row(seen: tuple[str, ...], done: tuple[str, ...] | None = None, *, code: int = 200) -> dict[str, int]:
    """404 for those who do not see it, 403 for those who see but may not, ``code`` for the rest, 302 without signing in."""
    allowed = seen if done is None else done
    return {"anonymous": 302, **{role: code if role in allowed else 403 if role in seen else 404 for role in ROLES}}


_PUBLIC = {"anonymous": 200, **dict.fromkeys(ROLES, 200)}
_POST = {"anonymous": 302, **dict.fromkeys(ROLES, 405)}
_OFFICE = ("office", "office_head")

MATRIX: dict[str, dict[str, int]] = {
    "awards:find": _PUBLIC,
    "awards:verify": {"anonymous": 404, **dict.fromkeys(ROLES, 404)},
    "awards:register": _PUBLIC,
    "awards:disclosures": _PUBLIC,
    "awards:sharing": _PUBLIC,
    "awards:approval": _row(STAFF),
    "awards:fix": _POST,
    "awards:approve": _POST,
    "awards:conferral": _row(STAFF),
    "awards:honours": {**_row(STAFF), "applicant": 200},  # its own
    "awards:honour": _row(()),
    "awards:earlier": _row(STAFF, _OFFICE),
    "awards:other": _row(STAFF, _OFFICE),
    "awards:case_new": _row(()),
    "awards:duty": _row(()),
    "awards:misuse_new": _row(()),
    "awards:misuse": _row(("office", "office_head", "supervisor")),
    "awards:misuse_settle": _row(()),
    "awards:payments": _row(STAFF),
    "awards:paid": _POST,
    "awards:payments_csv": _row(STAFF),
    "awards:duties": _row(STAFF),
    "awards:duty_new": _row(STAFF, _OFFICE),
    "awards:cases": _row(STAFF),
    "awards:bars": _row(STAFF),
    "awards:case_applicant": _row(STAFF, _OFFICE),
    "awards:case": _row(()),
    "awards:case_step": _POST,
    "awards:case_returned": _POST,
    "awards:case_disclose": _POST,
    "awards:case_credit": _POST,
    "awards:case_correction": _POST,
    "awards:case_evidence": _POST,
}

_NONE_YET = {"awards:honours": {"applicant": 404}}
#: What differs while a round is under way: its applicants hold nothing yet.
STATES: dict[str, dict[str, dict[str, int]]] = {"intake": _NONE_YET, "eligibility": _NONE_YET}


def kwargs(world: Any) -> dict[str, dict[str, Any]]:
    """Stages of the world's round; honours and cases that do not exist (their own tests open real ones)."""
    code, none = {"code": world.jurisdiction.code}, {"code": world.jurisdiction.code, "pk": 2**40}
    stages = world.stages
    at = {
        "awards:find": {}, "awards:verify": {"token": "none-such"},
        **{name: {**code, "pk": stages["approval"].pk} for name in ("awards:approval", "awards:fix", "awards:approve")},
        "awards:conferral": {**code, "pk": stages["conferral"].pk}, "awards:case_applicant": {**code, "pk": world.round.pk},
    }  # fmt: skip
    plain = (
        "register",
        "disclosures",
        "sharing",
        "honours",
        "earlier",
        "other",
        "misuse",
        "payments",
        "payments_csv",
        "duties",
        "duty_new",
        "cases",
        "bars",
    )
    at.update({f"awards:{name}": code for name in plain})
    return {name: at.get(name, none) for name in MATRIX}
