"""“Can we apply?”: before there is any application, from the conditions, gates and registers that decide about a real one. Only reads.

A questionnaire asks for the facts that decide and that nobody knows yet; an answer may bring up further questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import Organisation
from applications import gates
from applications.domain import outlook
from applications.domain.outlook import Standing
from applications.facts import profile_of, rules_of
from applications.forms import fields
from applications.forms.layout import Layout, layout
from applications.forms.profile_fields import check_field, field_of, knows
from core.refusals import Refused
from jurisdictions.policy import cel
from jurisdictions.policy.forms import Condition, Field
from jurisdictions.policy.prizes import Prize
from rounds import clock
from rounds.facts import Facts, round_facts_of, values_of
from rounds.models import Entry, Round

#: Nobody's number: an organisation or an entry that is not in the database.
NOBODY = -1
STEPS = 6
_WORDS = re.compile(r"'([a-z_A-Z]+)'")
_SAME = "form.same_achievements"


@dataclass(frozen=True, slots=True)
class Chance:
    """One prize: ``verdict`` open, closed or unknown; what stands in the way, and every condition."""

    prize: Prize
    verdict: str
    refusals: list[Refused]
    standings: list[Standing]

    @property
    def failing(self) -> list[Standing]:
        return [one for one in self.standings if one.verdict == outlook.FAILS]


class Inquiry:
    """What is known of somebody who asks. ``answers``: ``{"org.kind": stored value, "form.…": …, "check.…": …}`` of the questionnaire."""

    def __init__(
        self, round_: Round, organisation: Organisation | None = None, answers: dict[str, Any] | None = None
    ) -> None:
        self.round, self.organisation, self.answers = round_, organisation, answers or {}
        self.policy, self.today = rules_of(round_), clock.today(round_)
        self.profile: dict[str, Any] = profile_of(organisation, self.policy) if organisation else {}
        known = {name: value for name, value in self.profile.items() if value is not None}
        self.org: dict[str, Any] = {**self._given("org"), **known}
        self.subject = organisation or self._nobody()

    def prizes(self) -> list[Prize]:
        """Those offered in this round that are applied for."""
        found = [self.policy.prize(key) for key in self.round.prizes]
        return [prize for prize in found if prize.is_applied_for]

    def questions(self) -> list[tuple[str, Field]]:
        """``(path, question)`` of every fact that decides and is not in the profile, in the order of the conditions."""
        found: dict[str, Field] = {}
        for path, article in self._wanted():
            if path not in found and (question := self._question(path, article)) is not None:
                found[path] = question
        return list(found.items())

    def chances(self) -> list[Chance]:
        """Each prize on offer."""
        return [self._chance(prize) for prize in self.prizes()]

    def form_answers(self) -> dict[str, Any]:
        """What a real application can begin with: ``{field key: stored value}``."""
        return {path.partition(".")[2]: value for path, value in self.answers.items() if path.startswith("form.")}

    def _chance(self, prize: Prize) -> Chance:
        plan, facts = layout(self.policy, prize.key), self._facts(prize)
        entry = Entry(pk=NOBODY, round=self.round, organisation=self.subject, prize=prize.key)
        refusals = list(gates.refusals(gates.Candidacy(self.round, self.subject, prize, entry, facts)))
        refusals = [one for one in refusals if self._counts(one)]
        found = outlook.standings(self.policy, prize.key, plan, facts, self._given("check"))
        verdicts = {one.verdict for one in found}
        undecided = outlook.UNKNOWN in verdicts or not {"kind", "legal_status"} <= set(self.org)
        closed = bool(refusals) or outlook.FAILS in verdicts
        return Chance(prize, "closed" if closed else "unknown" if undecided else "open", refusals, found)

    def _counts(self, refusal: Refused) -> bool:
        """A gate says nothing about what has not been answered."""
        asked = {
            "kind_not_admitted": "kind",
            "status_not_admitted": "legal_status",
            "activity_not_admitted": "activities",
        }
        return asked.get(refusal.code, "") in ("", *self.org)

    def _facts(self, prize: Prize) -> Facts:
        entry = Entry(pk=NOBODY, round=self.round, organisation=self.subject, prize=prize.key)
        awards = values_of("awards", [entry]).get(NOBODY, {})
        app = {"prize": prize.key, "category": None, "kind": self.org.get("kind")}
        return {
            "org": self.org, "form": self._form(prize), "check": {}, "awards": awards, "round": round_facts_of(self.round), "app": app,
        }  # fmt: skip

    def _form(self, prize: Prize) -> dict[str, Any]:
        """Typed answers; a declaration counts as made, since nobody files without it."""
        plan, found = layout(self.policy, prize.key), {}
        for key, asked in plan.fields.items():
            if (value := self._typed(asked, self.answers.get(f"form.{key}"))) is not None:
                found[key] = value
        return found

    def _typed(self, asked: Field, value: Any) -> Any:
        """The fact, None while it is unknown; an empty list says “none of these”."""
        if asked.type == "declaration":
            return True
        return [] if value == [] else fields.fact(asked, value, self.today)

    def _given(self, namespace: str) -> dict[str, Any]:
        found = {}
        for path, value in self.answers.items():
            space, _dot, name = path.partition(".")
            question = self._question(path, "") if space == namespace else None
            if question is not None and (typed := self._typed(question, value)) is not None:
                found[name] = typed
        return found

    def _wanted(self) -> Iterable[tuple[str, str]]:
        """Paths with the article that asks for them."""
        for prize in self.prizes():
            yield "org.kind", prize.article
            yield "org.legal_status", prize.legal_status_article or prize.article
            if prize.activities:
                yield "org.activities", prize.article
            plan, facts = layout(self.policy, prize.key), self._facts(prize)
            for condition in self.policy.conditions_for(prize.key):
                for path in _deciding(condition, facts):
                    yield from ((one, condition.article) for one in _reachable(path, plan, facts))
            holder = self.organisation is None or bool(facts["awards"].get("won"))
            if holder and any(period.same_achievements_only for period in self.policy.waiting_periods):
                yield _SAME, next(p.article for p in self.policy.waiting_periods if p.same_achievements_only)

    def _question(self, path: str, article: str) -> Field | None:
        """None where there is nothing to ask: the profile says it, or it is no fact of the applicant's."""
        namespace, _dot, name = path.partition(".")
        if namespace == "org":
            settled = self.organisation is not None and self.profile.get(name) is not None
            return None if settled or not knows(name) else field_of(name, article, self._worth_offering(name))
        if namespace == "check":
            # What is on record against somebody it knows itself; that all is well, others establish.
            records = (one for one in self.policy.checks if one.key == name and one.good in ("false", "none", "0"))
            return next((check_field(one) for one in records), None)
        return next((_free(one) for one in self._forms(name)), None) if namespace == "form" else None

    def _forms(self, name: str) -> Iterable[Field]:
        plans: list[Layout] = [layout(self.policy, prize.key) for prize in self.prizes()]
        found = (plan.fields.get(name) for plan in plans)
        return (one for one in found if one is not None and one.type not in ("declaration", "files"))

    def _worth_offering(self, name: str) -> list[str]:
        """Of sectors and activities those that some condition names."""
        if name == "activities":
            return sorted({one for prize in self.prizes() for one in prize.activities})
        if name != "sectors":
            return []
        conditions = [one for prize in self.prizes() for one in self.policy.conditions_for(prize.key)]
        return sorted({word for one in conditions for source in _sources(one) for word in _WORDS.findall(source)})

    def _nobody(self) -> Organisation:
        """The organisation of somebody who has not registered one."""
        return Organisation(
            pk=NOBODY, name="—", kind=self.org.get("kind", ""), legal_status=self.org.get("legal_status", ""),
            activities=self.org.get("activities", []), rehearsal=self.round.is_rehearsal,
        )  # fmt: skip


