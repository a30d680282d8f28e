"""A rehearsal round whose entries stand before any stage, without playing what lies before it."""

from __future__ import annotations

import copy
import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

from django_scopes import scope

from accounts.domain import register_organisation
from accounts.models import User
from awards.rehearsing import cast as casting
from awards.rehearsing import plan
from core.fields import digest
from jurisdictions.models import PolicyDocument
from reviews.models import Reviewer, Team
from reviews.players import pool as pool_player
from reviews.queries import progress
from rounds import clock, engine
from rounds.models import Decision, Entry, Round, RoundStage, StageEntry
from rounds.rehearsal import Candidate, Cast, Rehearsal, player_of
from tests import worlds

S = RoundStage.Status


@dataclass
class Bench:
    """A round of a policy, its cast, its entries."""

    document: PolicyDocument
    ctx: Rehearsal
    lines: list[str] = field(default_factory=list)

    @property
    def cast(self) -> Cast:
        return self.ctx.cast

    @property
    def round(self) -> Round:
        return self.ctx.round

    def stage(self, key: str) -> RoundStage:
        return RoundStage.objects.select_related("round__jurisdiction").get(round=self.round, key=key)

    def rows(self, key: str) -> list[StageEntry]:
        return list(
            StageEntry.objects.filter(stage__round=self.round, stage__key=key)
            .select_related("stage__round__jurisdiction", "entry__organisation").order_by("id")
        )  # fmt: skip

    def open(self, key: str) -> RoundStage:
        """Open a stage as though every stage before it had let everything through (what was really decided stays)."""
        target = self.stage(key)
        before = RoundStage.objects.filter(round=self.round, position__lt=target.position)
        last = before.order_by("-position").first()
        if last is not None and last.status != S.CLOSED:
            before.exclude(status=S.CLOSED).update(
                status=S.CLOSED, opened_at=clock.now(self.round), closed_at=clock.now(self.round)
            )
            there = set(StageEntry.objects.filter(stage=last).values_list("entry_id", flat=True))
            now = clock.now(self.round)
            alive = Entry.objects.filter(round=self.round, status="active").exclude(pk__in=there)
            StageEntry.objects.bulk_create(
                StageEntry(stage=last, entry=e, status="advanced", entered_at=now) for e in alive.order_by("id")
            )
        engine.open_stage(actor=self.cast.office, stage=target)
        return self.stage(key)

    def play(self, key: str, *, forbidden: bool = True) -> RoundStage:
        """Open and play a stage; nothing is decided yet."""
        stage = self.open(key) if self.stage(key).status == S.WAITING else self.stage(key)
        player = player_of(stage)
        if forbidden:
            player.forbidden(self.ctx, stage)
        player.play(self.ctx, self.stage(key))
        if forbidden:
            player.forbidden_after(self.ctx, self.stage(key))
        return self.stage(key)

    def decide(self, key: str) -> Decision:
        decision = engine.prepare(actor=self.cast.office, stage=self.stage(key))
        return engine.release(actor=self.cast.office_head, decision=decision)

    def through(self, key: str) -> RoundStage:
        """Play, decide, close."""
        self.play(key)
        self.decide(key)
        return engine.close_stage(actor=self.cast.office_head, stage=self.stage(key))

    # -- people and teams

    def reviewers(self) -> list[Reviewer]:
        return pool_player.gathered(self.ctx)

    def user(self, reviewer: Reviewer) -> User:
        return pool_player.user_of(self.ctx, reviewer)

    def teams(self, key: str) -> list[Team]:
        """Teams built and entries distributed."""
        from reviews.domain import assignments

        stage = self.stage(key)
        made = pool_player.build(self.ctx, stage, self.reviewers())
        assert assignments.distribute(actor=self.cast.office, stage=stage) == []
        return made

    def work(self, row: StageEntry) -> progress.EntryWork:
        return progress.of_entry(
            StageEntry.objects.select_related("stage__round__jurisdiction", "entry__organisation").get(pk=row.pk)
        )


def make(
    name: str, *, entries: int = 4, traits: tuple[str, ...] = (), year: int | None = None,
    tweak: dict[str, Any] | None = None, one_prize: bool = False,
) -> Bench:  # fmt: skip
    """A round of ``fixtures/policies/<name>``; ``tweak``: {dotted path: value} put into another edition of it first."""
    document = worlds.load(name)
    with scope(jurisdiction=document.jurisdiction):
        return _made(_tweaked(document, tweak) if tweak else document, entries, traits, year, one_prize)


def _made(document: PolicyDocument, entries: int, traits: tuple[str, ...], year: int | None, one_prize: bool) -> Bench:
    policy, jurisdiction = document.policy, document.jurisdiction
    cast = casting.gather(jurisdiction, policy)
    found, starts = plan.when(jurisdiction, policy, year)
    round_ = engine.create_round(
        actor=cast.office,
        jurisdiction=jurisdiction,
        policy=document,
        year=found,
        kind=Round.Kind.REHEARSAL,
        starts_at=starts,
        seed="1",
    )
    reason = "test" if plan.needs_reason(policy, starts) else ""
    closes_on = starts.date() + dt.timedelta(days=plan.filing_days(policy))
    round_ = engine.open_round(actor=cast.office_head, round_=round_, closes_on=closes_on, reason=reason)
    ctx = Rehearsal(round=round_, random=random.Random(7), cast=cast, candidates=[], papers=False)
    prizes = [key for key in round_.prizes if round_.rules.prize(key).is_applied_for][: 1 if one_prize else None]
    for number in range(entries):
        ctx.candidates.append(
            _candidate(ctx, number, prizes[number % len(prizes)], traits[number] if number < len(traits) else "")
        )
    bench = Bench(document, ctx)
    ctx.show = bench.lines.append
    return bench


def _candidate(ctx: Rehearsal, number: int, prize: str, trait: str) -> Candidate:
    user = User(email=f"applicant{number}-{ctx.round.pk}@example.invalid", name=f"Applicant {number}", password="!")
    user.save()
    organisation = register_organisation(
        actor=user,
        name=f"Works {ctx.round.pk}-{number}",
        kind="enterprise",
        legal_status="natural_person",
        is_head=True,
        rehearsal=True,
    )
    category = ctx.round.rules.prize(prize).categories
    entry = Entry.objects.create(
        round=ctx.round, organisation=organisation, prize=prize, number=f"A{number:03d}", status="active",
        category=category[number % len(category)].key if category else "",
    )  # fmt: skip
    merit = 0.9 - 0.4 * (number * 37 % 100) / 100
    return Candidate(organisation=organisation, owner=user, prize=prize, merit=merit, trait=trait, entry=entry)


def _tweaked(document: PolicyDocument, tweak: dict[str, Any]) -> PolicyDocument:
    """Another edition, for this test alone, changed wherever a path leads (stages by key)."""
    text = copy.deepcopy(document.document)
    for path, value in tweak.items():
        place: Any = text
        *way, last = path.split(".")
        for step in way:
            place = (
                next(item for item in place if item["key"] == step)
                if isinstance(place, list)
                else place.setdefault(step, {})
            )
        place[last] = value
    text["edition"] = "test"
    made: PolicyDocument = PolicyDocument.objects.create(
        jurisdiction=document.jurisdiction, edition="test", status=document.status, document=text, sha256=digest(text)
    )
    return made
