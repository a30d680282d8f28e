"""The stages stand in an order that can be begun, gone through and finished."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_noop as _

from jurisdictions.policy import stages as st
from jurisdictions.policy.document import Policy
from jurisdictions.policy.problems import Problem

#: Entries pass these one by one; every other kind decides about its whole list at once.
ONE_BY_ONE = ("internal_publicity", "intake", "recommendation", "preliminary_review", "department_review")
SCORED = ("team_review", "department_review", "composite")

FIRST = _("the first stage must be a call, not '{kind}'")
LAST = _("the last stage must be the conferral, not '{kind}'")
ONE = _("there must be exactly one stage of kind '{kind}', not {count}")
BEFORE = _("'{first}' must stand before '{second}'")
NOT_EARLIER = _("the stage '{key}' must stand before this one")
NOT_SCORED = _("the stage '{key}' gives no score: its kind is '{kind}'")
NO_CANDIDATES = _("no stage before this vote finds candidates (a composite or a team review)")
NO_DECISION = _(
    "no stage before the approval decides who wins: a vote, or a composite or team review with a shortlist or quotas"
)
OPENS_WITH_NOTHING = _("the first stage cannot open with the one before it")
OPENS_WITH_BATCH = _("cannot open together with '{key}', which decides about its whole list at once")
NOTHING_TO_PUBLISH = _("nothing has been decided yet that could be published here")
NOT_A_VOTE = _("such a prize is given in the vote to those who stood in it and did not win: '{key}' is a '{kind}'")
AFTER_APPROVAL = _("a list that the government has approved is final: this stage must stand before the approval")
NOT_A_VISIT = _("a plan is approved for visits only: this review is of {mode}")


def frame(policy: Policy) -> Iterator[Problem]:
    """Call first, conferral last, one intake, one approval, in this order."""
    stages = policy.stages
    if stages[0].kind != "call":
        yield _at(policy, 0, FIRST, path_key="kind", kind=stages[0].kind)
    if stages[-1].kind != "conferral":
        yield _at(policy, len(stages) - 1, LAST, path_key="kind", kind=stages[-1].kind)
    for kind in ("call", "intake", "approval", "conferral"):
        count = sum(stage.kind == kind for stage in stages)
        if count != 1:
            yield Problem(("stages",), ONE, {"kind": kind, "count": count})


def early_and_late(policy: Policy) -> Iterator[Problem]:
    """What only makes sense before or after something else."""
    places = {kind: _places(policy, kind) for kind in (s.kind for s in policy.stages)}
    for second in (
        "eligibility",
        "acceptance",
        "recommendation",
        "preliminary_review",
        "team_review",
        "vote",
        "publicity",
    ):
        for place in places.get(second, []):
            if place < min(places.get("intake", [place])):
                yield _at(policy, place, BEFORE, first="intake", second=second)
    for kind in ("team_review", "department_review", "composite", "vote", "acceptance", "eligibility"):
        for place in places.get(kind, []):
            if place > min(places.get("approval", [place])):
                yield _at(policy, place, AFTER_APPROVAL)


def scores_come_first(policy: Policy) -> Iterator[Problem]:
    """What a composite adds up has been scored by then."""
    order = {stage.key: place for place, stage in enumerate(policy.stages)}
    for place, stage in enumerate(policy.stages):
        if not isinstance(stage, st.Composite):
            continue
        for number, source in enumerate(stage.inputs):
            found = order.get(source.stage)
            where = ("stages", place, "inputs", number, "stage")
            if found is not None and found >= place:
                yield Problem(where, NOT_EARLIER, {"key": source.stage}, stage.article)
            elif found is not None and policy.stages[found].kind not in SCORED:
                told = {"key": source.stage, "kind": policy.stages[found].kind}
                yield Problem(where, NOT_SCORED, told, stage.article)


def winners_are_decided(policy: Policy) -> Iterator[Problem]:
    """A vote has candidates, and someone has won before the government approves."""
    for place in _places(policy, "vote"):
        if not any(s.kind in ("composite", "team_review") for s in policy.stages[:place]):
            yield _at(policy, place, NO_CANDIDATES)
    for place in _places(policy, "approval"):
        if not any(_decides(policy, stage) for stage in policy.stages[:place]):
            yield _at(policy, place, NO_DECISION)


def _decides(policy: Policy, stage: Any) -> bool:
    if stage.kind == "vote":
        return True
    return stage.kind in ("composite", "team_review") and (stage.shortlist is not None or bool(policy.quotas))


def opening_together(policy: Policy) -> Iterator[Problem]:
    for place, stage in enumerate(policy.stages):
        if stage.opens != "with":
            continue
        if place == 0:
            yield _at(policy, place, OPENS_WITH_NOTHING, path_key="opens")
        elif not _one_by_one(policy.stages[place - 1]):
            yield _at(policy, place, OPENS_WITH_BATCH, path_key="opens", key=policy.stages[place - 1].key)


def _one_by_one(stage: Any) -> bool:
    return stage.kind in ONE_BY_ONE and getattr(stage, "shortlist", None) is None


def publicity_has_a_list(policy: Policy) -> Iterator[Problem]:
    """A window opens on a list that some stage has formed before."""
    listing = ("recommendation", "preliminary_review", "eligibility", "acceptance", "team_review", "composite", "vote")
    for place in _places(policy, "publicity"):
        if not any(stage.kind in listing for stage in policy.stages[:place]):
            yield _at(policy, place, NOTHING_TO_PUBLISH)


def fallbacks_precede(policy: Policy) -> Iterator[Problem]:
    """A prize for those who came far has a stage that they reached, before the approval."""
    message = _("a prize for those who did not win needs the stage that they reached: 'fallback_stage'")
    order = {stage.key: place for place, stage in enumerate(policy.stages)}
    approval = min(_places(policy, "approval"), default=len(policy.stages))
    for number, prize in enumerate(policy.prizes):
        if prize.fallback_for and not prize.fallback_stage:
            yield Problem(("prizes", number, "fallback_for"), message, {}, prize.article)
        elif prize.fallback_stage and order.get(prize.fallback_stage, -1) >= approval:
            told = {"first": prize.fallback_stage, "second": policy.stages[approval].key}
            yield Problem(("prizes", number, "fallback_stage"), BEFORE, told, prize.article)
        elif prize.fallback_stage in order and policy.stages[order[prize.fallback_stage]].kind != "vote":
            said = {"key": prize.fallback_stage, "kind": policy.stages[order[prize.fallback_stage]].kind}
            yield Problem(("prizes", number, "fallback_stage"), NOT_A_VOTE, said, prize.article)


def plans_are_for_visits(policy: Policy) -> Iterator[Problem]:
    for place, stage in enumerate(policy.stages):
        if isinstance(stage, st.TeamReview) and stage.plan and stage.mode != "onsite":
            yield _at(policy, place, NOT_A_VISIT, path_key="plan", mode=stage.mode)


def _places(policy: Policy, kind: str) -> list[int]:
    return [place for place, stage in enumerate(policy.stages) if stage.kind == kind]


def _at(policy: Policy, place: int, message: str, *, path_key: str = "", **told: Any) -> Problem:
    path = ("stages", place, path_key) if path_key else ("stages", place)
    return Problem(path, message, told, policy.stages[place].article)