def _sources(condition: Condition) -> list[str]:
    given = [condition.when, condition.require, *(ground.require for ground in condition.any_of)]
    return [source for source in given if source]


def _deciding(condition: Condition, facts: Facts) -> list[str]:
    """What a condition reads: first only whether it is asked at all, then the rest. Checks only where nothing else says it."""
    if not (condition.require or condition.any_of):
        return []
    asked = cel.evaluate(condition.when, facts).value if condition.when else True
    if asked is False:
        return []
    sources = [condition.when] if asked is None and condition.when else _sources(condition)
    paths = list(dict.fromkeys(path for source in sources for path in cel.paths(source)))
    if any(path.startswith("form.") for path in paths):
        return [path for path in paths if not path.startswith("check.")]
    return paths


def _reachable(path: str, plan: Layout, facts: Facts, depth: int = 0) -> list[str]:
    """The question itself, or those on which it depends whether it is asked."""
    asked = plan.fields.get(path.partition(".")[2]) if path.startswith("form.") else None
    if asked is None or not asked.shown_when or depth >= STEPS:
        return [path]
    shown: Mapping[str, Any] | bool | None = cel.evaluate(asked.shown_when, facts).value
    if shown is True:
        return [path]
    if shown is False:
        return []
    return [one for read in cel.paths(asked.shown_when) for one in _reachable(read, plan, facts, depth + 1)]


def _free(asked: Field) -> Field:
    """The form's question, without its duties."""
    return asked.model_copy(update={"required": False, "required_when": None, "shown_when": None, "min_rows": 0})
