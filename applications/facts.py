"""Facts that conditions read: ``org``, ``form``, ``check``, ``app``. Each provider serves many entries in a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import prefetch_related_objects

from accounts.models import Organisation
from applications.forms.answers import understand
from applications.forms.layout import layout
from applications.models import Application, FiledVersion
from core import reading
from core.clock import legal_date
from jurisdictions.policy import Policy, cel
from rounds.facts import Facts, provide, round_facts_of, values_of
from rounds.models import Entry, Round

#: Typing an answer never depends on the day; only problems do.
ANY_DAY = dt.date.max


def profile_of(organisation: Organisation, policy: Policy) -> dict[str, Any]:
    """``org.*`` of an organisation, as ``jurisdictions.policy.facts.ORG`` names them."""
    region = organisation.region or ""
    return {
        "kind": organisation.kind,
        "legal_status": organisation.legal_status,
        "founded_on": _iso(organisation.founded_on),
        "operating_since": _iso(organisation.operating_since or organisation.founded_on),
        "region": region or None,
        "in_territory": lies_in(region, policy.territory) if region else None,
        "operating": organisation.operating,
        "industry": organisation.industry or None,
        "sectors": list(organisation.sectors),
        "activities": list(organisation.activities),
        "subordination": organisation.subordination,
        "size": organisation.size or None,
        "listed": organisation.listed,
        "employees": organisation.employees,
        "has_parent": organisation.parent_id is not None,
    }


def lies_in(region: str, territory: Sequence[str]) -> bool:
    """Whether a division code (GB/T 2260) lies in one of the territories named by prefixes."""
    return any(region.startswith(_significant(prefix)) for prefix in territory)


def _significant(prefix: str) -> str:
    """``331100`` names all of 3311: pairs of zeros at the end say nothing."""
    while len(prefix) > 2 and prefix.endswith("00"):
        prefix = prefix[:-2]
    return prefix


@provide("org")
def org_facts(entries: Sequence[Entry]) -> dict[int, dict[str, Any]]:
    """The organisation's profile: as it was filed, else as it stands."""
    _prepare(entries)
    filed = _filed(entries)
    found = {}
    for entry in entries:
        version = filed.get(entry.pk)
        found[entry.pk] = (
            dict(version.profile)
            if version and version.profile
            else profile_of(entry.organisation, rules_of(entry.round))
        )
    return found


@provide("form")
def form_facts(entries: Sequence[Entry]) -> dict[int, dict[str, Any]]:
    """Typed answers: those filed, else the draft's."""
    _prepare(entries)
    filed, drafts, more = _filed(entries), _drafts(entries), _further(entries)
    found = {}
    for entry in entries:
        version, draft = filed.get(entry.pk), drafts.get(entry.pk)
        answers = version.answers if version else (draft.answers if draft else {})
        found[entry.pk] = typed_answers(
            entry, answers, version.profile if version else None, complete=version is not None, more=more[entry.pk]
        )
    return found


@provide("check")
def check_facts(entries: Sequence[Entry]) -> dict[int, dict[str, Any]]:
    """What the office and departments established."""
    return {pk: dict(draft.checks) for pk, draft in _drafts(entries).items()}


@provide("app")
def app_facts(entries: Sequence[Entry]) -> dict[int, dict[str, Any]]:
    """The application itself."""
    _prepare(entries)
    drafts = _drafts(entries)

    def of(entry: Entry) -> dict[str, Any]:
        draft = drafts.get(entry.pk)
        filed_on = legal_date(draft.filed_at).isoformat() if draft and draft.filed_at else None
        return {
            "prize": entry.prize,
            "category": entry.category or None,
            "filed_on": filed_on,
            "kind": entry.organisation.kind,
        }

    return {entry.pk: of(entry) for entry in entries}


def typed_answers(
    entry: Entry,
    answers: dict[str, Any],
    profile: dict[str, Any] | None = None,
    *,
    complete: bool = False,
    more: Facts | None = None,
) -> dict[str, Any]:
    """``form.*`` of one entry from its stored answers; no queries when its round and organisation are at hand.

    ``more``: further namespaces that the form's own conditions read.
    """
    policy = rules_of(entry.round)
    facts = {**(more or {}), **surroundings(entry, policy, profile)}
    return understand(layout(policy, entry.prize), answers, facts, ANY_DAY, complete=complete).typed


def surroundings(entry: Entry, policy: Policy, profile: dict[str, Any] | None = None) -> Facts:
    """What a form's own conditions (``shown_when``) may read besides its answers."""
    return {
        "org": profile or profile_of(entry.organisation, policy),
        "round": round_facts_of(entry.round),
        "app": {"prize": entry.prize, "category": entry.category or None, "kind": entry.organisation.kind},
    }


def _further(entries: Sequence[Entry]) -> dict[int, Facts]:
    """Namespaces beyond ``surroundings`` that some form reads to decide what it asks, e.g. earlier awards: provided once for all."""
    forms = {(id(rules_of(e.round)), e.prize): e for e in entries}.values()
    wanted = {name for one in forms for name in read_by_form(rules_of(one.round), one.prize)}
    found: dict[int, Facts] = {entry.pk: {} for entry in entries}
    for name in sorted(wanted - {"org", "round", "app", "form"}):
        provided = values_of(name, entries)
        for entry in entries:
            found[entry.pk][name] = provided.get(entry.pk, {})
    return found


def read_by_form(policy: Policy, prize: str) -> set[str]:
    """Namespaces that the conditions of a prize's form, and of its categories, read."""
    sources = [
        s for field in layout(policy, prize).fields.values() for s in (field.shown_when, field.required_when) if s
    ]
    sources += [category.when for category in policy.prize(prize).categories if category.when]
    return {path.split(".", 1)[0] for source in sources for path in cel.paths(source)}


def rules_of(round_: Round) -> Policy:
    """The round's rules."""
    return round_.rules


def _prepare(entries: Sequence[Entry]) -> None:
    prefetch_related_objects(list(entries), "round", "organisation")


def _drafts(entries: Sequence[Entry]) -> dict[int, Application]:
    """Read anew each time (once a page): what was established a moment ago counts."""
    pks = [entry.pk for entry in entries]
    rows = Application.objects.filter(entry__in=pks)
    return reading.kept(("drafts", *pks), lambda: {row.pk: row for row in rows})


def _filed(entries: Sequence[Entry]) -> dict[int, FiledVersion]:
    """The standing filed version of each entry."""
    pks = [entry.pk for entry in entries]
    rows = FiledVersion.objects.filter(application__in=pks, taken_back_at=None)
    return reading.kept(("filed", *pks), lambda: {row.application_id: row for row in rows})


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
