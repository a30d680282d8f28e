"""A policy document as a page: everything in words, with its articles, and what was assumed where the regulation is silent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from jurisdictions.calendar.effect import derivation, effective_on
from jurisdictions.models import PolicyDocument
from jurisdictions.policy import Policy
from jurisdictions.policy.prizes import Quota
from rounds.assumptions import Leaf, questions


def page_of(document: PolicyDocument) -> dict[str, Any]:
    """What the template shows beside the typed document."""
    rules = document.policy
    return {
        "force": (effective_on(rules), rules.expires_on),
        "counted": derivation(rules),
        "quotas": [{"quota": quota, "prizes": _prizes(rules, quota)} for quota in rules.quotas],
        "conditions": [
            {"condition": c, "prizes": [str(rules.prize(key).name) for key in c.prizes]} for c in rules.conditions
        ],
        "assumed": list(_assumed(document.document, rules)),
        "articles": sorted(rules.articles.items(), key=_by_number),
    }


def _by_number(article: tuple[str, Any]) -> tuple[list[int], str]:
    """9 before 10, 10.2 before 10.10, whatever order the database gives."""
    return [int(number) for number in re.findall(r"\d+", article[0])], article[0]


def _prizes(rules: Policy, quota: Quota) -> list[str]:
    return [str(rules.prize(key).name) for key in quota.prizes]


def _assumed(document: dict[str, Any], rules: Policy) -> Iterator[dict[str, Any]]:
    """In the words in which the office is asked for them."""
    for question in questions(rules, document):
        yield {
            "where": _(": ").join(dict.fromkeys(part for part in (question.where, question.label) if part)),
            "value": _("; ").join(_shown(leaf, several=len(question.leaves) > 1) for leaf in question.leaves),
            "reason": question.reason,
        }


def _shown(leaf: Leaf, *, several: bool) -> str:
    value = leaf.shown
    if leaf.kind == "yes_no":
        value = _("Yes") if leaf.value else _("No")
    return _(": ").join((str(leaf.label), str(value))) if several else str(value)
