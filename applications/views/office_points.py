"""Points in words: what is asked, and the facts that were read under the names that people know them by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from applications.domain.acceptance import words_of
from applications.forms.layout import layout
from applications.models.assessment import Assessment
from applications.showing import Part
from jurisdictions.policy import Policy
from rounds.models import StageEntry


def dress(points: Iterable[Assessment], row: StageEntry) -> None:
    """Give each point ``words`` (what is asked), ``told`` ({fact: value in words}) and ``lacks`` (facts missing)."""
    rules = row.stage.round.rules
    names = names_of(rules, row.entry.prize)
    for point in points:
        told = {names.get(key, key): _value(value, names) for key, value in point.facts.items()}
        point.words = words_of(point, rules)  # type: ignore[attr-defined]
        point.told = told  # type: ignore[attr-defined]
        point.lacks = [names.get(key, key) for key in point.unknown]  # type: ignore[attr-defined]


def lay_beside(points: Iterable[Assessment], row: StageEntry, parts: Iterable[Part]) -> None:
    """Give each point ``beside``: the answers and files that the policy names as its evidence, as this reader may see them."""
    shown = {answer.key: answer for part in parts for answer in part.answers}
    named = {condition.key: condition.evidence for condition in row.stage.round.rules.conditions}
    for point in points:
        point.beside = [shown[key] for key in named.get(point.key, ()) if key in shown]  # type: ignore[attr-defined]


def names_of(rules: Policy, prize: str) -> dict[str, str]:
    """The facts of a policy by the labels of its form and its checks; stages by their names; the organisation's profile."""
    fields = layout(rules, prize).fields
    names = {f"form.{key}": str(field.label) for key, field in fields.items()}
    names |= {key: str(field.label) for key, field in fields.items()}
    names |= {f"check.{check.key}": str(check.label) for check in rules.checks}
    names |= {stage.key: str(stage.name) for stage in rules.stages}
    return names | {f"org.{key}": str(label) for key, label in _profile().items()} | _round()


def _value(value: Any, names: Mapping[str, str]) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "、".join(names.get(str(one), _value(one, names)) for one in value) or "—"
    if isinstance(value, dict):
        words = _step()
        return "；".join(f"{words.get(key, key)}: {_value(one, names)}" for key, one in value.items())
    return str(value)


def _step() -> dict[str, str]:
    """What is looked at of an earlier step."""
    return {
        "article": _("article"), "status": _("status"), "ok": _("in order"), "filed_at": _("filed at"), "first_day": _("first day"),
        "last_day": _("last day"), "days": _("days counted"), "needed": _("days needed"), "departure": _("reason for the departure"),
        "published_on": _("published on"), "window_ends_at": _("window ends at"), "passed_at": _("sent on at"), "opinion": _("audit opinion"),
    }  # fmt: skip


def _profile() -> dict[str, str]:
    return {
        "kind": _("kind of organisation"),
        "legal_status": _("legal status"),
        "founded_on": _("registered or set up on"),
        "operating_since": _("operating since"),
        "region": _("division code of the registered place"),
        "in_territory": _("registered in this territory"),
        "operating": _("operates normally"),
        "industry": _("industry section (GB/T 4754)"),
        "sectors": _("sectors"),
        "activities": _("activities"),
        "subordination": _("directly under"),
        "size": _("size"),
    }


def _round() -> dict[str, str]:
    return {"round.closes_on": _("last day for filing"), "round.year": _("year"), "missing": _("not filled in")}
