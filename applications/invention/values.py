"""Candidate values of a fact: few, and such that every comparison in the policy's expressions can fall either way."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from applications.invention.literals import Literals
from jurisdictions.calendar import years_before
from jurisdictions.policy import Policy
from jurisdictions.policy.constitution import Check
from jurisdictions.policy.facts import SECTORS
from jurisdictions.policy.forms import Column, Field
from jurisdictions.policy.prizes import Prize

MOST_ROWS = 96
MOST_YEARS = 60
INDUSTRIES = "ABCDEFGHIJKLMNOPQRS"
#: The harmless answer first: a search begins with it.
USUAL_YEARS = (12, 8, 20)


def numbers(
    found: Literals, least: Decimal | None = None, most: Decimal | None = None, *, whole: bool = False
) -> list[Any]:
    """Each number named, its neighbours and nought, within the bounds; large ones first (more is usually better)."""
    step = Decimal(1)
    around = {n + d for n in (*found.numbers, Decimal(0)) for d in (-step, Decimal(0), step, Decimal(50))}
    inside = [n for n in around if (least is None or n >= least) and (most is None or n <= most)]
    inside += [bound for bound in (least, most) if bound is not None]
    kept = sorted({n.to_integral_value() if whole else n for n in inside}, reverse=True)
    return [int(n) if n == n.to_integral_value() else n for n in kept]


def dates(found: Literals, closes_on: dt.date, latest: dt.date | None = None) -> list[str]:
    """Days so many years before and after the last day for filing, a day to either side of each; and the dates named."""
    spans = [int(n) for n in found.numbers if 0 < n <= MOST_YEARS and n == n.to_integral_value()]
    anchors = [years_before(closes_on, years) for years in dict.fromkeys((*USUAL_YEARS, *spans, 1, 2, 3, 5))]
    anchors += [years_before(closes_on, -2), closes_on, *found.dates]
    around = [day + dt.timedelta(days=shift) for day in anchors for shift in (0, -40, 40, 1, -1)]
    return [day.isoformat() for day in dict.fromkeys(around) if latest is None or day <= latest]


def of_field(field: Field, found: Literals, closes_on: dt.date, today: dt.date) -> list[Any]:
    """Stored forms of an answer. A declaration that must be accepted is accepted: nothing else can be filed."""
    if field.type in ("integer", "decimal", "money", "percent"):
        return [str(n) for n in numbers(found, field.min_value, field.max_value, whole=field.type == "integer")]
    if field.type == "date":
        return dates(found, closes_on, today if field.not_future else None)
    if field.type == "rows":
        return _tables(field, found, closes_on, today)
    return _OF_TYPE[field.type](field, found)


def _choices(field: Field, found: Literals) -> list[Any]:
    keys = [choice.key for choice in field.choices]
    return [*([] if field.required else [[]]), *([key] for key in keys), keys]


def _tables(field: Field, found: Literals, closes_on: dt.date, today: dt.date) -> list[Any]:
    """No rows (where allowed), one row of every combination of the columns that matter, and as many as must be."""
    columns = [
        column
        for column in field.columns
        if column.required or column.type in ("choice", "yes_no", "date") or _named(column)
    ]
    options = [_cells(column, found, closes_on, today) for column in columns]
    rows = [
        {column.key: cell for column, cell in zip(columns, cells, strict=True) if cell is not None}
        for cells in itertools.islice(_spread(options), MOST_ROWS)
    ]
    least = max(field.min_rows, 1)
    tables: list[Any] = [[row] * least for row in rows]
    counts = {int(n) + d for n in found.numbers for d in (0, 1) if 0 < n < field.max_rows}
    tables += [[rows[0]] * count for count in sorted(counts) if rows and count >= least]
    return tables if field.required else [[], *tables]


def _named(column: Column) -> bool:
    return column.type in ("integer", "decimal", "money")


def _spread(options: list[list[Any]]) -> Any:
    """Combinations in an order in which the first few already vary every column."""
    longest = max((len(option) for option in options), default=0)
    for place in range(longest):
        yield tuple(option[place % len(option)] for option in options)
    yield from itertools.product(*options)


def _cells(column: Column, found: Literals, closes_on: dt.date, today: dt.date) -> list[Any]:
    if column.type == "choice":
        return [choice.key for choice in column.choices] or [None]
    if column.type == "yes_no":
        return [True, False]
    if column.type == "date":
        return dates(found, closes_on, today)[:12]
    if column.type in ("integer", "decimal", "money"):
        return [str(n) for n in numbers(found, whole=column.type == "integer")][:8]
    return ["演练示例"]


def _indicators(field: Field, found: Literals) -> list[Any]:
    """The same number in every cell, rising, and falling."""
    names = [f"y{n}" for n in range(1, field.years + 1)]
    tables = []
    for base in numbers(found)[:12]:
        for slope in (0, -1, 1):
            tables.append(
                {i.key: {name: str(base + slope * place) for place, name in enumerate(names)} for i in field.indicators}
            )
    return tables


def of_check(check: Check, found: Literals, closes_on: dt.date) -> list[Any]:
    """The harmless answer first."""
    if check.type == "yes_no":
        good = check.good != "false"
        return [good, not good]
    if check.type == "choice":
        keys = list(check.choices)
        return sorted(keys, key=lambda key: key != check.good)
    if check.type == "number":
        return numbers(found)
    if check.type == "date":
        return dates(found, closes_on)
    return [check.good or "无", *found.words]


def of_profile(name: str, policy: Policy, prize: Prize, found: Literals, closes_on: dt.date) -> list[Any]:
    """``org.<name>``; what the prize does not admit is no candidate."""
    fixed: dict[str, list[Any]] = {
        "kind": list(prize.applicants), "legal_status": list(prize.legal_statuses), "in_territory": [True, False], "operating": [True, False],
        "industry": list(dict.fromkeys([*(w for w in found.words if len(w) == 1 and w in INDUSTRIES), *"CGIA"])),
        "sectors": [[], *([word] for word in found.words if word in SECTORS), ["modern_services"]],
        "activities": [[activity] for activity in prize.activities] or [["production"], ["services"], ["agriculture"], ["construction"]],
        "subordination": ["", "county", "city", "prefecture", "province", "central"], "size": ["large", "medium", "small", "micro"],
        "listed": [False, True],
    }  # fmt: skip
    if name in ("founded_on", "operating_since"):
        return dates(found, closes_on, closes_on)
    if name == "employees":
        return numbers(found, Decimal(1), whole=True)
    return fixed.get(name, [None])


def of_awards(name: str, policy: Policy, prize: Prize, found: Literals) -> list[Any]:
    """``awards.<name>``: no history first."""
    keys = [one.key for one in policy.prizes]
    if name in ("held", "ever"):
        needed = [[key] for key in prize.requires] if name == "held" else []
        return needed or [[], *([key] for key in keys)]
    if name == "county_level":
        return [False, True]
    if name == "higher_level":
        return [[], ["province"], ["nation"]]
    if name == "barred_until":
        return [""]
    return [{}] if name == "years_since" else [[]]


_OF_TYPE: dict[str, Callable[[Field, Literals], list[Any]]] = {
    "declaration": lambda field, found: [True] if field.must_accept else [True, False],
    "yes_no": lambda field, found: [False, True],
    "choice": lambda field, found: [choice.key for choice in field.choices],
    "choices": _choices,
    "indicators": _indicators,
    "files": lambda field, found: [None],
    "text": lambda field, found: [*found.words, "演练内容"],
    "long_text": lambda field, found: [*found.words, "演练内容"],
}
