"""The ordered stages. A stage's kind is code registered by an app; what a kind can be told stands here, typed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from jurisdictions.policy.base import ArticleRef, Cel, Key, Model, Number, Ratio, Setting, Text
from jurisdictions.policy.constitution import BodyKind, Majority, Quorum

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


class Call(StageBase):
    """The call for applications is published."""

    kind: Literal["call"]
    media: list[Text] = []
    addressed_to: list[BodyKind] = []


class InternalPublicity(StageBase):
    """The applicant publishes its application inside the organisation and records dates, place and proof."""

    kind: Literal["internal_publicity"]
    window: Days
    parent_for: list[str] = Field(default=[], description="Legal statuses whose parent publishes and issues an opinion.")
    parent_article: ArticleRef | None = None
    departure: Literal["reason", "refuse"] = "refuse"
    departure_article: ArticleRef | None = None


class Intake(StageBase):
    """Applications are written and filed. ``min_days``: the call stays open at least so long."""

    kind: Literal["intake"]
    min_days: Setting[int] = Setting(value=1)
    secrets_article: ArticleRef | None = Field(default=None, description="Trade secrets are marked.")
    state_secrets_article: ArticleRef | None = Field(default=None, description="Nothing touching state secrets; declared, refused otherwise.")
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
    points: list[Literal["conditions", "completeness", "truth", "accuracy", "legality"]] = ["conditions", "completeness"]
    checks: list[Key] = []
    consults: bool = False
    window: Days | None = Field(default=None, description="Its own publicity window.")
    window_article: ArticleRef | None = None
    departure: Literal["reason", "refuse"] = "refuse"
    departure_article: ArticleRef | None = None


class Eligibility(StageBase):
    """The office checks conditions, procedure and papers one by one and fixes the list."""

    kind: Literal["eligibility"]
    points: list[Literal["conditions", "procedure", "completeness", "conformity", "truth"]] = ["conditions", "completeness"]
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


class TeamRule(Model):
    """``otherwise``: a size outside the range is refused, or allowed with a recorded reason ("normally")."""

    article: ArticleRef
    min: int = Field(default=3, ge=1)
    max: int | None = Field(default=None, ge=1)
    otherwise: Literal["refuse", "reason"] = "refuse"
    size_assumed: Text | None = Field(default=None, description="Why the size is ours, where the regulation names none.")
    industry_expert: bool = False
    qualifications: dict[str, list[Key]] = Field(default={}, description="Prize key, or 'any' → qualification kinds of which one must be valid.")
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


class TeamReview(StageBase):
    """A team scores each entry on a sheet: documents, on site, in a defence."""

    kind: Literal["team_review"]
    mode: Literal["documents", "onsite", "defence"]
    sheets: dict[str, Key] = Field(description="Prize key, or 'any' → score sheet.")
    team: TeamRule
    consensus: Setting[Literal["mean", "trimmed_mean", "agreed"]] = Setting(value="mean")
    max_spread: Setting[int] = Setting(value=20)
    decimals: Setting[int] = Setting(value=2)
    head_present: bool = False
    plan: PlanApproval | None = None
    report_article: ArticleRef | None = None
    confirm: Confirmation | None = None
    opinion_within: Days | None = Field(default=None, description="The team's opinion is due so long after the visit's end.")
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
    silence: Setting[Literal["left_out", "blocks"]] = Setting(value="left_out")


class Input(Model):
    """A stage's score, brought to 100 and weighed."""

    stage: Key
    weight: Setting[Number]


class Composite(StageBase):
    """Scores are weighed and added; candidates ranked; ties shown, never broken silently."""

    kind: Literal["composite"]
    inputs: list[Input] = Field(min_length=1)
    decimals: Setting[int] = Setting(value=2)
    rank_within: Literal["prize", "round", "category"] = "prize"
    gate: Gate | None = None
    shortlist: Shortlist | None = None
    report_article: ArticleRef | None = None


class Tellers(Model):
    """The tally key is split over ``total`` tellers; ``needed`` of them open the box."""

    total: int = Field(ge=1)
    needed: int = Field(ge=1)


class Vote(StageBase):
    """Ballots. approve: for/against/abstain on each entry; score: points on each; rank: an order. Winners fill the quotas in order."""

    kind: Literal["vote"]
    method: Setting[Literal["approve", "score", "rank"]]
    score_range: tuple[int, int] = (0, 100)
    secret: Setting[bool]
    electorate: list[Key] = Field(min_length=1, description="Organ keys whose seats vote.")
    unit_votes: Setting[bool] = Setting(value=False)
    plenary: bool = False
    hears_heads: bool = False
    hears_report: bool = False
    quorum: Setting[Quorum]
    majority: Setting[Majority] | None = None
    min_score: Setting[Number] | None = None
    tier_majorities: dict[Key, Majority] = {}
    ties: Setting[Literal["second_round", "review_score", "none"]] = Setting(value="second_round")
    tellers: Setting[Tellers] = Setting(value=Tellers(total=2, needed=2))
    fallback_article: ArticleRef | None = None


class Publicity(StageBase):
    """The list is published for a window. An objection that is found to stand stops its entry; an open one blocks."""

    kind: Literal["publicity"]
    window: Days
    by: Key = "office"
    media: Text | None = None
    objections: bool = True
    report_to: Key | None = Field(default=None, description="The organ that receives the investigation report before it goes on.")
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
