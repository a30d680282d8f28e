"""The facts of an organisation's profile as questions, and any fact in words: for people who have no application yet, and for every “why?”."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import LegalStatus, OrganisationKind
from applications.forms import fields
from applications.forms.layout import Layout
from applications.forms.pages import ACTIVITIES, INDUSTRIES, SECTOR_NAMES, SIZES, SUBORDINATION
from jurisdictions.policy import Policy
from jurisdictions.policy.base import Text
from jurisdictions.policy.constitution import Check
from jurisdictions.policy.forms import Choice, Field

_LABELS: dict[str, tuple[str | Promise, str]] = {
    "kind": (_("Kind of organisation"), "choice"),
    "legal_status": (_("Legal status"), "choice"),
    "industry": (_("Industry (GB/T 4754)"), "choice"),
    "sectors": (_("Sectors in which the organisation works"), "choices"),
    "activities": (_("Activities"), "choices"),
    "in_territory": (_("Is its registered place in the territory of this award?"), "yes_no"),
    "region": (_("Division code of the registered place"), "text"),
    "operating": (_("Does it operate normally?"), "yes_no"),
    "operating_since": (_("Operating since"), "date"),
    "founded_on": (_("Registered or set up on"), "date"),
    "size": (_("Size"), "choice"),
    "listed": (_("Is it listed, or soon to be?"), "yes_no"),
    "employees": (_("Employees"), "integer"),
    "has_parent": (_("Is it a part of another organisation?"), "yes_no"),
    "subordination": (_("Directly under"), "choice"),
}
_OFFERED: dict[str, Iterable[tuple[str, Any]]] = {
    "kind": OrganisationKind.choices,
    "legal_status": LegalStatus.choices,
    "industry": INDUSTRIES,
    "sectors": SECTOR_NAMES.items(),
    "activities": ACTIVITIES,
    "size": SIZES,
    "subordination": SUBORDINATION,
}
_OTHER = {
    "awards.won": _("Awards won"), "awards.held": _("Awards held"), "awards.ever": _("Awards ever won"),
    "awards.county_level": _("Holds an award of a county-level government"), "awards.higher_level": _("Awards of higher levels"),
    "awards.barred_until": _("Barred until"), "awards.years_since": _("Years since earlier awards"), "round.year": _("Year of the round"),
    "round.last_year": _("Year before"), "round.opened_on": _("Applications open since"), "round.closes_on": _("Last day for filing"),
    "app.prize": _("Prize"), "app.category": _("Category"), "app.filed_on": _("Filed on"), "app.kind": _("Kind of organisation"),
}  # fmt: skip


def both(words: Any) -> Text:
    """A translatable text as policies hold texts."""
    with override("zh-hans"):
        zh = str(words)
    with override("en"):
        return Text(zh=zh or "—", en=str(words) or "—")


def field_of(name: str, article: str = "", only: Sequence[str] = ()) -> Field:
    """``org.<name>`` as a question. ``only``: the keys worth offering (those that a condition names)."""
    label, kind = _LABELS[name]
    choices = [
        Choice(key=key, label=both(words)) for key, words in _OFFERED.get(name, ()) if key and (not only or key in only)
    ]
    return Field(
        key=name, label=both(label), type=kind, required=False, choices=choices, article=article or None,
        not_future=kind == "date", min_value=0 if kind == "integer" else None,
    )  # fmt: skip


def check_field(check: Check) -> Field:
    """A fact that the office will establish, asked of the applicant beforehand."""
    choices = [Choice(key=key, label=words) for key, words in check.choices.items()]
    kind = {"number": "decimal", "text": "text"}.get(check.type, check.type)
    return Field(key=check.key, label=check.label, type=kind, required=False, choices=choices, article=check.article)


def knows(name: str) -> bool:
    """Whether ``org.<name>`` can be asked."""
    return name in _LABELS


def in_words(path: str, value: Any, policy: Policy, plan: Layout) -> tuple[str, str]:
    """A fact with its label, as people read it; “—” while nobody knows it."""
    namespace, _dot, name = path.partition(".")
    field = _field(namespace, name, policy, plan)
    if field is None:
        return str(_OTHER.get(path, path)), _plain(value, policy)
    shown = fields.show(field, _stored(field, value))
    return str(field.label), shown or "—"


def _field(namespace: str, name: str, policy: Policy, plan: Layout) -> Field | None:
    if namespace == "form":
        return plan.fields.get(name)
    if namespace == "org" and knows(name):
        return field_of(name)
    check = next((one for one in policy.checks if namespace == "check" and one.key == name), None)
    return check_field(check) if check else None


def _stored(field: Field, value: Any) -> Any:
    """Facts are typed; what is shown is what would be stored."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _plain(value: Any, policy: Policy) -> str:
    if value in (None, "", [], {}):
        return "—"
    if isinstance(value, bool):
        return fields.show(Field(key="x", label=Text(zh="x", en="x"), type="yes_no"), value)
    names = {prize.key: str(prize.name) for prize in policy.prizes}
    if isinstance(value, dict):
        return "、".join(f"{names.get(str(key), key)} {_plain(one, policy)}" for key, one in value.items())
    if isinstance(value, list):
        return "、".join(
            _award(one, names) if isinstance(one, dict) else names.get(str(one), str(one)) for one in value
        )
    return names.get(str(value), str(value))


def _award(award: dict[str, Any], names: dict[str, str]) -> str:
    return f"{award.get('year', '')} {names.get(award.get('prize', ''), award.get('jurisdiction', ''))}".strip()
