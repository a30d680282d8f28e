"""Who there is (organs and seats), when rounds may be held (cycle), what counts as an objection."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from jurisdictions.policy.base import ArticleRef, Cel, Date, Key, Model, Ratio, Setting, Text
from jurisdictions.policy.forms import Choice

OrganKind = Literal[
    "committee",
    "office",
    "approver",
    "supervision",
    "leading_group",
    "departments",
    "towns",
    "associations",
    "county_offices",
    "panel",
]
BodyKind = Literal["department", "town", "association", "county_office", "county_regulator", "zone_office", "other"]


class Seat(Model):
    """A place in an organ, held by a person for a unit. ``count`` such seats exist (None: open number)."""

    key: Key
    role: Literal["director", "deputy", "member", "invited", "representative"]
    title: Text
    unit: Text | None = None
    count: int | None = Field(default=1, ge=1)


class Power(Model):
    """What an organ alone may do; the act is recorded with its article."""

    act: Literal[
        "decide_major_matter", "issue_rules", "approve_rules", "draft_rules", "review_results", "fix_list", "supervise",
        "order_correction", "keep_reviewer_pool", "promote_methods", "supervise_winners", "evaluate_winners", "yearly_plan", "hear_report",
    ]  # fmt: skip
    article: ArticleRef


class Organ(Model):
    key: Key
    kind: OrganKind
    name: Text
    article: ArticleRef
    host: Text | None = None
    set_up_by: Key | None = None
    members_approved_by: Key | None = None
    seats: list[Seat] = []
    powers: list[Power] = []


class Effective(Model):
    """When it takes effect: a date, N days after its publication (counted, the day after N full days), or still open."""

    on: Date | None = Field(
        default=None, alias="date", description="Written 'date': an unquoted 'on' is a boolean in YAML."
    )
    days_after_publication: int | None = Field(default=None, ge=0)
    open: bool = False


class Replaced(Model):
    title: Text
    number: str = ""
    edition: str = ""


class CallWindow(Model):
    """The usual months (1–12) of a call; outside them: refused, or allowed with a recorded reason."""

    article: ArticleRef
    months: list[int] = Field(min_length=1)
    otherwise: Literal["reason", "refuse"] = "reason"


class Cycle(Model):
    """Every ``every_years`` from ``base_year`` (None: by decision of ``decided_by``). ``rotation``: prize keys offered in turn."""

    article: ArticleRef
    every_years: int | None = Field(default=1, ge=1, le=10)
    decided_by: Key | None = None
    base_year: Setting[int]
    rotation: list[list[Key]] = []
    alternates_with: Text | None = None
    call_window: CallWindow | None = None


class Principle(Model):
    """A statement shown to those it concerns (no fee is charged; better none than unworthy)."""

    key: Key
    article: ArticleRef
    text: Text
    shown_on: list[Literal["form", "public", "papers", "desk"]] = ["form"]


class ReviewStandard(Model):
    """The criteria standard in force; the edition used is recorded on each round."""

    number: str
    title: Text
    edition: Setting[str]
    article: ArticleRef


_PROOF = Text(
    zh="条文未规定举证材料的保存；材料可能透露异议人身份，与其个人信息一并删除，日志保留其指纹",
    en="The text is silent on proof; it may tell who objected, so it goes with that person's details, and the log keeps its hash",
)


class ObjectionRules(Model):
    """What makes an objection admissible and how fast it is looked at. ``working``: days counted by the working-day calendar.

    ``proof``: what becomes of the files that prove an objection when the details of who made it are erased.
    """

    article: ArticleRef
    written: bool = True
    anonymous: Literal["refused", "noted"] = "noted"
    person_gives: list[Literal["name", "signature", "phone", "address", "identity_proof"]] = ["name", "phone"]
    unit_gives: list[Literal["domicile", "phone", "address", "seal"]] = ["phone"]
    needs_proof: bool = False
    proof: Setting[Literal["erased", "kept"]] = Setting[Literal["erased", "kept"]](
        value="erased", assumed=True, reason=_PROOF
    )
    examine_within: Setting[int] = Setting[int](value=5)
    examine_unit: Literal["working", "calendar"] = "working"
    examine_article: ArticleRef | None = None
    receipt: bool = False
    outcome_in_writing: bool = False
    outcome_article: ArticleRef | None = None
    notify: list[Literal["organisation", "auditing_body"]] = []
    report_to: Key | None = None


class Undertaking(Model):
    """Signed before the first task of those named."""

    key: Key
    article: ArticleRef
    who: list[Literal["reviewer", "voter", "staff", "department", "applicant"]]
    text: Text


class RecusalRules(Model):
    article: ArticleRef
    covers: Setting[list[Literal["reviewer", "voter", "staff", "department", "recommender"]]]
    review_excludes_vote: Setting[bool] = Setting[bool](value=False)


class Encouragement(Model):
    """A flag shown to applicants and reviewers; ``priority`` also orders recommendations. Never a bar."""

    key: Key
    article: ArticleRef
    label: Text
    when: Cel
    effect: Literal["flag", "priority"] = "flag"


def _in_order(given: Any) -> Any:
    """A list of choices keeps its order; the keys of a mapping come in theirs."""
    if isinstance(given, list) and all(isinstance(one, dict) and {"key", "label"} == one.keys() for one in given):
        return {one["key"]: one["label"] for one in given}
    return given


Answers = Annotated[dict[str, Text], BeforeValidator(_in_order, json_schema_input_type=dict[str, Text] | list[Choice])]


class Check(Model):
    """A fact that the office or a department establishes about an organisation (register, list, report)."""

    key: Key
    article: ArticleRef
    label: Text
    type: Literal["yes_no", "number", "date", "text", "choice"] = "yes_no"
    choices: Answers = {}
    answered_by: Literal["office", "department", "auditing_body"] = "department"
    good: str = Field(default="", description="The harmless answer: what a rehearsal and a 'no record' answer mean.")


class Majority(Model):
    """For counts when votes for / base exceeds (``more_than``) or reaches the ratio."""

    ratio: Ratio
    strict: bool = Field(description="True: more than the ratio; False: at least.")
    base: Literal["appointed", "eligible", "present", "cast"]


class Quorum(Model):
    ratio: Ratio
    base: Literal["appointed", "eligible"] = "eligible"
