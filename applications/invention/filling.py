"""Fills the rest of a form with plausible answers that every reader accepts."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from typing import Any

from applications.forms.answers import is_required, understand
from applications.forms.fields.text import limit
from applications.invention import words
from applications.invention.puzzle import Puzzle
from jurisdictions.policy.forms import Column, Field

ROUNDS = 6


def fill(puzzle: Puzzle, profile: dict[str, dict[str, Any]], rng: random.Random) -> dict[str, Any]:
    """Stored answers for every field that is asked; those that conditions read keep what the search gave them."""
    decided = puzzle.read()
    answers = {key: value for key, value in profile["form"].items() if value is not None}
    others = {
        **{k: profile[k] for k in ("org", "check", "awards")},
        "round": puzzle.round_facts,
        "app": {"prize": puzzle.prize.key},
    }
    for _round in range(ROUNDS):
        answered = understand(puzzle.full, answers, others, puzzle.today)
        missing = [
            f
            for key, f in puzzle.full.fields.items()
            if key in answered.asked and key not in answers and f.type != "files"
        ]
        missing = [f for f in missing if f.key not in decided or is_required(f, answered)]
        if not missing:
            break
        for field in missing:
            answers[field.key] = answer(field, puzzle, profile, rng)
    return answers


def answer(field: Field, puzzle: Puzzle, profile: dict[str, dict[str, Any]], rng: random.Random) -> Any:
    """A valid answer to one field."""
    if field.type in ("yes_no", "declaration"):
        return True if field.type == "declaration" else rng.random() < 0.7
    if field.type == "choice":
        return rng.choice(field.choices).key if field.choices else ""
    if field.type == "choices":
        return [choice.key for choice in field.choices if rng.random() < 0.4] or [field.choices[0].key]
    if field.type == "date":
        return _date(puzzle.today, rng)
    if field.type == "rows":
        rows = max(field.min_rows, rng.randint(1, 3) if field.required else rng.randint(0, 2), 1)
        return [_row(field, puzzle.today, rng) for _n in range(min(rows, field.max_rows))]
    if field.type == "indicators":
        return {
            indicator.key: _indicator(field, indicator.unit.zh if indicator.unit else "", rng)
            for indicator in field.indicators
        }
    if field.type in ("text", "long_text"):
        return words.text(field.key, field.label.zh, limit(field), rng, long=field.type == "long_text")
    return number(field.min_value, field.max_value, rng, whole=field.type == "integer", kind=field.type)


def number(least: Decimal | None, most: Decimal | None, rng: random.Random, *, whole: bool, kind: str = "") -> str:
    """Inside the bounds."""
    low = least if least is not None else Decimal(0 if most is None or most >= 0 else most)
    high = most if most is not None else low + {"money": 50_000_000, "percent": 100}.get(kind, 500)
    if whole:
        first, last = (
            int(low.to_integral_value(rounding="ROUND_CEILING")),
            int(high.to_integral_value(rounding="ROUND_FLOOR")),
        )
        return str(rng.randint(first, last))
    share = Decimal(rng.randint(0, 100)) / 100
    return f"{(low + (high - low) * share).quantize(Decimal('0.01')).max(low).min(high).normalize():f}"


def _date(today: dt.date, rng: random.Random) -> str:
    return (today - dt.timedelta(days=rng.randint(60, 3000))).isoformat()


def _row(field: Field, today: dt.date, rng: random.Random) -> dict[str, Any]:
    return {column.key: _cell(column, today, rng) for column in field.columns}


def _cell(column: Column, today: dt.date, rng: random.Random) -> Any:
    if column.type == "date":
        return _date(today, rng)
    if column.type == "yes_no":
        return rng.random() < 0.7
    if column.type == "choice":
        return rng.choice(column.choices).key
    if column.type in ("integer", "decimal", "money"):
        return str(rng.randint(1, 90))
    return words.text(column.key, column.label.zh, 60, rng, long=False)


def _indicator(field: Field, unit: str, rng: random.Random) -> dict[str, Any]:
    """Rates stay below a hundred; sums rise from year to year."""
    base = rng.uniform(70, 98) if "%" in unit else rng.uniform(300, 30_000)
    row: dict[str, Any] = {f"y{n}": f"{base * 0.97 ** (n - 1):.2f}" for n in range(1, field.years + 1)}
    row["rank"] = f"第 {rng.randint(1, 12)} 位"
    return row
