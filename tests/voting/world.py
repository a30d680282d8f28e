"""A small jurisdiction whose round begins with the stages under test."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from accounts.models import Organisation, User
from core import clock
from core.refusals import Refused
from jurisdictions import roles
from jurisdictions.models import Jurisdiction, PolicyDocument
from rounds import engine
from rounds.models import Entry, Round, RoundStage, StageEntry
from rounds.rehearsal import Candidate, Cast, Rehearsal
from voting.domain import casting, counting, keys, meetings, polls, unsealing

_number = itertools.count(1)
#: Every rehearsal of these tests begins on the same day, so that no test depends on the day it runs.
START = clock.start_of_day(dt.date(2024, 10, 8)) + dt.timedelta(hours=10)
T = lambda text: {"zh": text, "en": text}
SECTION = {
    "key": "basics",
    "title": T("基本情况"),
    "fields": [{"key": "staff_total", "label": T("人数"), "type": "integer"}],
}
VOTE = {
    "kind": "vote",
    "key": "vote",
    "name": T("审查表决"),
    "article": "19",
    "method": "approve",
    "secret": False,
    "electorate": ["committee"],
    "quorum": {"ratio": "2/3", "base": "eligible"},
    "majority": {"ratio": "1/2", "strict": True, "base": "present"},
}
PUBLICITY = {
    "kind": "publicity",
    "key": "publicity",
    "name": T("初选公示"),
    "article": "20",
    "window": {"length": 7, "unit": "calendar"},
    "report_to": "committee",
    "report_article": "20",
}


def vote(**changes: Any) -> dict[str, Any]:
    return {**VOTE, **changes}


def publicity(**changes: Any) -> dict[str, Any]:
    return {**PUBLICITY, **changes}


def policy(stages: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    """A policy document with these stages."""
    prize = {"key": "quality", "name": T("质量奖"), "article": "2", "applicants": ["enterprise"]}
    return {
        "format": 1, "code": "city", "edition": "2023", "status": "in_force", "title": T("办法"), "award": T("政府质量奖"),
        "issuer": T("市政府"), "effective": {"date": "2020-01-01"}, "effective_article": "30", "territory": ["33"],
        "articles": {"19": T("表决"), "20": T("公示"), "3": T("名额")},
        "organs": [
            {"key": "committee", "kind": "committee", "name": T("评委会"), "article": "4", "seats": []},
            {"key": "office", "kind": "office", "name": T("评审办"), "article": "5"},
        ],
        "cycle": {"article": "3", "base_year": 2000}, "prizes": [prize],
        "quotas": [{"key": "winners", "article": "3", "prizes": ["quality"], "max": 2}],
        "forms": [{"key": "f", "prizes": ["quality"], "title": T("申报表"), "article": "14", "sections": [SECTION]}],
        "recusal": {"article": "24", "covers": ["voter"]}, "objections": {"article": "23"}, "stages": stages, **changes,
    }  # fmt: skip


def person(name: str = "", **extra: Any) -> User:
    number = next(_number)
    return User.objects.create_user(f"p{number}@example.invalid", name=name or f"人{number}", **extra)


@contextmanager
def refused(code: str):
    """Expects that refusal, with a sentence."""
    with pytest.raises(Refused) as caught:
        yield caught
    assert caught.value.code == code, caught.value
    assert str(caught.value)


@dataclass
class World:
    jurisdiction: Jurisdiction
    round: Round
    entries: list[Entry]
    office: User
    head: User
    supervisor: User
    members: list[User]
    tellers: list[User]
    owners: list[User] = field(default_factory=list)
    passphrases: dict[int, str] = field(default_factory=dict)

    @property
    def stage(self) -> RoundStage:
        return (
            RoundStage.objects.select_related("round__jurisdiction", "round__policy")
            .filter(round=self.round, status="open")
            .get()
        )

    def rows(self) -> dict[int, StageEntry]:
        return {row.entry_id: row for row in StageEntry.objects.filter(stage=self.stage)}

    def meeting(self, present: list[User] | None = None, **extra: Any):
        stage = self.stage
        found = meetings.convene(
            actor=self.office, stage=stage, held_on=dt.date(2024, 10, 8), plenary=stage.spec.plenary, **extra
        )
        if stage.spec.hears_report:
            meetings.hear_report(actor=self.office, meeting=found, given_by="主任")
        return meetings.attend(actor=self.office, meeting=found, present=self.members if present is None else present)

    def prepared(self, meeting=None):
        tellers = self.tellers[: self.stage.spec.tellers.value.total] if self.stage.spec.secret.value else []
        poll = polls.prepare(actor=self.office, meeting=meeting or self.meeting(), tellers=tellers)
        return self.with_keys(poll, tellers)

    def with_keys(self, poll, tellers):
        self.passphrases = {teller.pk: keys.make_key(actor=teller, poll=poll) for teller in tellers}
        return poll

    def opened(self, meeting=None):
        return polls.open_poll(actor=self.office, poll=self.prepared(meeting))

    def cast(self, poll, *ballots: list[str]) -> None:
        """Each member's votes on the entries, in order."""
        for member, votes in zip(self.members, ballots, strict=False):
            choices = {e.pk: v for e, v in zip(self.entries, votes, strict=False) if v}
            casting.cast(actor=member, poll=poll, choices=choices)

    def counted(self, poll):
        """Close, open the box, count."""
        poll = polls.close_poll(actor=self.office, poll=poll)
        for teller in self.tellers[: poll.tellers_needed]:
            unsealing.take_part(actor=teller, poll=poll, passphrase=self.passphrases[teller.pk])
        return counting.count(actor=self.office, poll=poll)

    def held(self, *ballots: list[str]):
        poll = self.opened()
        self.cast(poll, *ballots)
        return self.counted(poll)

    def released(self) -> dict[int, StageEntry]:
        decision = engine.prepare(actor=self.office, stage=self.stage)
        engine.release(actor=self.head, decision=decision)
        return self.rows()

    def rehearsal(self, seed: int = 1) -> Rehearsal:
        cast = Cast(self.office, self.head, self.supervisor, person(), [], self.members, self.tellers, {})
        generator = random.Random(seed)
        people = [
            Candidate(e.organisation, o, e.prize, generator.random(), entry=e)
            for e, o in zip(self.entries, self.owners, strict=True)
        ]
        return Rehearsal(self.round, generator, cast, people)


