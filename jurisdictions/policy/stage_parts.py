"""What stages are made of: spans, consultations, teams, gates, and what every stage has."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from jurisdictions.policy.base import ArticleRef, Cel, Key, Model, Number, Setting, Text
from jurisdictions.policy.constitution import BodyKind

DayUnit = Literal["working", "calendar"]


class Days(Model):
    """A span: ``length`` days; the first is the day after the starting event."""

    length: Setting[int]
    unit: DayUnit = "calendar"


class Consultation(Model):
    """Bodies asked about each entry. ``silence``: what no answer in time means. Each sees only what it is asked."""

    article: ArticleRef
    bodies: list[BodyKind] = ["department"]
    within: Days
    silence: Setting[Literal["no_objection", "no_record", "blocks"]]
    asks: list[Key] = Field(default=[], description="Check keys; empty: agree or disagree only.")
    recommends: bool = Field(default=False, description="The body also recommends or not.")


class StageBase(Model):
    key: Key
    name: Text
    article: ArticleRef
    also: list[ArticleRef] = Field(default=[], description="Further articles it carries out.")
    when: Cel | None = Field(default=None, description="Entries for which it is false skip the stage.")
    opens: Literal["after", "with"] = Field(
        default="after",
        description="after: when the stage before has closed; with: together with it, entries passing one by one.",
    )
    time_limit: Days | None = Field(default=None, description="From the stage's opening; sets its deadline.")


class TeamRule(Model):
    """``otherwise``: a size outside the range is refused, or allowed with a recorded reason ("normally")."""

    article: ArticleRef
    min: int = Field(default=3, ge=1)
    max: int | None = Field(default=None, ge=1)
    otherwise: Literal["refuse", "reason"] = "refuse"
    size_assumed: Text | None = Field(
        default=None, description="Why the size is ours, where the regulation names none."
    )
    industry_expert: bool = False
    qualifications: dict[str, list[Key]] = Field(
        default={}, description="Prize key, or 'any' → qualification kinds of which one must be valid."
    )
    qualification_article: ArticleRef | None = None


class Gate(Model):
    """Entries below ``min_score`` (of the sheet's total) do not go on."""

    min_score: Setting[Number]
    article: ArticleRef | None = None


class Shortlist(Model):
    """How many go on: at most ``max`` ``per`` round or prize, or ``times_quota`` × the prize's quota; None: all above the gate."""

    article: ArticleRef
    max: Setting[int] | None = None
    times_quota: Setting[Number] | None = None
    per: Literal["round", "prize", "category"] = "round"


class Confirmation(Model):
    """The applicant confirms the report before the application moves on."""

    article: ArticleRef
    by: Literal["applicant", "head"] = "applicant"
    on_the_spot: bool = False


class PlanApproval(Model):
    article: ArticleRef
    by: Setting[Key]


class Input(Model):
    """A stage's score, brought to 100 and weighed."""

    stage: Key
    weight: Setting[Number]


class Tellers(Model):
    """The tally key is split over ``total`` tellers; ``needed`` of them open the box."""

    total: int = Field(ge=1)
    needed: int = Field(ge=1)
