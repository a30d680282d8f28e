"""Predicates: small, named, combinable questions ``(actor, thing) -> bool``. Deny by default."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.refusals import Refused

Question = Callable[[Any, Any], bool]


@dataclass(frozen=True, slots=True)
class Predicate:
    """A question about an actor and a thing; combine with ``&``, ``|`` and ``~``."""

    name: str
    ask: Question

    def __call__(self, actor: Any, thing: Any) -> bool:
        return bool(actor and actor.is_authenticated and actor.is_active and self.ask(actor, thing))

    def __and__(self, other: Predicate) -> Predicate:
        return Predicate(f"({self.name} and {other.name})", lambda a, t: self(a, t) and other(a, t))

    def __or__(self, other: Predicate) -> Predicate:
        return Predicate(f"({self.name} or {other.name})", lambda a, t: self(a, t) or other(a, t))

    def __invert__(self) -> Predicate:
        return Predicate(f"not {self.name}", lambda a, t: not self(a, t))


def predicate(ask: Question) -> Predicate:
    """Decorator: a plain function becomes a predicate named after it."""
    return Predicate(getattr(ask, "__name__", "predicate"), ask)


def require(rule: Predicate, actor: Any, thing: Any, *, article: str = "", code: str = "not_yours_to_do") -> None:
    """Refuse unless ``rule`` holds. Raises :class:`core.refusals.Refused`."""
    if not rule(actor, thing):
        raise Refused(code, article=article)
