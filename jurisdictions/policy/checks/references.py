"""What is named exists, and bears its name alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from jurisdictions.policy.base import Model
from jurisdictions.policy.checks.walk import Said, everything
from jurisdictions.policy.document import Policy
from jurisdictions.policy.forms import Form
from jurisdictions.policy.marks import Path
from jurisdictions.policy.problems import Problem, nearest

UNKNOWN = _("there is no {what} '{key}'; the nearest is '{near}'")
TWICE = _("the key '{key}' stands here twice")
ROUND_ABOUT = _("'{key}' lies inside itself")

PRIZE, SHEET, ORGAN, STAGE = _("prize"), _("score sheet"), _("organ"), _("stage")
CHECK, FORM, QUOTA, QUALIFICATION = _("check"), _("form"), _("quota"), _("qualification")
TIER, CATEGORY, FIELD = _("tier"), _("category"), _("form field")

#: (class name, field name) → what the value names. Lists and mappings are looked into; ``:keys`` looks at a mapping's keys.
NAMES: Mapping[tuple[str, str], str] = {
    ("Cycle", "rotation"): PRIZE, ("Cycle", "decided_by"): ORGAN,
    ("Organ", "set_up_by"): ORGAN, ("Organ", "members_approved_by"): ORGAN,
    ("Prize", "fallback_for"): PRIZE, ("Prize", "requires"): PRIZE,
    ("Prize", "fallback_stage"): STAGE, ("Prize", "form"): FORM,
    ("Quota", "prizes"): PRIZE, ("Quota", "inside"): QUOTA, ("Quota", "share_of"): STAGE,
    ("Quota", "tiers"): TIER, ("Quota", "categories"): CATEGORY,
    ("WaitingPeriod", "holders_of"): PRIZE, ("WaitingPeriod", "applying_for"): PRIZE,
    ("Condition", "prizes"): PRIZE, ("Condition", "evidence"): FIELD,
    ("Form", "prizes"): PRIZE, ("Form", "self_evaluation"): SHEET,
    ("Sanction", "chain"): ORGAN, ("ObjectionRules", "report_to"): ORGAN,
    ("Consultation", "asks"): CHECK, ("Eligibility", "checks"): CHECK, ("PreliminaryReview", "checks"): CHECK,
    ("TeamReview", "sheets"): SHEET, ("TeamReview", "sheets:keys"): PRIZE,
    ("TeamRule", "qualifications"): QUALIFICATION, ("TeamRule", "qualifications:keys"): PRIZE,
    ("PlanApproval", "by"): ORGAN, ("DepartmentReview", "organ"): ORGAN,
    ("Input", "stage"): STAGE, ("Vote", "electorate"): ORGAN, ("Vote", "tier_majorities:keys"): TIER,
    ("Publicity", "by"): ORGAN, ("Publicity", "report_to"): ORGAN,
    ("Approval", "by"): ORGAN, ("Approval", "reviewed_by"): ORGAN,
}  # fmt: skip


def known(policy: Policy) -> dict[str, set[str]]:
    """Everything that may be named, by what it is."""
    return {
        PRIZE: {p.key for p in policy.prizes},
        SHEET: {s.key for s in policy.sheets},
        ORGAN: {o.key for o in policy.organs},
        STAGE: {s.key for s in policy.stages},
        CHECK: {c.key for c in policy.checks},
        FORM: {f.key for f in policy.forms},
        QUOTA: {q.key for q in policy.quotas},
        QUALIFICATION: set(policy.qualifications),
        TIER: {t.key for p in policy.prizes for t in p.tiers},
        CATEGORY: {c.key for p in policy.prizes for c in p.categories},
        FIELD: {field.key for form in policy.forms for section in form.sections for field in section.fields},
    }


def names_exist(policy: Policy) -> Iterator[Problem]:
    names = known(policy)
    for said in everything(policy):
        for suffix, pick in (("", _values), (":keys", _keys)):
            what = NAMES.get((type(said.model).__name__, said.name + suffix))
            for path, key in pick(said.value, said.path) if what else ():
                if what and key not in names[what]:
                    near = nearest(key, names[what]) or "—"
                    yield Problem(path, UNKNOWN, {"what": what, "key": key, "near": near}, article=_article(said))


def _values(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list | dict):
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _values(item, (*path, step))


def _keys(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, dict):
        yield from (((*path, key), key) for key in value if key != "any")


def _article(said: Said) -> str:
    return getattr(said.model, "article", "") or ""


def names_are_single(policy: Policy) -> Iterator[Problem]:
    """No two things of one list have the same key; nor two questions of a form, or two criteria of a sheet."""
    for said in everything(policy):
        if isinstance(said.value, list):
            yield from _twice([(item.key, (*said.path, i)) for i, item in enumerate(said.value) if _has_key(item)])
        if isinstance(said.model, Form) and said.name == "sections":
            fields = [
                (f.key, (*said.path, i, "fields", k)) for i, s in enumerate(said.value) for k, f in enumerate(s.fields)
            ]
            yield from _twice(fields, among=lambda path: path[:-2])


def _has_key(item: Any) -> bool:
    return isinstance(item, Model) and isinstance(getattr(item, "key", None), str)


def _twice(found: list[tuple[str, Path]], among: Callable[[Path], Path] | None = None) -> Iterator[Problem]:
    """Report each second bearer; ``among``: only where the first stands in another group."""
    count: Counter[str] = Counter()
    first: dict[str, Path] = {}
    for key, path in found:
        count[key] += 1
        before = first.setdefault(key, path)
        if count[key] > 1 and (among is None or among(before) != among(path)):
            yield Problem((*path, "key"), TWICE, {"key": key})


def leaves_are_single(policy: Policy) -> Iterator[Problem]:
    """A sheet's scored items have keys of their own, wherever in the tree they stand."""
    for place, sheet in enumerate(policy.sheets):
        for key, times in Counter(leaf.key for leaf in sheet.leaves()).items():
            if times > 1:
                yield Problem(("sheets", place, "criteria"), TWICE, {"key": key})


def quotas_nest(policy: Policy) -> Iterator[Problem]:
    """``inside`` leads outwards and never back."""
    inside = {quota.key: quota.inside for quota in policy.quotas}
    for place, quota in enumerate(policy.quotas):
        seen, here = {quota.key}, quota.inside
        while here:
            if here in seen:
                yield Problem(("quotas", place, "inside"), ROUND_ABOUT, {"key": quota.key}, article=quota.article)
                break
            seen.add(here)
            here = inside.get(here)
