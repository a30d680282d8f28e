"""Prizes, quotas, rewards, waiting periods, sanctions, duties."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from jurisdictions.policy.base import ArticleRef, Cel, Key, Model, Number, Ratio, Setting, Text

LegalStatus = Literal[
    "legal_person", "unincorporated", "branch", "internal_body", "dispatched_body", "natural_person", "team", "project"
]
ApplicantKind = Literal[
    "enterprise", "farm", "research_institute", "testing_body", "social_group", "public_institution", "non_profit",
    "government_body", "school", "hospital", "individual", "team", "project", "other",
]  # fmt: skip
Activity = Literal["production", "construction", "services", "environment", "agriculture", "standardisation", "other"]
PaperKind = Literal["certificate", "plaque", "bonus", "trophy", "medal", "circular"]


class Reward(Model):
    """The first reward whose ``when`` holds applies. ``amount`` in yuan; None: no bonus (see :attr:`yuan`)."""

    article: ArticleRef
    when: Cel | None = None
    amount: Setting[Number] | None = None
    items: list[PaperKind]
    note: Text | None = None

    @property
    def yuan(self) -> Decimal | None:
        """The bonus in yuan; None when there is none."""
        return self.amount.value if self.amount else None


class Tier(Model):
    key: Key
    name: Text
    article: ArticleRef


class Category(Model):
    """A class inside a prize, e.g. by size or trade; an application belongs to the first whose ``when`` holds, or chooses."""

    key: Key
    name: Text
    article: ArticleRef
    when: Cel | None = None


class Prize(Model):
    """A prize of the regulation. ``fallback_for``: given to entries of those prizes that reached ``fallback_stage`` without winning."""

    key: Key
    name: Text
    article: ArticleRef
    applicants: list[ApplicantKind] = Field(min_length=1)
    activities: list[Activity] = []
    legal_statuses: list[LegalStatus] = ["legal_person", "unincorporated"]
    legal_status_article: ArticleRef | None = None
    tiers: list[Tier] = Field(default=[], description="Best first.")
    categories: list[Category] = []
    fallback_for: list[Key] = []
    fallback_stage: Key | None = None
    validity_years: int | None = Field(default=None, ge=1)
    validity_article: ArticleRef | None = None
    requires: list[Key] = Field(default=[], description="Prizes of which one must be held to apply.")
    requires_article: ArticleRef | None = None
    form: Key | None = None
    rewards: list[Reward] = []
    may_stay_vacant: bool = True

    @property
    def is_applied_for(self) -> bool:
        return not self.fallback_for


class Quota(Model):
    """At most ``max`` (or a ``share`` of the entries of ``share_of``) winners among those it covers; at least ``reserved`` of the
    places of the quota named in ``inside`` are kept for them. An entry for which ``exempt`` holds does not count."""

    key: Key
    article: ArticleRef
    prizes: list[Key] = Field(min_length=1)
    tiers: list[Key] = []
    categories: list[Key] = []
    where: Cel | None = None
    max: Setting[int] | None = None
    share: Ratio | None = None
    share_of: Key | None = None
    reserved: int | None = Field(default=None, ge=1)
    inside: Key | None = None
    unused_reserve: Literal["vacant", "released"] = "released"
    exempt: Cel | None = None


class WaitingPeriod(Model):
    """Who holds (or held) one of ``holders_of`` may apply for ``applying_for`` (empty: any) only after ``length`` ``unit``.

    ``years``: full years since the award year's end is not awaited: year of application − award year ≥ length.
    ``rounds``: that many rounds must have passed. ``forever``: never again.
    """

    key: Key
    article: ArticleRef
    holders_of: list[Key]
    applying_for: list[Key] = []
    unit: Literal["years", "years_from_decision", "rounds", "forever"]
    length: int = Field(default=0, ge=0)
    same_achievements_only: bool = False


class Bar(Model):
    unit: Literal["years", "rounds", "forever"]
    length: int = Field(default=0, ge=0)


class Sanction(Model):
    """What may follow on a ground; ``chain``: the organs that propose, endorse and decide, in order."""

    key: Key
    article: ArticleRef
    ground: Literal[
        "fraud", "false_application", "accident", "serious_violation", "misuse", "misuse_uncorrected", "no_longer_fit", "bad_credit",
        "breach_of_rules",
    ]  # fmt: skip
    text: Text
    act: Literal["revoke", "withdraw", "stop_publicity", "order_correction", "refuse_applications"]
    within_years: int | None = Field(default=None, ge=1)
    min_grade: Literal["ordinary", "larger", "major", "particularly_major"] | None = None
    chain: list[Key] = Field(min_length=1)
    takes_back: list[PaperKind] = []
    credit_file: bool = False
    disclose: bool = False
    media: Text | None = None
    bar: Bar | None = None


class Discipline(Model):
    """Consequences for reviewers and staff."""

    article: ArticleRef
    acts: list[Literal["criticise", "strike", "hand_over", "deal_under_rules", "disclose"]]
    who: list[Literal["reviewer", "staff"]]


class Duty(Model):
    """A duty that people judge; the system records, shows and (yearly) reminds of it."""

    key: Key
    article: ArticleRef
    who: Literal["holder", "office", "applicant", "department", "government"]
    text: Text
    record: Literal["activity", "bonus_use", "evaluation", "budget", "none"] = "none"
    remind: Literal["yearly", "none"] = "none"
