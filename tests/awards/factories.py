"""A loaded policy with people in every role, a round that stands before its approval, honours."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, field
from typing import Any

from django_scopes import scope

from accounts import codes
from accounts.domain import register_organisation
from accounts.models import Organisation, OrganisationMember, User
from awards.domain.registering import enter_earlier
from awards.models import Honour
from core import clock
from jurisdictions import roles
from jurisdictions.models import Jurisdiction, PolicyDocument
from jurisdictions.policy import Policy
from rounds import engine
from rounds.models import Entry, Round, RoundStage, StageEntry
from tests.worlds import load

POLICIES = ("wenling-2023", "qingyuan-draft-2025", "wenzhou-2020", "yiwu-2020", "tacheng-2023")
_number = itertools.count(1)


@dataclass
class Place:
    """A jurisdiction with people. ``seat(organ)`` gives whoever speaks for an organ."""

    document: PolicyDocument
    people: dict[str, User] = field(default_factory=dict)

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.document.jurisdiction

    @property
    def policy(self) -> Policy:
        return self.document.policy

    def person(self, role: str, organ: str = "", fresh: bool = False) -> User:
        key = f"{role}:{organ}"
        if fresh or key not in self.people:
            self.people[key] = self._new(role, organ)
        return self.people[key]

    def speaker(self, organ: str, fresh: bool = False) -> User:
        kind = self.policy.organ(organ).kind
        role = {"office": "office_head", "approver": "approver", "supervision": "supervisor"}.get(kind)
        return self.person(role, fresh=fresh) if role else self.person("committee", organ, fresh=fresh)

    def _new(self, role: str, organ: str) -> User:
        number = next(_number)
        user = User.objects.create_user(f"award{number}@example.org", name=f"{role} {number}")
        boss, _made = User.objects.get_or_create(
            email="root@example.org", defaults={"name": "Root", "is_superuser": True}
        )
        roles.begin(actor=boss, user=user, role=role, jurisdiction=self.jurisdiction, organ=organ)
        return user


def place(name: str) -> Place:
    return Place(load(name))


def applicant(rehearsal: bool = False) -> tuple[Organisation, User]:
    number = next(_number)
    owner = User.objects.create_user(f"holder{number}@example.org", name=f"Holder {number}")
    organisation = register_organisation(
        actor=owner, code=codes.build("9", "1", "993310", f"{number:08d}"), name=f"示例{number}有限公司", kind="enterprise",
        legal_status="legal_person", is_head=True, rehearsal=rehearsal,
        region="331081", address="示例路", head_name="某", contact_name="某", contact_phone="000", contact_email=owner.email,
        founded_on=dt.date(2000, 1, 1), operating_since=dt.date(2000, 1, 1), industry="C", activities=["production"],
    )  # fmt: skip
    return organisation, owner


def owner_of(organisation: Organisation) -> User:
    return OrganisationMember.objects.select_related("user").filter(organisation=organisation).first().user


def earlier(
    where: Place, organisation: Organisation, prize: str, *, date: dt.date, world: Round | None = None, **more: Any
) -> Honour:
    number = next(_number)
    return enter_earlier(
        actor=where.person("office"), jurisdiction=where.jurisdiction, organisation=organisation, prize=prize, year=date.year,
        number=f"政发〔{date.year}〕{number}号", date=date, organ="示例市人民政府", serial=f"E-{number}", world=world, **more,
    )  # fmt: skip


def before_approval(
    where: Place, prizes: list[str], *, year: int | None = None, kind: str = "rehearsal"
) -> tuple[RoundStage, list[Entry]]:
    """A round whose approval stage is open, with an entry that reached it for each prize named (fallback prizes: of the vote)."""
    policy = where.policy
    offered = list(dict.fromkeys(_applied(policy, prize) for prize in prizes))
    year = year or _year(policy, offered)
    with scope(jurisdiction=where.jurisdiction):
        round_ = engine.create_round(
            actor=where.person("office"),
            jurisdiction=where.jurisdiction,
            policy=where.document,
            year=year,
            kind=Round.Kind.REHEARSAL,
        )
        closes = clock.today() + dt.timedelta(days=90)
        round_ = engine.open_round(actor=where.person("office_head"), round_=round_, closes_on=closes, reason="test")
        if kind == "binding":
            Round.objects.filter(pk=round_.pk).update(kind="binding", clock_offset=dt.timedelta(0))
            round_.refresh_from_db()
        stages = list(RoundStage.objects.filter(round=round_).order_by("position"))
        target = next(stage for stage in stages if stage.kind == "approval")
        gone = [stage.pk for stage in stages if stage.position < target.position]
        RoundStage.objects.filter(pk__in=gone).update(status="closed", opened_at=clock.now(), closed_at=clock.now())
        entries = [_entry(round_, stages, target, prize, kind == "rehearsal") for prize in prizes]
        stage = engine.open_stage(actor=where.person("office"), stage=target)
    return stage, entries


def _entry(round_: Round, stages: list[RoundStage], target: RoundStage, prize: str, rehearsal: bool) -> Entry:
    organisation, _owner = applicant(rehearsal)
    applied = _applied(round_.rules, prize)
    entry = Entry.objects.create(
        round=round_,
        organisation=organisation,
        prize=applied,
        number=f"{round_.year}-{next(_number):04d}",
        status="active",
    )
    for stage in stages:
        if stage.position < target.position and stage.kind != "call":
            decided = {"prize": prize} if stage.kind == "vote" else {}
            StageEntry.objects.create(
                stage=stage, entry=entry, status="advanced", article=stage.article, entered_at=clock.now(), **decided
            )
    return entry


def _applied(policy: Policy, prize: str) -> str:
    found = policy.prize(prize)
    return found.fallback_for[0] if found.fallback_for else prize


def _year(policy: Policy, prizes: list[str]) -> int:
    from jurisdictions.policy.cycle import offered

    return next(year for year in range(2026, 2040) if set(prizes) <= set(offered(policy, year)))


def approve_all(where: Place, stage: RoundStage, number: str = "政发〔2026〕8号") -> None:
    """Fix, approve, prepare, release, close; then the conferral likewise."""
    from awards.domain.approving import approve, fix_list

    today = clock.today()
    if stage.spec.reviewed_by:
        fix_list(actor=where.speaker(stage.spec.reviewed_by), stage=stage, on=today, document="纪要1号")
    approve(actor=where.speaker(stage.spec.by), stage=stage, number=number, date=today)
    decide(where, stage)


def decide(where: Place, stage: RoundStage) -> None:
    decision = engine.prepare(actor=where.person("office"), stage=stage)
    engine.release(actor=where.person("office_head"), decision=decision)
    engine.close_stage(actor=where.person("office_head"), stage=stage)


def confer(where: Place, stage: RoundStage) -> RoundStage:
    """From an open approval to honours."""
    approve_all(where, stage)
    following = engine.open_next(actor=where.person("office"), round_=stage.round)
    decide(where, following)
    return following
