"""Worlds for tests: a loaded policy, a cast, a rehearsal round taken to a stage by the same players as ``manage.py rehearse``."""

from __future__ import annotations

import copy
import functools
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django_scopes import scope, scopes_disabled

from accounts.models import User
from awards.rehearsing import driver
from jurisdictions import editions
from jurisdictions.models import Jurisdiction, PolicyDocument
from jurisdictions.policy import loader
from rounds.models import Entry, Round, RoundStage
from rounds.rehearsal import Cast, Rehearsal
from tests import snapshots

POLICIES = Path(settings.BASE_DIR) / "fixtures" / "policies"


def load(name: str) -> PolicyDocument:
    """Load ``fixtures/policies/<name>.yaml`` and give its edition."""
    path = POLICIES / f"{name}.yaml" if "/" not in name else Path(name)
    if snapshots.fresh():
        return snapshots.world(("policy", path), lambda: _loaded(path))
    return _loaded(path)


def _loaded(path: Path) -> PolicyDocument:
    with scopes_disabled():
        document, _changed = editions.load(file=copy.deepcopy(_read(path)), actor=None)
        return PolicyDocument.objects.select_related("jurisdiction").get(pk=document.pk)


@functools.cache
def _read(path: Path) -> loader.PolicyFile:
    return loader.read(path)


@dataclass
class World:
    """A rehearsal under way. ``ctx`` is what players get; ``advance(kind)`` plays up to (not including) the stage of that kind or key."""

    document: PolicyDocument
    ctx: Rehearsal
    made: tuple[Any, ...] = ()
    standing: int = 0

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
        self._reach(to)
        return self.stage(to)

    def finish(self) -> None:
        """Play every stage that is left."""
        self._reach("")

    def _reach(self, to: str) -> None:
        """Played once a run, as long as nothing was touched since the world was built."""
        if self.made and snapshots.writes() == self.standing and _as_invented(self.ctx) == self.made[-1]:
            self.ctx = snapshots.world((*self.made, to), lambda: self._played(to))
        else:
            self._played(to)
        self.made = ()

    def _played(self, to: str) -> Rehearsal:
        from rounds import engine

        for stage in _unfinished(self.round):
            if to and to in (stage.key, stage.kind):
                break
            driver._play(self.ctx, stage)
        if to and self.stage(to).status == RoundStage.Status.WAITING:
            engine.open_stage(actor=self.cast.office, stage=self.stage(to))
        return self.ctx


def _as_invented(ctx: Rehearsal) -> str:
    """What the players go by: a test that changes it plays for itself."""
    people = [(c.organisation.pk, c.owner.pk, c.prize, c.merit, c.trait, c.profile) for c in ctx.candidates]
    return repr((people, ctx.notes, ctx.papers, hash(ctx.random.getstate())))


def _unfinished(round_: Round) -> list[RoundStage]:
    return list(RoundStage.objects.filter(round=round_).exclude(status=RoundStage.Status.CLOSED).order_by("position"))


def build(name: str, *, year: int | None = None, applications: int = 8, seed: int = 1) -> World:
    """Load a policy and open a rehearsal round of it with invented candidates; nothing is played yet."""
    if not snapshots.fresh():
        return World(*_built(name, year, applications, seed))
    key = ("round", name, year, applications, seed)
    document, ctx = snapshots.world(key, lambda: _built(name, year, applications, seed))
    return World(document, ctx, (*key, _as_invented(ctx)), snapshots.writes())


def _built(name: str, year: int | None, applications: int, seed: int) -> tuple[PolicyDocument, Rehearsal]:
    document = _loaded(POLICIES / f"{name}.yaml")
    wish = driver.Wish(applications=applications, seed=seed, year=year, papers=False)
    with scope(jurisdiction=document.jurisdiction):
        return document, driver._opened(document, wish, random.Random(seed))
