"""Every cross-check of a policy, in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from jurisdictions.policy.checks import amounts, articles, coverage, expressions, order, references
from jurisdictions.policy.document import Policy
from jurisdictions.policy.problems import Problem

Check = Callable[[Policy], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    articles.articles_exist,
    references.names_exist,
    references.names_are_single,
    references.leaves_are_single,
    references.quotas_nest,
    expressions.facts_are_known,
    expressions.sectors_are_known,
    order.frame,
    order.early_and_late,
    order.scores_come_first,
    order.winners_are_decided,
    order.opening_together,
    order.publicity_has_a_list,
    order.fallbacks_precede,
    order.plans_are_for_visits,
    amounts.quotas_can_be_kept,
    amounts.inner_fits_outer,
    amounts.reserves_fit,
    amounts.ratios_are_parts,
    amounts.teams_can_be_formed,
    amounts.boxes_can_be_opened,
    amounts.spans_are_positive,
    coverage.every_prize_has_a_form,
    coverage.every_prize_is_scored,
    coverage.every_prize_is_offered,
    coverage.territory_is_digits,
    coverage.takes_effect,
    coverage.ballots_can_be_counted,
    coverage.conditions_are_of_one_kind,
    coverage.conditions_are_weighed,
    coverage.questions_are_complete,
)


def check(policy: Policy) -> list[Problem]:
    """What is wrong with a policy that is well formed; empty when nothing is."""
    return [problem for one in CHECKS for problem in one(policy)]
