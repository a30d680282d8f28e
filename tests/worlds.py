"""Worlds for tests: a loaded policy, a cast, a rehearsal round taken to a stage by the same players as ``manage.py rehearse``."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django_scopes import scope, scopes_disabled

from accounts.models import User
from awards.rehearsing import driver
from jurisdictions.models import Jurisdiction, PolicyDocument
from rounds.models import Entry, Round, RoundStage
from rounds.rehearsal import Cast, Rehearsal

POLICIES = Path(settings.BASE_DIR) / "fixtures" / "policies"


def load(name: str) -> PolicyDocument:
    """Load ``fixtures/policies/<name>.yaml`` and give its edition."""
    path = POLICIES / f"{name}.yaml" if "/" not in name else Path(name)
    call_command("policy", "load", str(path), verbosity=0)
    code = (
        next(line for line in path.read_text(encoding="utf-8").splitlines() if line.strip().startswith("code:"))
        .split(":")[1]
        .strip()
    )
    with scopes_disabled():
        return (
            PolicyDocument.objects.select_related("jurisdiction")
            .filter(jurisdiction__code=code)
            .order_by("-edition")
            .first()
        )


@dataclass
class World:
    """A rehearsal under way. ``ctx`` is what players get; ``advance(kind)`` plays up to (not including) the stage of that kind or key."""

    document: PolicyDocument
    ctx: Rehearsal

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.document.jurisdiction

    @property
    def round(self) -> Round:
        return self.ctx.round

    @property
    def cast(self) -> Cast:
        return self.ctx.cast

    def stage(self, key: str) -> RoundStage:
        rows = RoundStage.objects.select_related("round__jurisdiction", "round__policy")
        return (
            rows.get(round=self.round, key=key)
            if rows.filter(round=self.round, key=key).exists()
            else rows.filter(round=self.round, kind=key).first()
        )

    @property
    def stages(self) -> dict[str, RoundStage]:
        rows = (
            RoundStage.objects.filter(round=self.round)
            .select_related("round__jurisdiction", "round__policy")
            .order_by("-position")
        )
        return {stage.kind: stage for stage in rows}

    @property
    def entry(self) -> Entry:
        """The entry that got furthest."""
        every = (
            Entry.objects.filter(round=self.round).select_related("round__jurisdiction", "organisation").order_by("id")
        )
        filed = every.exclude(number="")
        return filed.filter(status__in=("active", "honoured")).first() or filed.first() or every.first()

    @property
    def applicant(self) -> User:
        return self.ctx.candidate(self.entry).owner

    def advance(self, to: str) -> RoundStage:
        """Play every stage before the one with this key (or kind); open that one, and return it."""
        from rounds import engine

        for stage in _unfinished(self.round):
            if to in (stage.key, stage.kind):
                break
            driver._play(self.ctx, stage)
        target = self.stage(to)
        if target.status == RoundStage.Status.WAITING:
            engine.open_stage(actor=self.cast.office, stage=target)
        return self.stage(to)

    def finish(self) -> None:
        """Play every stage that is left."""
        for stage in _unfinished(self.round):
            driver._play(self.ctx, stage)


def _unfinished(round_: Round) -> list[RoundStage]:
    return list(RoundStage.objects.filter(round=round_).exclude(status=RoundStage.Status.CLOSED).order_by("position"))


def build(name: str, *, year: int | None = None, applications: int = 8, seed: int = 1) -> World:
    """Load a policy and open a rehearsal round of it with invented candidates; nothing is played yet."""
    document = load(name)
    wish = driver.Wish(applications=applications, seed=seed, year=year, papers=False)
    with scope(jurisdiction=document.jurisdiction):
        ctx = driver._opened(document, wish, random.Random(seed))
    return World(document, ctx)
