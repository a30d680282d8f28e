"""A policy document as a page: everything in words, with its articles, and what was assumed where the regulation is silent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from jurisdictions.calendar.effect import derivation, effective_on
from jurisdictions.models import PolicyDocument, in_language
from jurisdictions.policy import Policy
from jurisdictions.policy.prizes import Quota
from rounds.rulebook import assumed


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
        "articles": list(rules.articles.items()),
    }


def _prizes(rules: Policy, quota: Quota) -> list[str]:
    return [str(rules.prize(key).name) for key in quota.prizes]


def _assumed(document: dict[str, Any], rules: Policy) -> Iterator[dict[str, Any]]:
    for path, setting in assumed(document):
        reason = setting.get("reason") or {}
        yield {
            "where": _where(path, rules),
            "value": _shown(setting["value"]),
            "reason": in_language(reason.get("zh", ""), reason.get("en", "")),
        }


def _where(path: str, rules: Policy) -> str:
    """A path in words: the stage's name where it is in one, then the last key."""
    parts = path.split(".")
    last = parts[-1].replace("_", " ")
    if parts[0] == "stages" and len(parts) > 1 and parts[1].isdigit() and int(parts[1]) < len(rules.stages):
        return f"{rules.stages[int(parts[1])].name}: {last}"
    return ": ".join(dict.fromkeys((parts[0].replace("_", " "), last)))


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
