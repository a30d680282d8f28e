"""Facts that offices, departments and auditing bodies establish. The worst that stands counts; what the office itself established prevails."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from accounts.models import User
from applications.models import Application
from applications.models.assessment import CheckRecord
from core.refusals import Refused
from jurisdictions.models import Body
from jurisdictions.policy import Policy
from jurisdictions.policy.constitution import Check

S = CheckRecord.Source
TRUE, FALSE = frozenset({"true", "1", "yes", "on"}), frozenset({"false", "0", "no", "off"})


def read(check: Check, given: Any) -> Any:
    """The value as it is stored: bool, int or float, ISO date, text; None for no answer. Raises ``Refused("check_value_wrong")``."""
    if given is None or given == "":
        return None
    text = str(given).strip()
    try:
        return _READ[check.type](check, text)
    except (ValueError, InvalidOperation, KeyError) as error:
        raise Refused(
            "check_value_wrong", article=check.article, check=str(check.label), field=f"check-{check.key}"
        ) from error


def harmless(check: Check) -> Any:
    """What "nothing on record" means; None where the policy does not say."""
    return read(check, check.good) if check.good else None


def is_adverse(check: Check, value: Any) -> bool:
    """A value other than the harmless one, where the policy says which that is."""
    good = harmless(check)
    return good is not None and value is not None and value != good


def worst(check: Check, values: Iterable[Any]) -> Any:
    """Of several answers the one that weighs most: adverse before harmless, later choices before earlier, else the latest."""
    given = list(values)
    adverse = [value for value in given if is_adverse(check, value)] or given
    if check.type == "choice":
        ranks = list(check.choices)
        return max(adverse, key=lambda value: ranks.index(value) if value in ranks else -1)
    return adverse[-1]


def merged(check: Check, records: Iterable[CheckRecord]) -> Any:
    """The value that counts: the office's latest, else the worst of what stands."""
    standing = [record for record in records if record.standing]
    office = [record for record in standing if record.source == S.OFFICE]
    if office:
        return office[-1].value
    return worst(check, [record.value for record in standing]) if standing else None


def put_down(
    rules: Policy,
    given: Mapping[int, Mapping[str, Any]],
    *,
    source: str,
    actor: User | None,
    body: Body | None,
    at: dt.datetime,
    evidence: str = "",
) -> None:
    """Record ``{entry id: {check key: value}}`` from one source (what it said before falls) and renew what conditions read. Five queries."""
    given = {entry: values for entry, values in given.items() if values}
    if not given:
        return
    keys = {key for values in given.values() for key in values}
    rows = {row.pk: row for row in Application.objects.select_for_update(of=("self",)).filter(pk__in=given)}
    _let_fall(given, keys, source, body)
    CheckRecord.objects.bulk_create(
        CheckRecord(application=rows[entry], key=key, value=value, source=source, body=body, evidence=evidence, by=actor, at=at)
        for entry, values in given.items() for key, value in values.items()
    )  # fmt: skip
    _renew(rules, rows, keys)


def _let_fall(given: Mapping[int, Mapping[str, Any]], keys: set[str], source: str, body: Body | None) -> None:
    earlier = CheckRecord.objects.filter(application__in=list(given), key__in=keys, standing=True)
    earlier = earlier.filter(source=S.OFFICE) if source == S.OFFICE else earlier.filter(body=body)
    said = [pk for pk, entry, key in earlier.values_list("pk", "application_id", "key") if key in given[entry]]
    if said:
        CheckRecord.objects.filter(pk__in=said).update(standing=False)


def _renew(rules: Policy, rows: Mapping[int, Application], keys: set[str]) -> None:
    standing: dict[tuple[int, str], list[CheckRecord]] = {}
    for record in CheckRecord.objects.filter(application__in=list(rows), key__in=keys, standing=True).order_by("id"):
        standing.setdefault((record.application_id, record.key), []).append(record)
    for (entry, key), records in standing.items():
        rows[entry].checks = {**rows[entry].checks, key: merged(rules.check(key), records)}
    Application.objects.bulk_update(rows.values(), ["checks"])


def _yes_no(check: Check, text: str) -> bool:
    if text.lower() not in TRUE | FALSE:
        raise ValueError(text)
    return text.lower() in TRUE


def _number(check: Check, text: str) -> int | float:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return int(number) if number == number.to_integral_value() else float(number)


def _choice(check: Check, text: str) -> str:
    if text not in check.choices:
        raise ValueError(text)
    return text


_READ: dict[str, Any] = {
    "yes_no": _yes_no,
    "number": _number,
    "date": lambda check, text: dt.date.fromisoformat(text).isoformat(),
    "text": lambda check, text: text[:500],
    "choice": _choice,
}
