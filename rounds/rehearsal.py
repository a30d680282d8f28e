"""How a rehearsal is played: each stage kind has a player that acts through the same domain functions as the pages.

A rehearsal of any policy that ``policy check`` accepts must run, so players read everything from the stage's parameters.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from accounts.models import Organisation, User
from core.refusals import Refused
from rounds import clock, engine
from rounds.models import Entry, Round, RoundStage


class RehearsalFailed(Exception):
    """The rehearsal met something that should not be: an act that ought to be refused went through, or a lawful one did not."""


@dataclass(slots=True)
class Candidate:
    """An invented applicant. ``merit`` 0–1 drives scores and votes. ``trait``: what happens to it.

    Traits: ``""`` (ordinary), ``fails:<condition key>``, ``late``, ``not_recommended``, ``interest`` (a reviewer is recused from it),
    ``objection_founded``, ``objection_unfounded``, ``former_holder``, ``withdraws``.
    """

    organisation: Organisation
    owner: User
    prize: str
    merit: float
    trait: str = ""
    profile: dict[str, Any] = field(default_factory=dict)  # {"org": {…}, "form": {…}, "check": {…}, "awards": {…}}
    entry: Entry | None = None


@dataclass(slots=True)
class Cast:
    """The people of a rehearsal, invented for it. ``bodies`` maps a body's id to its officer."""

    office: User
    office_head: User
    supervisor: User
    approver: User
    reviewers: list[User]
    electors: list[User]
    tellers: list[User]
    bodies: dict[int, User]


@dataclass
class Rehearsal:
    """Everything a player may touch."""

    round: Round
    random: random.Random
    cast: Cast
    candidates: list[Candidate]
    papers: bool = True
    show: Callable[[str], None] = lambda line: None
    refusals: list[dict[str, str]] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)

    def say(self, text: str, article: str = "") -> None:
        """One line of the story, with its article."""
        moment = clock.now(self.round).strftime("%Y-%m-%d")
        self.show(f"{moment}  {text}" + (f"  〔{article}〕" if article else ""))

    def refused(self, act: str, call: Callable[[], Any]) -> None:
        """Try a forbidden act. Raises ``RehearsalFailed`` when it is not refused. Must leave nothing behind."""
        from django.db import transaction

        try:
            with transaction.atomic():
                call()
        except Refused as refusal:
            self.refusals.append({"act": act, "article": refusal.article, "code": refusal.code})
            self.say(f"✗ {act}: {refusal.code}", refusal.article)
            return
        raise RehearsalFailed(f"not refused: {act}")

    def move_to(self, moment: dt.datetime) -> None:
        """Move the round's clock forward to ``moment`` (nothing when it is past already)."""
        if moment > clock.now(self.round):
            self.round = engine.move_clock(actor=self.cast.office, round_=self.round, to=moment)
            clock.set_standing(self.round, moment)

    def pass_days(self, days: int) -> None:
        self.move_to(clock.now(self.round) + dt.timedelta(days=days))

    def candidate(self, entry: Entry) -> Candidate:
        """The invented applicant behind an entry."""
        return next(c for c in self.candidates if c.organisation.pk == entry.organisation_id and c.prize == entry.prize)


class Player(Protocol):
    """Plays one kind of stage. ``stage`` is open; after ``play`` the stage must be ready to prepare, release and close."""

    kind: ClassVar[str]

    def forbidden(self, ctx: Rehearsal, stage: RoundStage) -> None:
        """Try what the stage's articles forbid, each through ``ctx.refused``. Called before ``play``."""

    def play(self, ctx: Rehearsal, stage: RoundStage) -> None:
        """Do everybody's work in the stage, moving the clock as needed."""

    def forbidden_after(self, ctx: Rehearsal, stage: RoundStage) -> None:
        """Forbidden acts that can only be tried once the work is done (called before the decision is prepared)."""


_PLAYERS: dict[str, Player] = {}
#: ``fn(ctx, candidate)``: put an invented fact of a namespace where the system will find it (e.g. an earlier award).
_SEEDERS: dict[str, Callable[[Rehearsal, Candidate], None]] = {}


def plays(player: type[Any]) -> type[Any]:
    """Decorator: register a player for its kind."""
    _PLAYERS[player.kind] = player()
    return player


def player_of(stage: RoundStage) -> Player:
    return _PLAYERS[stage.kind]


def seeds(namespace: str) -> Callable[[Callable[[Rehearsal, Candidate], None]], Callable[[Rehearsal, Candidate], None]]:
    """Decorator: register a seeder for facts of ``namespace``."""

    def add(seeder: Callable[[Rehearsal, Candidate], None]) -> Callable[[Rehearsal, Candidate], None]:
        _SEEDERS[namespace] = seeder
        return seeder

    return add


def seeders() -> Iterable[Callable[[Rehearsal, Candidate], None]]:
    return _SEEDERS.values()
