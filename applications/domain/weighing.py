"""A condition weighed against facts: true, false, or unknown. Pure; nothing here reads the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jurisdictions.policy import cel
from jurisdictions.policy.forms import Condition

Facts = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Weighed:
    """``value``: True, False or None (unknown). ``read``: facts as they stood; ``grounds``: {ground key: value}."""

    value: bool | None
    read: dict[str, Any] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    grounds: dict[str, bool | None] = field(default_factory=dict)


def weigh(condition: Condition, facts: Facts) -> Weighed | None:
    """None where the condition is not asked of the entry. Judged by people: unknown until they find."""
    asked = cel.evaluate(condition.when, facts) if condition.when else None
    if asked is not None and asked.value is False:
        return None
    parts = [cel.evaluate(source, facts) for source in ([condition.require] if condition.require else [])]
    grounds = {ground.key: cel.evaluate(ground.require, facts) for ground in condition.any_of}
    values: list[bool | None] = [part.value for part in parts]
    if grounds:
        values.append(any_of([verdict.value for verdict in grounds.values()]))
    every = [*([asked] if asked else []), *parts, *grounds.values()]
    read = {path: value for verdict in every for path, value in verdict.read.items()}
    unknown = tuple(dict.fromkeys(path for verdict in every for path in verdict.unknown))
    value = all_of(values) if values else None
    if asked is not None and asked.value is None and value is not True:
        value = None  # whether it is asked at all is unknown: only what holds anyhow is settled
    return Weighed(value, read, unknown, {key: verdict.value for key, verdict in grounds.items()})


def all_of(values: Sequence[bool | None]) -> bool | None:
    """False as soon as one is false; unknown as soon as one is unknown."""
    if any(value is False for value in values):
        return False
    return None if any(value is None for value in values) else True


def any_of(values: Sequence[bool | None]) -> bool | None:
    """True as soon as one is true; unknown as soon as one is unknown."""
    if any(value is True for value in values):
        return True
    return None if any(value is None for value in values) else False


def is_weighed(condition: Condition) -> bool:
    """Whether staff have to do with it: computed, or judged by staff (reviewers judge the rest in their own stages)."""
    return bool(condition.require or condition.any_of) or condition.judged_by == "staff"


def reads_check(condition: Condition, keys: set[str]) -> bool:
    """Whether one of its expressions reads one of these checks."""
    sources = [condition.when, condition.require, *(ground.require for ground in condition.any_of)]
    read = {path for source in sources if source for path in cel.paths(source)}
    return bool(read & {f"check.{key}" for key in keys})
