"""The conditions of a prize as a puzzle: which facts may be chosen, and how well a choice does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from accounts.domain import PARTS
from applications.forms.answers import understand
from applications.forms.layout import Layout, layout
from applications.invention import values
from applications.invention.literals import literals
from jurisdictions.policy import Policy, cel
from jurisdictions.policy.conditions import assess
from jurisdictions.policy.forms import Condition, Section
from jurisdictions.policy.prizes import Prize
from rounds.facts import Facts

#: Of each fact, which of its candidate values.
Choice = dict[str, int]
Verdicts = dict[str, bool | None]
TARGET_WEIGHT = 50
#: An applicant without any award.
NO_HISTORY: dict[str, Any] = {
    "won": [], "held": [], "ever": [], "county_level": False, "higher_level": [], "barred_until": "", "years_since": {},
}  # fmt: skip
#: What the prize itself asks of a profile, whatever its conditions read.
ALWAYS = ("org.kind", "org.legal_status", "org.activities", "org.industry")
DERIVED = {"app.kind": "org.kind", "org.has_parent": "org.legal_status"}


def history_of(prize: Prize) -> dict[str, Any]:
    """The earlier awards of an ordinary applicant: none, or the one that the prize asks for."""
    needed = prize.requires[:1]
    return {**NO_HISTORY, "held": needed, "ever": needed} if needed else dict(NO_HISTORY)


class Puzzle:
    """``variables``: {fact: candidate values}. What a condition comes to is computed once for each combination of the facts it rests on."""

    def __init__(self, policy: Policy, prize: str, round_facts: Mapping[str, Any], today: dt.date) -> None:
        self.policy, self.prize, self.today = policy, policy.prize(prize), today
        self.round_facts = dict(round_facts)
        self.full = layout(policy, prize)
        self.conditions = {c.key: c for c in policy.conditions_for(prize) if c.require or c.any_of}
        rests_on = {key: self._closure(expressions(c)) for key, c in self.conditions.items()}
        paths = {*ALWAYS, *(path for found in rests_on.values() for path in found)}
        self.variables = {path: found for path in sorted(paths) if (found := self._values(path, paths))}
        #: For each condition the facts it rests on, those included that decide whether a question is asked.
        self.rests_on = {key: tuple(sorted(found & self.variables.keys())) for key, found in rests_on.items()}
        self.readers = {path: frozenset(k for k, on in self.rests_on.items() if path in on) for path in self.variables}
        self._layouts = {key: self._part(on) for key, on in self.rests_on.items()}
        self._known: dict[tuple[str, tuple[int, ...]], bool | None] = {}

    def value(self, path: str, choice: Choice) -> Any:
        """The value that a choice gives a fact."""
        return self.variables[path][choice[path]]

    def verdict(self, key: str, choice: Choice) -> bool | None:
        """What the condition comes to once such an application is filed."""
        places = tuple(choice[path] for path in self.rests_on[key])
        if (key, places) not in self._known:
            facts = self._facts({path: self.value(path, choice) for path in self.rests_on[key]}, self._layouts[key])
            self._known[key, places] = assess(self.conditions[key], facts).value
        return self._known[key, places]

    def verdicts(self, choice: Choice, keys: Iterable[str] | None = None) -> Verdicts:
        """What each condition (of ``keys``) comes to."""
        return {key: self.verdict(key, choice) for key in (self.conditions if keys is None else keys)}

    def cost(self, verdicts: Verdicts, fails: str | None) -> int:
        """0 when all is as wanted; a wrong target weighs most."""
        return sum(
            (TARGET_WEIGHT if key == fails else 1) for key, value in verdicts.items() if value is not (key != fails)
        )

    def read(self) -> frozenset[str]:
        """Keys of the form's fields that the conditions rest on."""
        return frozenset(path.removeprefix("form.") for path in self.variables if path.startswith("form."))

    def _facts(self, chosen: dict[str, Any], part: Layout) -> Facts:
        facts: Facts = {
            "round": self.round_facts,
            "org": {},
            "check": {},
            "awards": history_of(self.prize),
            "app": {"prize": self.prize.key},
        }
        answers: dict[str, Any] = {}
        for path, value in chosen.items():
            namespace, name = path.split(".", 1)
            (answers if namespace == "form" else facts[namespace])[name] = value
        facts["app"]["kind"] = facts["org"].get("kind")
        facts["org"]["has_parent"] = facts["org"].get("legal_status") in PARTS
        facts["form"] = understand(part, answers, facts, self.today, complete=True).typed
        return facts

    def _part(self, paths: Iterable[str]) -> Layout:
        """The form with only the fields among these facts."""
        wanted = frozenset(paths)
        fields = [field for key, field in self.full.fields.items() if f"form.{key}" in wanted]
        return Layout(
            self.full.form, [Section(key="part", title=self.full.form.title, fields=fields)] if fields else []
        )

    def _closure(self, sources: Iterable[str]) -> frozenset[str]:
        """The facts that expressions read, and those on which it depends whether a field is asked."""
        found = {path for source in sources for path in cel.paths(source)}
        while True:
            more = {DERIVED[path] for path in found if path in DERIVED}
            more |= {p for path in found for s in self._visibility(path) for p in cel.paths(s)}
            if more <= found:
                return frozenset(path for path in found if path.startswith(("org.", "form.", "check.", "awards.")))
            found |= more

    def _visibility(self, path: str) -> list[str]:
        field = self.full.fields.get(path.removeprefix("form.")) if path.startswith("form.") else None
        return [s for s in (field.shown_when, field.required_when) if s] if field else []

    def _values(self, path: str, paths: set[str]) -> list[Any]:
        """Candidate values, made from the literals of every expression that reads the fact."""
        if path in DERIVED:
            return []
        namespace, name = path.split(".", 1)
        sources = [s for c in self.conditions.values() for s in expressions(c)] + [
            s for p in paths for s in self._visibility(p)
        ]
        found, closes_on = literals(s for s in sources if path in cel.paths(s)), self.round_facts["closes_on"]
        if namespace == "org":
            return values.of_profile(name, self.policy, self.prize, found, closes_on)
        if namespace == "form":
            field = self.full.fields.get(name)
            return values.of_field(field, found, closes_on, self.today) if field else []
        if namespace == "check":
            check = next((c for c in self.policy.checks if c.key == name), None)
            return values.of_check(check, found, closes_on) if check else []
        return values.of_awards(name, self.policy, self.prize, found)


def expressions(condition: Condition) -> list[str]:
    """Everything that a condition evaluates."""
    return [s for s in (condition.when, condition.require, *(ground.require for ground in condition.any_of)) if s]
