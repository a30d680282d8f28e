"""Numbers that can be kept: quotas, teams, majorities, tellers, scales."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from jurisdictions.policy import stages as st
from jurisdictions.policy.checks.walk import everything
from jurisdictions.policy.constitution import Majority, Quorum
from jurisdictions.policy.document import Policy
from jurisdictions.policy.problems import Problem

EMPTY_QUOTA = _(
    "a quota says at most ('max'), a share ('share' with 'share_of'), or how many places are kept ('reserved' with 'inside')"
)
RESERVED = _("{reserved} places are kept, but '{inside}' has only {max}")
NEGATIVE = _("{value} is too small: at least {least}")
UPSIDE_DOWN = _("'{low}' ({least}) is more than '{high}' ({most})")
OVER_ONE = _("{value} is more than the whole")
TELLERS = _("{needed} tellers are needed, but there are only {total}")
NO_SEATS = _("the organ '{key}' votes but has no seats")


def quotas_can_be_kept(policy: Policy) -> Iterator[Problem]:
    for place, quota in enumerate(policy.quotas):
        path = ("quotas", place)
        shared = quota.share is not None and quota.share_of
        if quota.max is None and not shared and not (quota.reserved and quota.inside):
            yield Problem(path, EMPTY_QUOTA, {}, quota.article)
        if quota.max is not None and quota.max.value < 0:
            yield Problem((*path, "max"), NEGATIVE, {"value": quota.max.value, "least": 0}, quota.article)
        if quota.share is not None and not 0 < quota.share <= 1:
            yield Problem((*path, "share"), OVER_ONE, {"value": str(quota.share)}, quota.article)


def inner_fits_outer(policy: Policy) -> Iterator[Problem]:
    """A quota inside another is not larger than it."""
    most = {quota.key: quota.max.value for quota in policy.quotas if quota.max is not None}
    for place, quota in enumerate(policy.quotas):
        if quota.inside in most and quota.key in most and most[quota.key] > most[quota.inside]:
            told = {"low": quota.key, "least": most[quota.key], "high": quota.inside, "most": most[quota.inside]}
            yield Problem(("quotas", place, "max"), UPSIDE_DOWN, told, quota.article)


def reserves_fit(policy: Policy) -> Iterator[Problem]:
    """The places kept inside a quota are no more than it has, all together."""
    for outer in policy.quotas:
        kept = 0
        for place, quota in enumerate(policy.quotas):
            if quota.inside != outer.key or not quota.reserved or outer.max is None:
                continue
            kept += quota.reserved
            if kept > outer.max.value:
                told = {"reserved": kept, "inside": outer.key, "max": outer.max.value}
                yield Problem(("quotas", place, "reserved"), RESERVED, told, quota.article)


def ratios_are_parts(policy: Policy) -> Iterator[Problem]:
    for said in everything(policy):
        if said.name == "ratio" and isinstance(said.model, Majority | Quorum) and not 0 < said.value <= 1:
            yield Problem(said.path, OVER_ONE, {"value": str(said.value)})


def teams_can_be_formed(policy: Policy) -> Iterator[Problem]:
    for place, stage in enumerate(policy.stages):
        if isinstance(stage, st.TeamReview) and stage.team.max is not None and stage.team.min > stage.team.max:
            told = {"low": "min", "least": stage.team.min, "high": "max", "most": stage.team.max}
            yield Problem(("stages", place, "team", "min"), UPSIDE_DOWN, told, stage.team.article)


def boxes_can_be_opened(policy: Policy) -> Iterator[Problem]:
    for place, stage in enumerate(policy.stages):
        if not isinstance(stage, st.Vote):
            continue
        tellers = stage.tellers.value
        if tellers.needed > tellers.total:
            told = {"needed": tellers.needed, "total": tellers.total}
            yield Problem(("stages", place, "tellers"), TELLERS, told, stage.article)
        if stage.score_range[0] >= stage.score_range[1]:
            upside_down: dict[str, object] = {
                "low": "from",
                "least": stage.score_range[0],
                "high": "to",
                "most": stage.score_range[1],
            }
            yield Problem(("stages", place, "score_range"), UPSIDE_DOWN, upside_down, stage.article)
        for number, key in enumerate(stage.electorate):
            if any(organ.key == key and not organ.seats for organ in policy.organs):
                yield Problem(("stages", place, "electorate", number), NO_SEATS, {"key": key}, stage.article)


def spans_are_positive(policy: Policy) -> Iterator[Problem]:
    for said in everything(policy):
        if isinstance(said.model, st.Days) and said.name == "length" and said.value < 1:
            yield Problem(said.path, NEGATIVE, {"value": said.value, "least": 1})
        if isinstance(said.model, st.Input) and said.name == "weight" and said.value <= 0:
            yield Problem(said.path, NEGATIVE, {"value": str(said.value), "least": "> 0"})
