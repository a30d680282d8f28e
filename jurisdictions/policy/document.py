"""The whole policy document of one edition."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field

from jurisdictions.policy import constitution as con
from jurisdictions.policy import prizes as pr
from jurisdictions.policy import stages as st
from jurisdictions.policy.base import ArticleRef, Code, Date, Key, Model, Text
from jurisdictions.policy.forms import Condition, Form
from jurisdictions.policy.sheets import Sheet


class Policy(Model):
    """One edition of one regulation, as data. Articles are cited by number with our own one-line summary."""

    format: Literal[1]
    code: Code
    edition: str = Field(min_length=1, max_length=20)
    status: Literal["draft", "in_force"]
    title: Text
    award: Text
    number: str = ""
    issuer: Text
    issued_on: Date | None = None
    published_on: Date | None = None
    effective: con.Effective
    expires_on: Date | None = None
    replaces: list[con.Replaced] = []
    effective_article: ArticleRef
    territory: list[str] = Field(min_length=1, description="Prefixes of GB/T 2260 division codes.")
    articles: dict[str, Text]
    principles: list[con.Principle] = []
    standard: con.ReviewStandard | None = None
    organs: list[con.Organ] = Field(min_length=1)
    cycle: con.Cycle
    prizes: list[pr.Prize] = Field(min_length=1)
    quotas: list[pr.Quota] = []
    waiting_periods: list[pr.WaitingPeriod] = []
    encouragements: list[con.Encouragement] = []
    checks: list[con.Check] = []
    conditions: list[Condition] = []
    forms: list[Form] = Field(min_length=1)
    sheets: list[Sheet] = []
    undertakings: list[con.Undertaking] = []
    recusal: con.RecusalRules
    objections: con.ObjectionRules
    stages: list[st.Stage] = Field(min_length=2)
    sanctions: list[pr.Sanction] = []
    discipline: pr.Discipline | None = None
    duties: list[pr.Duty] = []
    qualifications: dict[Key, Text] = Field(default={}, description="Kinds of reviewer qualification.")

    @cached_property
    def _stages(self) -> dict[str, st.StageBase]:
        return {stage.key: stage for stage in self.stages}

    def stage(self, key: str) -> st.StageBase:
        """The stage of that key. Raises ``KeyError``."""
        return self._stages[key]

    def prize(self, key: str) -> pr.Prize:
        return next(p for p in self.prizes if p.key == key)

    def organ(self, key: str) -> con.Organ:
        return next(o for o in self.organs if o.key == key)

    def sheet(self, key: str) -> Sheet:
        return next(s for s in self.sheets if s.key == key)

    def check(self, key: str) -> con.Check:
        return next(c for c in self.checks if c.key == key)

    def form_for(self, prize: str) -> Form:
        """The form of a prize."""
        return next(f for f in self.forms if prize in f.prizes)

    def conditions_for(self, prize: str) -> list[Condition]:
        return [c for c in self.conditions if not c.prizes or prize in c.prizes]

    def summary(self, article: str) -> Text | None:
        """Our one-line summary of an article; of the first one for ``3b``, ``9.4-6`` and ``29-30``."""
        for number in (article, article.rstrip("abcdefgh"), article.split("-")[0]):
            if number in self.articles:
                return self.articles[number]
        return None
