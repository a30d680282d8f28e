"""From ``path → assumed value`` to questions with labels and controls, and back from what was typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from jurisdictions.policy import Policy
from jurisdictions.policy.base import Text
from rounds.assumptions.words import PARAMETERS, SECTIONS, VALUES
from rounds.rulebook import assumed


@dataclass(frozen=True, slots=True)
class Leaf:
    """One control. ``name``: its form name; ``kind``: choice, choices, yes_no, number or text; ``value`` as JSON has it."""

    name: str
    label: str
    kind: str
    value: Any
    choices: list[tuple[str, str]] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """The value in words."""
        given = self.value if isinstance(self.value, list) else [self.value]
        return "、".join(str(VALUES.get(str(v), v)) for v in given)


@dataclass(frozen=True, slots=True)
class Question:
    """One assumed value: where it stands, what it is, why it is assumed so."""

    path: str
    where: str
    label: str
    reason: Text
    leaves: list[Leaf]


def questions(policy: Policy, document: Mapping[str, Any]) -> list[Question]:
    """One question per assumed value, in the order of the document."""
    return [_question(policy, path, setting) for path, setting in assumed(document)]


def changes(asked: list[Question], given: Mapping[str, Any]) -> dict[str, Any]:
    """``path → new value`` for what differs from the present value; ``given``: form names to what was typed."""
    found = {}
    for question in asked:
        values = {leaf.name: _typed(leaf, given) for leaf in question.leaves}
        if any(values[leaf.name] != leaf.value for leaf in question.leaves):
            if len(question.leaves) == 1 and question.leaves[0].name == question.path:
                found[question.path] = values[question.path]
            else:
                found[question.path] = {name.rpartition("#")[2]: value for name, value in values.items()}
    return found


def _question(policy: Policy, path: str, setting: dict[str, Any]) -> Question:
    model, value = _at(policy, path), setting["value"]
    parts = [part for part in path.split(".") if not part.isdigit()]
    reason = Text.model_validate(setting["reason"])
    if isinstance(value, dict):
        leaves = [
            _leaf(
                f"{path}#{name}",
                name,
                part,
                _choices(type(model.value), name) if isinstance(model.value, BaseModel) else [],
            )
            for name, part in value.items()
        ]
    else:
        leaves = [_leaf(path, parts[-1], value, _choices(type(model), "value"))]
    return Question(path, _where(policy, path), str(PARAMETERS.get(parts[-1], parts[-1])), reason, leaves)


def _leaf(name: str, word: str, value: Any, choices: list[str]) -> Leaf:
    label = str(PARAMETERS.get(word, word))
    options = [(choice, str(VALUES.get(choice, choice))) for choice in choices]
    if isinstance(value, bool):
        return Leaf(name, label, "yes_no", value)
    if isinstance(value, list):
        return Leaf(name, label, "choices", value, options)
    if options:
        return Leaf(name, label, "choice", value, options)
    return Leaf(name, label, "number" if isinstance(value, int | float) else "text", value)


def _choices(model: type[Any], name: str) -> list[str]:
    """The values that a ``Literal`` (or a list of one) allows."""
    annotation = model.model_fields[name].annotation if name in model.model_fields else None
    if get_origin(annotation) is list:
        annotation = get_args(annotation)[0]
    return [str(choice) for choice in get_args(annotation)] if get_origin(annotation) is Literal else []


def _at(policy: Policy, path: str) -> Any:
    return list(_along(policy, path))[-1]


def _along(policy: Policy, path: str) -> Iterator[Any]:
    """What the path passes through, the thing that it leads to last."""
    found: Any = policy
    for part in path.split("."):
        if isinstance(found, list | tuple):
            found = found[int(part)]
        else:
            found = found[part] if isinstance(found, dict) else getattr(found, part)
        yield found


def _where(policy: Policy, path: str) -> str:
    """The named things that the path passes through: a stage's name, a prize's, …"""
    names = [name for thing in _along(policy, path) for name in _name_of(policy, thing)]
    return " · ".join(names) or str(SECTIONS.get(path.split(".")[0], ""))


def _name_of(policy: Policy, thing: Any) -> Iterator[str]:
    name = getattr(thing, "name", None) or getattr(thing, "title", None)
    if isinstance(name, Text) and thing is not policy:
        yield str(name)
    elif hasattr(thing, "stage") and isinstance(thing.stage, str):
        yield str(policy.stage(thing.stage).name)


def _typed(leaf: Leaf, given: Mapping[str, Any]) -> Any:
    if leaf.kind == "choices":
        return given.getlist(leaf.name) if hasattr(given, "getlist") else given.get(leaf.name, leaf.value)
    text = str(given.get(leaf.name, "")).strip()
    if leaf.kind == "yes_no":
        return text == "yes"
    if leaf.kind == "number":
        return _number(text)
    return text


def _number(text: str) -> Any:
    """An int where it is one; what is no number stays text, so that the policy's own check names it."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return int(value) if value == value.to_integral_value() else float(value)
