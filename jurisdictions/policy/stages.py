"""The ordered stages. A stage's kind is code registered by an app; what a kind can be told stands here, typed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from jurisdictions.policy.base import ArticleRef, Key, Number, Ratio, Setting, Text
from jurisdictions.policy.constitution import BodyKind, Majority, Quorum
from jurisdictions.policy.stage_parts import (
    Confirmation,
    Consultation,
    Days,
    DayUnit,
    Gate,
    Input,
    PlanApproval,
    Shortlist,
    StageBase,
    TeamRule,
    Tellers,
)

__all__ = [  # the parts belong to the vocabulary of stages
    "Confirmation",
    "Consultation",
    "DayUnit",
    "Days",
    "Gate",
    "Input",
    "PlanApproval",
    "Shortlist",
    "StageBase",
    "TeamRule",
    "Tellers",
    "Call",
    "InternalPublicity",
    "Intake",
    "Recommendation",
    "PreliminaryReview",
    "Eligibility",
    "Acceptance",
    "TeamReview",
    "DepartmentReview",
    "Composite",
    "Vote",
    "Publicity",
    "Approval",
    "Conferral",
    "Stage",
]


class Call(StageBase):
    """The call for applications is published."""

    kind: Literal["call"]
    media: list[Text] = []
    addressed_to: list[BodyKind] = []


class InternalPublicity(StageBase):
    """The applicant publishes its application inside the organisation and records dates, place and proof."""

    kind: Literal["internal_publicity"]
    window: Days
    parent_for: list[str] = Field(
        default=[], description="Legal statuses whose parent publishes and issues an opinion."
    )
    parent_article: ArticleRef | None = None
    departure: Literal["reason", "refuse"] = "refuse"
    departure_article: ArticleRef | None = None


class Intake(StageBase):
    """Applications are written and filed. ``min_days``: the call stays open at least so long."""

    kind: Literal["intake"]
    min_days: Setting[int] = Setting[int](value=1)
    secrets_article: ArticleRef | None = Field(default=None, description="Trade secrets are marked.")
    state_secrets_article: ArticleRef | None = Field(
        default=None, description="Nothing touching state secrets; declared, refused otherwise."
    )
    truth_article: ArticleRef | None = None


class Recommendation(StageBase):
    """Bodies recommend or decline, each only its own."""

    kind: Literal["recommendation"]
    by: list[BodyKind] = Field(min_length=1)
    own_by: list[Literal["territory", "sector", "membership"]] = ["territory"]
    first_review: bool = Field(default=False, description="The body checks the conditions before it recommends.")
    consults: bool = Field(default=False, description="The body records whom it consulted and what came of it.")
    ranks: bool = Field(default=False, description="Priority encouragements order its list.")


class PreliminaryReview(StageBase):
    """A department or county office checks the file, consults, publishes where told, and issues an audit opinion."""

    kind: Literal["preliminary_review"]
    by: list[BodyKind] = Field(min_length=1)
    own_by: list[Literal["territory", "sector", "membership"]] = ["territory", "sector"]
    points: list[Literal["conditions", "completeness", "truth", "accuracy", "legality"]] = [
        "conditions",
        "completeness",
    ]
    checks: list[Key] = []
    consults: bool = False
    window: Days | None = Field(default=None, description="Its own publicity window.")
    window_article: ArticleRef | None = None
    departure: Literal["reason", "refuse"] = "refuse"
    departure_article: ArticleRef | None = None


class Eligibility(StageBase):
    """The office checks conditions, procedure and papers one by one and fixes the list."""

    kind: Literal["eligibility"]
    points: list[Literal["conditions", "procedure", "completeness", "conformity", "truth"]] = [
        "conditions",
        "completeness",
    ]
    checks: list[Key] = []
    consult: Consultation | None = None
    failed_told: Literal["in_writing", "papers_returned", "not_prescribed"] = "not_prescribed"
    failed_article: ArticleRef | None = None


class Acceptance(StageBase):
    """The list of accepted applications is formed, after departments were asked; the others get their papers back with reasons."""

    kind: Literal["acceptance"]
    consult: Consultation | None = None
    failed_told: Literal["in_writing", "papers_returned", "not_prescribed"] = "papers_returned"
    failed_article: ArticleRef | None = None


class TeamReview(StageBase):
    """A team scores each entry on a sheet: documents, on site, in a defence."""

    kind: Literal["team_review"]
    mode: Literal["documents", "onsite", "defence"]
    sheets: dict[str, Key] = Field(description="Prize key, or 'any' → score sheet.")
    team: TeamRule
    consensus: Setting[Literal["mean", "trimmed_mean", "agreed"]] = Setting[Literal["mean", "trimmed_mean", "agreed"]](
        value="mean"
    )
    max_spread: Setting[int] = Setting[int](value=20)
    decimals: Setting[int] = Setting[int](value=2)
    head_present: bool = False
    plan: PlanApproval | None = None
    report_article: ArticleRef | None = None
    confirm: Confirmation | None = None
    opinion_within: Days | None = Field(
        default=None, description="The team's opinion is due so long after the visit's end."
    )
    gate: Gate | None = None
    shortlist: Shortlist | None = None
    feedback: Literal["in_writing", "feedback", "none"] = "none"
    feedback_article: ArticleRef | None = None


class DepartmentReview(StageBase):
    """Bodies give opinions and credit points; the office computes a department score out of ``scale``."""

    kind: Literal["department_review"]
    bodies: list[BodyKind] = ["department"]
    organ: Key | None = None
    scale: Number = Field(default=100, validate_default=True)
    opinions: Setting[dict[str, Number]] = Field(description="Opinion key (good, fair, poor …) → points out of scale.")
    credit_weight: Setting[Ratio] = Field(description="Share of the credit points (out of scale) in the score.")
    silence: Setting[Literal["left_out", "blocks"]] = Setting[Literal["left_out", "blocks"]](value="left_out")


class Composite(StageBase):
    """Scores are weighed and added; candidates ranked; ties shown, never broken silently."""

    kind: Literal["composite"]
    inputs: list[Input] = Field(min_length=1)
    decimals: Setting[int] = Setting[int](value=2)
    rank_within: Literal["prize", "round", "category"] = "prize"
    gate: Gate | None = None
    shortlist: Shortlist | None = None
    report_article: ArticleRef | None = None


class Vote(StageBase):
    """Ballots. approve: for/against/abstain on each entry; score: points on each; rank: an order. Winners fill the quotas in order."""

    kind: Literal["vote"]
    method: Setting[Literal["approve", "score", "rank"]]
    score_range: tuple[int, int] = (0, 100)
    secret: Setting[bool]
    electorate: list[Key] = Field(min_length=1, description="Organ keys whose seats vote.")
    unit_votes: Setting[bool] = Setting[bool](value=False)
    plenary: bool = False
    hears_heads: bool = False
    hears_report: bool = False
    quorum: Setting[Quorum]
    majority: Setting[Majority] | None = None
    min_score: Setting[Number] | None = None
    tier_majorities: dict[Key, Majority] = {}
    ties: Setting[Literal["second_round", "review_score", "none"]] = Setting[
        Literal["second_round", "review_score", "none"]
    ](value="second_round")
    tellers: Setting[Tellers] = Setting[Tellers](value=Tellers(total=2, needed=2))
    fallback_article: ArticleRef | None = None


class Publicity(StageBase):
    """The list is published for a window. An objection that is found to stand stops its entry; an open one blocks."""

    kind: Literal["publicity"]
    window: Days
    by: Key = "office"
    media: Text | None = None
    objections: bool = True
    report_to: Key | None = Field(
        default=None, description="The organ that receives the investigation report before it goes on."
    )
    report_article: ArticleRef | None = None


class Approval(StageBase):
    """The approving government decides, with document number and date; ``reviewed_by`` fixes the list first."""

    kind: Literal["approval"]
    by: Key
    reviewed_by: Key | None = None
    review_article: ArticleRef | None = None


class Conferral(StageBase):
    """Honours are entered in the register; decision, certificates and rewards."""

    kind: Literal["conferral"]
    circular: Text | None = None
    circular_article: ArticleRef | None = None


Stage = Annotated[
    Call | InternalPublicity | Intake | Recommendation | PreliminaryReview | Eligibility | Acceptance | TeamReview | DepartmentReview
    | Composite | Vote | Publicity | Approval | Conferral,
    Field(discriminator="kind"),
]  # fmt: skip