def make_world(
    *stages: dict[str, Any],
    entries: int = 4,
    members: int = 5,
    tellers: int = 2,
    units: int = 0,
    kind: str = "rehearsal",
    document: dict[str, Any] | None = None,
    year: int | None = None,
    **changes: Any,
) -> World:
    """Inside the caller's scope: the first of ``stages`` (or of ``document``) is open, with entries in it."""
    code = f"city{next(_number)}"
    jurisdiction = Jurisdiction.objects.create(code=code, name_zh="某市", name_en="City")
    given = document or policy(list(stages), **changes)
    edition = PolicyDocument.objects.create(
        jurisdiction=jurisdiction, edition=given["edition"], document={**given, "code": code}
    )
    boss = person(is_superuser=True)

    def holding(role: str, **extra: Any) -> User:
        user = person()
        roles.begin(actor=boss, user=user, role=role, jurisdiction=jurisdiction, **extra)
        return user

    office, head, supervisor = holding("office"), holding("office_head"), holding("supervisor")
    organs = next(s for s in given["stages"] if s["kind"] == "vote")["electorate"] if document else ["committee"]
    voters = [
        holding("committee", organ=organs[n % len(organs)], seat="member", unit=f"单位{n % units if units else n}")
        for n in range(members)
    ]
    keepers = [holding("teller") for _ in range(tellers)]
    starts = {"starts_at": START} if kind == "rehearsal" else {}
    round_ = engine.create_round(
        actor=office, jurisdiction=jurisdiction, policy=edition, year=year or START.year, kind=kind, **starts
    )
    engine.open_round(actor=head, round_=round_, closes_on=dt.date(2024, 12, 10), reason="测试")
    round_ = Round.objects.select_related("jurisdiction", "policy").get(pk=round_.pk)
    world = World(jurisdiction, round_, [], office, head, supervisor, voters, keepers)
    prizes = round_.prizes
    for number in range(entries):
        world.entries.append(new_entry(round_, number, prizes[number % len(prizes)]))
        world.owners.append(person())
    return world


def new_entry(round_: Round, number: int, prize: str) -> Entry:
    organisation = Organisation.objects.create(
        name=f"企业{number + 1}", kind="enterprise", head_name=f"负责人{number + 1}", rehearsal=True
    )
    entry = engine.entries.enter(round_=round_, organisation=organisation, prize=prize)
    entry.number, entry.status = f"{number + 1:03}", Entry.Status.ACTIVE
    entry.save()
    return entry
