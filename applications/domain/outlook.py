"""How an applicant stands with each condition: from the same expressions and facts as the real check, in words, with the article and the mend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from applications.forms.layout import Layout
from applications.forms.profile_fields import in_words
from jurisdictions.policy import Policy
from jurisdictions.policy.conditions import assess
from jurisdictions.policy.constitution import Check
from jurisdictions.policy.forms import Condition

Facts = Mapping[str, Mapping[str, Any]]
HOLDS, FAILS, UNKNOWN, VERIFIED, JUDGED = "holds", "fails", "unknown", "verified", "judged"
#: What needs the reader first.
ORDER = (FAILS, UNKNOWN, HOLDS, VERIFIED, JUDGED)


@dataclass(frozen=True, slots=True)
class Standing:
    """``verdict``: holds, fails, unknown (an answer is missing), verified (holds if the office finds nothing else), judged (by people).

    ``facts``: what it rests on, in words. ``missing``: labels of the answers that nobody has given yet.
    """

    key: str
    article: str
    text: str
    mend: str
    verdict: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    by: str = ""

    @property
    def pressing(self) -> bool:
        """Whether the applicant has to do something about it."""
        return self.verdict in (FAILS, UNKNOWN)


def standings(
    policy: Policy, prize: str, plan: Layout, facts: Facts, claimed: Mapping[str, Any] | None = None
) -> list[Standing]:
    """Every condition that is asked of the applicant, those that fail first. ``claimed``: what the applicant itself says of checks."""
    found = [_standing(one, policy, plan, facts, claimed or {}) for one in policy.conditions_for(prize)]
    return sorted((one for one in found if one is not None), key=lambda one: ORDER.index(one.verdict))


def _standing(
    condition: Condition, policy: Policy, plan: Layout, facts: Facts, claimed: Mapping[str, Any]
) -> Standing | None:
    presumed = {**facts, "check": {**harmless(policy), **claimed, **facts.get("check", {})}}
    found, hopeful = assess(condition, facts), assess(condition, presumed)
    if found.applies is False:
        return None
    verdict = _verdict(condition, found.value, hopeful.value)
    missing = [path for path in hopeful.unknown if verdict == UNKNOWN and path.split(".", 1)[0] in ("form", "org")]
    words = [in_words(path, value, policy, plan) for path, value in found.read.items()]
    return Standing(
        condition.key, condition.article, str(condition.text), str(condition.mend), verdict, words,
        [in_words(path, None, policy, plan)[0] for path in missing], condition.judged_by,
    )  # fmt: skip


def _verdict(condition: Condition, value: bool | None, hopeful: bool | None) -> str:
    if not (condition.require or condition.any_of):
        return JUDGED
    if value is not None:
        return HOLDS if value else FAILS
    return {True: VERIFIED, False: FAILS, None: UNKNOWN}[hopeful]


def harmless(policy: Policy) -> dict[str, Any]:
    """What offices and departments find where nothing is on record."""
    return {check.key: value for check in policy.checks if (value := _good(check)) is not None}


def _good(check: Check) -> Any:
    if check.type == "yes_no":
        return check.good == "true" if check.good in ("true", "false") else None
    if check.type == "number":
        return float(check.good) if check.good else None
    return check.good or None
