"""The facts that a decision read, told to people: labels and values in the reader's language, never the keys of the machine.

    in_words({"failing": ["good_credit"], "score": "90.67"}, rules)    [("Conditions not met", "…"), ("Score", "90.67")]

What a policy names itself (conditions, checks, questions, stages, prizes) is told in the policy's words; the rest is listed here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from core import formats

if TYPE_CHECKING:
    from jurisdictions.policy import Policy

#: Words of facts that the stages' kinds write, and of those that conditions may read (``facts.py``).
LABELS: dict[str, Any] = {
    "number": lazy("Filing number"), "version": lazy("Version"), "sha256": lazy("Fingerprint (SHA-256)"), "deadline": lazy("Deadline"),
    "body": lazy("Body"), "order": lazy("Place in the order of recommendation"), "priority": lazy("Recommended with priority"),
    "overtaking": lazy("Reason for going ahead of others"), "failing": lazy("Conditions not met"), "against": lazy("Answers against it"),
    "unknown": lazy("Not known"), "sheets": lazy("Results of the score sheets"), "out_of": lazy("Out of (points)"),
    "method": lazy("How the sheets are put together"), "score": lazy("Score"), "rank": lazy("Rank"), "parts": lazy("Parts of the score"),
    "for": lazy("Votes for"), "against_votes": lazy("Votes against"), "abstained": lazy("Abstentions"), "invalid": lazy("Invalid ballots"),
    "recused": lazy("Stepped aside"), "base": lazy("Votes the majority is counted from"), "share": lazy("Share of votes for"),
    "poll": lazy("Vote"), "date": lazy("Date of the document"), "items": lazy("Given"), "amount": lazy("Bonus (yuan)"),
    "repeat": lazy("Won before"), "first_day": lazy("First day"), "last_day": lazy("Last day"), "counted": lazy("Days counted"),
    "departure": lazy("Departure from the rule"), "departure_article": lazy("Ground of the departure"), "place": lazy("Place"),
    "prize": lazy("Prize"), "tier": lazy("Tier"), "category": lazy("Category"), "stage": lazy("Stage"), "weight": lazy("Weight (%)"),
    "year": lazy("Year"), "level": lazy("Level"), "revoked": lazy("Revoked"), "jurisdiction": lazy("Government"),
    "reason": lazy("Reason"), "conditions": lazy("Conditions"), "limit": lazy("Limit"), "got": lazy("Reached"),
    "minimum": lazy("Least points"), "gate": lazy("Least points"), "quota": lazy("Places"), "places": lazy("Places"),
    "ties": lazy("Equal with"), "total": lazy("Total"), "threshold": lazy("Majority needed"), "quorum": lazy("Quorum"),
    "present": lazy("Present"), "eligible": lazy("Entitled to vote"), "appointed": lazy("Appointed"), "cast": lazy("Ballots cast"),
    "org": lazy("Organisation"), "awards": lazy("Awards"), "round": lazy("Round"), "app": lazy("Application"), "entry": lazy("Entry"),
    "form": lazy("Form"), "check": lazy("Checks"), "kind": lazy("Kind of applicant"), "legal_status": lazy("Legal status"),
    "founded_on": lazy("Founded on"), "operating_since": lazy("Operating since"), "region": lazy("Division code"),
    "in_territory": lazy("Registered in the territory"), "operating": lazy("Operating normally"), "industry": lazy("Industry"),
    "sectors": lazy("Sectors"), "activities": lazy("Activities"), "subordination": lazy("Stands under"), "size": lazy("Size"),
    "listed": lazy("Listed company"), "employees": lazy("Employees"), "has_parent": lazy("Has a parent organisation"),
    "won": lazy("Awards won"), "held": lazy("Prizes held"), "ever": lazy("Prizes ever won"), "county_level": lazy("Award of the county"),
    "higher_level": lazy("Awards of higher levels"), "barred_until": lazy("Barred until"), "years_since": lazy("Years since"),
    "opened_on": lazy("Opened on"), "closes_on": lazy("Last day for filing"), "last_year": lazy("Year before"),
    "filed_on": lazy("Filed on"), "composite": lazy("Composite score"),
}  # fmt: skip
#: Words of values that are keys themselves.
VALUES: dict[str, Any] = {
    "mean": lazy("mean of all sheets"), "trimmed_mean": lazy("mean without the highest and the lowest"), "agreed": lazy("agreed by the team"),
    "plaque": lazy("plaque"), "certificate": lazy("certificate"), "bonus": lazy("bonus"), "trophy": lazy("trophy"),
    "medal": lazy("medal"), "circular": lazy("circular of commendation"), "county": lazy("county level"), "city": lazy("city level"),
    "prefecture": lazy("prefecture level"), "province": lazy("province level"), "nation": lazy("national level"),
    "central": lazy("central level"), "large": lazy("large"), "medium": lazy("medium-sized"), "small": lazy("small"), "micro": lazy("micro"),
}  # fmt: skip
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T")


def in_words(facts: Any, rules: Policy | None = None, names: Mapping[str, Any] | None = None) -> list[tuple[str, str]]:
    """Labels with values; what is empty is left out, a namespace (``org``, ``form`` …) is told fact by fact.

    ``names``: of things that no policy names, such as bodies, by key.
    """
    return list(_rows(facts, {**names_of(rules), **(names or {})})) if isinstance(facts, Mapping) else []


def _rows(facts: Mapping[str, Any], names: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in facts.items():
        if value in ("", None, [], {}):
            continue
        if isinstance(value, Mapping) and key in ("org", "awards", "round", "app", "entry", "form", "check"):
            yield from _rows(value, names)
            continue
        yield label(key, names), told(value, names)


def label(key: str, names: Mapping[str, Any]) -> str:
    """A key in words: the last part of ``org.size``; the policy's own name for it where it has one."""
    last = str(key).rpartition(".")[2]
    return str(LABELS.get(last) or names.get(last) or last.replace("_", " "))


def told(value: Any, names: Mapping[str, Any]) -> str:
    """A value in words."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return _("; ").join(f"{label(key, names)} {told(one, names)}" for key, one in value.items())
    if isinstance(value, (list, tuple)):
        return _(", ").join(told(one, names) for one in value)
    return _moment(value) or str(names.get(str(value)) or VALUES.get(str(value)) or value)


def _moment(value: Any) -> str:
    text = value.isoformat() if isinstance(value, (dt.date, dt.datetime)) else str(value)
    if _DAY.match(text):
        return formats.day(dt.date.fromisoformat(text))
    found = parse_datetime(text) if _MOMENT.match(text) else None
    return formats.moment(found) if found else ""


def names_of(rules: Policy | None) -> dict[str, Any]:
    """Everything a policy gives a name to, by key."""
    if rules is None or not hasattr(rules, "conditions"):
        return {}
    names: dict[str, Any] = {}
    for form in rules.forms:
        names |= {field.key: field.label for section in form.sections for field in section.fields}
    names |= {check.key: check.label for check in rules.checks}
    names |= {condition.key: condition.text for condition in rules.conditions}
    names |= {ground.key: ground.text for condition in rules.conditions for ground in condition.any_of}
    names |= {stage.key: stage.name for stage in rules.stages}
    for prize in rules.prizes:
        names[prize.key] = prize.name
        names |= {tier.key: tier.name for tier in prize.tiers}
        names |= {category.key: category.name for category in prize.categories}
    return names
