"""What a stage kind is. Apps register theirs; the engine knows only this."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from rounds.readers import EVERYBODY, Reader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from rounds.models import Decision, RoundStage, StageEntry

Lazy = Any


@dataclass(frozen=True, slots=True)
class Blocker:
    """Something that must be mended first. ``url`` leads to the mend; ``count`` says how many entries it holds up.

    ``todo`` is the code of the to-do that mends it, where that has another name and the same address: a desk shows both as one.
    """

    code: str
    article: str
    text: Lazy
    url: str = ""
    count: int = 1
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits for somebody: a ``role`` (of the jurisdiction, or of ``body_id``), a ``user_id``, or an ``organisation_id``.

    Beside ``user_id``, ``role`` says in which capacity it waits for that person.
    """

    code: str
    article: str
    text: Lazy
    url: str
    count: int = 1
    due: dt.datetime | None = None
    role: str = ""
    user_id: int | None = None
    body_id: int | None = None
    organisation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the kind proposes for one entry when a decision is prepared."""

    stage_entry: StageEntry
    outcome: str  # "advanced" | "stopped"
    article: str
    reason: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    score: Decimal | None = None
    rank: int | None = None
    prize: str = ""
    tier: str = ""


class StageKind:
    """Behaviour of one kind of stage. Subclass, set ``key``, override what differs, register in ``AppConfig.ready``."""

    key: ClassVar[str]
    #: Entries are settled one by one by somebody's act (``engine.settle``); otherwise a decision is prepared and released.
    one_by_one: ClassVar[bool] = False
    #: No entries pass through it (the call).
    without_entries: ClassVar[bool] = False
    #: Who acts in such a stage, beside the office: roles, and "applicant". Tells each of them what comes next.
    acts: ClassVar[frozenset[str]] = frozenset()

    def may_start(self, stage: RoundStage) -> list[Blocker]:
        """What must be true before it opens."""
        return []

    def on_open(self, stage: RoundStage, actor: User) -> None:
        """Once, when it opens, after its first entries entered."""

    def on_enter(self, stage_entries: list[StageEntry]) -> None:
        """For each lot of entries that enters an open stage."""

    def acting(self, stage: RoundStage) -> frozenset[str]:
        """Who acts in this stage, the office included."""
        return self.acts | {"office"}

    def todos(self, stage: RoundStage, reader: Reader = EVERYBODY) -> Iterable[Todo]:
        """What is left to do, and for whom. What ``reader`` would not see need not be computed (it is left out in any case)."""
        return ()

    def blockers(self, stage: RoundStage) -> list[Blocker]:
        """What blocks preparing a decision and closing; each cites its article and links to the mend."""
        return []

    def proposals(self, stage: RoundStage) -> list[Proposal]:
        """Which pending entries go on, and which not."""
        return []

    def on_release(self, decision: Decision, actor: User) -> None:
        """After a decision was released: letters, papers."""

    def on_close(self, stage: RoundStage, actor: User) -> None:
        """Once, when it closes."""

    def url(self, stage: RoundStage) -> str:
        """The stage's own work page, '' when the general page suffices."""
        return ""


_KINDS: dict[str, StageKind] = {}


def register(kind: type[StageKind]) -> type[StageKind]:
    """Decorator: make a kind known. Raises ``ValueError`` when its key is taken by another class."""
    known = _KINDS.get(kind.key)
    if known is not None and type(known).__qualname__ != kind.__qualname__:
        raise ValueError(f"stage kind registered twice: {kind.key}")
    _KINDS[kind.key] = kind()
    return kind


def kind_of(stage: RoundStage) -> StageKind:
    """The behaviour of a stage."""
    return _KINDS[stage.kind]


def known_kinds() -> frozenset[str]:
    return frozenset(_KINDS)
