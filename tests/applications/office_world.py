"""A small world for the office's side: a real policy, people, and entries put straight into one stage."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django_scopes import scopes_disabled

from accounts.models import Organisation, OrganisationMember, User
from applications.models import Application
from applications.models.assessment import Assessment
from core.clock import end_of_day, start_of_day
from jurisdictions import roles
from jurisdictions.models import Body, Jurisdiction, PolicyDocument
from jurisdictions.policy.cycle import offered
from rounds import engine
from rounds.engine.stages import enter_stage
from rounds.models import Entry, Round, RoundStage, StageEntry

POLICIES = Path(settings.BASE_DIR) / "fixtures" / "policies"
NINE = dt.timedelta(hours=9)


@dataclass
class OfficeWorld:
    """Everything a test of the office's side touches; made inside the jurisdiction's scope."""

    document: PolicyDocument
    round: Round
    people: dict[str, User] = field(default_factory=dict)
    made: int = 0

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.document.jurisdiction

    @property
    def office(self) -> User:
        return self.person("office", "office")

    @property
    def head(self) -> User:
        return self.person("head", "office_head")

    def person(self, name: str, role: str = "", body: Body | None = None) -> User:
        """A person, made once; with a role where one is given."""
        if name not in self.people:
            user = User.objects.create_user(f"{name}@{self.jurisdiction.code}.invalid", name=name)
            self.people[name] = user
            if role:
                roles.begin(
                    actor=boss(),
                    user=user,
                    role=role,
                    jurisdiction=self.jurisdiction,
                    body=body,
                    rehearsal=self.round.is_rehearsal,
                )
        return self.people[name]

    def body(self, key: str, kind: str, **more: Any) -> Body:
        body, _made = Body.objects.get_or_create(
            jurisdiction=self.jurisdiction, key=key, defaults={"kind": kind, "name_zh": key, "name_en": key, **more}
        )
        return body

    def officer(self, body: Body, role: str = "recommender") -> User:
        return self.person(f"officer-{body.key}", role, body)

    def stage(self, key: str) -> RoundStage:
        rows = RoundStage.objects.select_related("round__jurisdiction", "round__policy").filter(round=self.round)
        return rows.filter(key=key).first() or rows.get(kind=key)

    def open(self, key: str, **stage: Any) -> RoundStage:
        """Everything before the stage counts as over; it is opened."""
        target = self.stage(key)
        now = start_of_day(self.round.closes_on + dt.timedelta(days=1)) + NINE
        before = RoundStage.objects.filter(round=self.round, position__lt=target.position)
        before.exclude(status="closed").update(status="closed", opened_at=now, closed_at=now)
        self.move_to(now)
        for body in Body.objects.filter(jurisdiction=self.jurisdiction, active=True):
            self.officer(body)
        engine.open_stage(actor=self.office, stage=target)
        return self.stage(key)

    def move_to(self, moment: dt.datetime) -> None:
        self.round = engine.move_clock(actor=self.office, round_=Round.objects.get(pk=self.round.pk), to=moment)

    def enter(
        self, stage: RoundStage, rows: list[dict[str, Any]] | None = None, count: int = 1, **entry: Any
    ) -> list[StageEntry]:
        """Entries, filed, in the stage. ``entry``: ``org`` (profile), ``answers``, ``checks``, ``flags``, ``body``, ``prize``, ``passed``."""
        entries = (
            [self.entry(**row) for row in rows] if rows is not None else [self.entry(**entry) for _ in range(count)]
        )
        stage = self.stage(stage.key)
        for one in entries:
            one.round = stage.round
        enter_stage(stage, entries)
        found = StageEntry.objects.filter(stage=stage, entry__in=entries).select_related(
            "entry__organisation", "stage__round__jurisdiction"
        )
        return list(found.order_by("pk"))

    def entry(
        self, *, org: dict[str, Any] | None = None, answers: dict[str, Any] | None = None, checks: dict[str, Any] | None = None,
        flags: list[str] | None = None, body: Body | None = None, prize: str = "", passed: bool = True,
    ) -> Entry:  # fmt: skip
        """A filed entry of a new organisation; what earlier stages let pass is recorded when ``passed``."""
        self.made += 1
        profile = {
            "kind": "enterprise", "industry": "C", "region": f"{self.document.policy.territory[0]:0<6}"[:6], "operating": True,
            "operating_since": dt.date(2000, 1, 1), "founded_on": dt.date(2000, 1, 1), "sectors": [], **(org or {}),
        }  # fmt: skip
        organisation = Organisation.objects.create(name=f"组织{self.made:03d}", rehearsal=True, **profile)
        owner = User.objects.create_user(f"owner{self.made}@{self.jurisdiction.code}.invalid", name=f"owner{self.made}")
        OrganisationMember.objects.create(organisation=organisation, user=owner, role="owner", may_file=True)
        prize = prize or self.round.prizes[0]
        entry = Entry.objects.create(
            round=self.round,
            organisation=organisation,
            prize=prize,
            number=f"T{self.made:04d}",
            status="active",
            flags=flags or [],
        )
        filed = end_of_day(self.round.closes_on) - NINE
        Application.objects.create(
            entry=entry, answers=answers or {}, checks=checks or {}, body=body, filed_at=filed, filed_by=owner
        )
        if passed:
            earlier = RoundStage.objects.filter(round=self.round, status="closed").exclude(kind="call")
            StageEntry.objects.bulk_create(
                StageEntry(stage=s, entry=entry, status="advanced", entered_at=filed) for s in earlier
            )
        return entry

    def point(self, row: StageEntry, key: str) -> Assessment:
        return Assessment.objects.get(stage_entry=row, key=key)

    def state(self, row: StageEntry, key: str) -> str:
        return self.point(row, key).state

    def fresh(self, row: StageEntry) -> StageEntry:
        return StageEntry.objects.select_related(
            "entry__organisation", "stage__round__jurisdiction", "stage__round__policy"
        ).get(pk=row.pk)


def boss() -> User:
    user, _made = User.objects.get_or_create(
        email="boss@example.invalid", defaults={"name": "boss", "is_superuser": True}
    )
    return user


def load(name: str) -> PolicyDocument:
    path = POLICIES / f"{name}.yaml"
    call_command("policy", "load", str(path), verbosity=0)
    with scopes_disabled():
        rows = PolicyDocument.objects.select_related("jurisdiction").filter(jurisdiction__code=name.split("-")[0])
        return rows.order_by("-edition")[0]


def build(document: PolicyDocument, *, year: int | None = None, prize: str = "") -> OfficeWorld:
    """An opened rehearsal round; call inside the jurisdiction's scope. ``prize``: in a year in which it is on offer.

    The bodies of the policy file rest: a test makes those that it needs.
    """
    Body.objects.filter(jurisdiction=document.jurisdiction).update(active=False)
    policy = document.policy
    years = (
        [year]
        if year
        else [y for y in (2025, 2024, 2026, 2023) if offered(policy, y) and (not prize or prize in offered(policy, y))]
    )
    director = boss()
    months = policy.cycle.call_window.months if policy.cycle.call_window else [3]
    first = dt.date(years[0], min(months), 3)
    round_ = Round(jurisdiction=document.jurisdiction, kind="rehearsal")
    world = OfficeWorld(document, round_)
    world.round = engine.create_round(
        actor=world.office,
        jurisdiction=document.jurisdiction,
        policy=document,
        year=years[0],
        kind="rehearsal",
        starts_at=start_of_day(first) + NINE,
    )
    assert director.is_superuser
    world.round = engine.open_round(
        actor=world.head, round_=world.round, closes_on=first + dt.timedelta(days=40), reason="test"
    )
    return world
