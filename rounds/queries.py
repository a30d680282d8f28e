"""Reads of the round pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django_scopes import scopes_disabled

from accounts.models import User
from rounds import counting
from rounds.models import Correction, Decision, Entry, Round, RoundStage, StageEntry
from rounds.querysets import StageEntryQuerySet, inside, light


def stages_with_counts(round_: Round) -> list[RoundStage]:
    """The stages in order, each with ``entered``, ``advanced``, ``stopped``, ``pending``: two queries."""
    stages: list[RoundStage] = list(inside(RoundStage, round_).filter(round=round_).order_by("position"))
    counts = _by_state(inside(StageEntry, round_).filter(stage__in=[stage.pk for stage in stages]))
    for stage in stages:
        stage.round, found = round_, counts.get(stage.pk, Counter())
        stage.entered, stage.pending = found.total() - found["skipped"], found["pending"]  # type: ignore[attr-defined]
        stage.advanced, stage.stopped = found["advanced"], found["stopped"]  # type: ignore[attr-defined]
    return stages


def _by_state(rows: StageEntryQuerySet) -> dict[int, Counter[str]]:
    """``{stage id: {status: rows}}`` in one pass; what waits of an entry that has ended counts as ``ended``, not as ``pending``."""
    with scopes_disabled():  # the entry of a row of the scope
        ended = Entry.objects.filter(pk=OuterRef("entry")).exclude(status__in=("draft", "active"))
    grouped = rows.order_by().annotate(ended=Exists(ended)).values_list("stage", "status", "ended")
    found: dict[int, Counter[str]] = {}
    for stage, status, is_ended, count in grouped.annotate(n=Count("pk")):
        found.setdefault(stage, Counter())["ended" if is_ended and status == "pending" else status] += count
    return found


def corrections_of(stage: RoundStage) -> list[Correction]:
    """Orders of supervision that are open, and the newest twenty of all that it filed in a stage; newest first. One query a page."""
    rows = inside(Correction, stage).filter(stage=stage)
    open_ = Q(kind=Correction.Kind.ORDER, settled_at=None)
    newest = rows.order_by("-id").values("pk")[:20]
    wanted = rows.filter(open_ | Q(pk__in=newest)).select_related("ordered_by").order_by("-id")
    return counting.kept(stage, "corrections", lambda: list(wanted))


def decisions_of(stage: RoundStage) -> list[Decision]:
    """Decisions that wait for their release, and the newest twenty of all of a stage; newest first. One query a page."""
    rows = inside(Decision, stage).filter(stage=stage)
    newest = rows.order_by("-id").values("pk")[:20]
    wanted = rows.filter(Q(status=Decision.Status.PREPARED) | Q(pk__in=newest))
    found = wanted.select_related("prepared_by", "released_by").order_by("-id")
    return counting.kept(stage, "decisions", lambda: list(found))


def current_stage(stages: Iterable[RoundStage]) -> RoundStage | None:
    """The first open stage."""
    return next((stage for stage in stages if stage.status == RoundStage.Status.OPEN), None)


def unfinished_stages(jurisdiction_ids: Iterable[int], *, organisation_ids: Iterable[int] = ()) -> list[RoundStage]:
    """Stages that are not closed, of running rounds in these jurisdictions or with entries of these organisations; the newest round
    first, its stages in order. One query."""
    wanted, organisations = Q(round__jurisdiction__in=list(jurisdiction_ids)), list(organisation_ids)
    if organisations:
        wanted |= Q(round__in=Entry.objects.filter(organisation__in=organisations).values("round"))
    rows = RoundStage.objects.filter(wanted, round__status=Round.Status.OPEN).exclude(status=RoundStage.Status.CLOSED)
    stages = list(light(rows).order_by("-round_id", "position"))
    rounds = {stage.round_id: stage.round for stage in stages}
    for stage in stages:
        stage.round = rounds[stage.round_id]
    return stages


#: The states by which the entries of a stage are listed and counted: the same words, the same rows.
STATES: dict[str, Q] = {
    "pending": Q(status="pending", entry__status__in=("draft", "active")),
    "advanced": Q(status="advanced"),
    "stopped": Q(status="stopped"),
    "skipped": Q(status="skipped"),
    "withdrawn": Q(status="withdrawn"),
}


def stage_rows(user: User, stage: RoundStage, state: str = "") -> StageEntryQuerySet:
    """The entries of a stage that the person may see, in one of the ``STATES`` or in all."""
    found: StageEntryQuerySet = inside(StageEntry, stage).filter(stage=stage).not_recused_from(user)
    return found.filter(STATES[state]) if state in STATES else found


@dataclass(frozen=True, slots=True)
class Tally:
    """How the entries of a stage stand: ``left`` wait, ``done`` have an outcome (``advanced`` and ``stopped``)."""

    left: int = 0
    advanced: int = 0
    stopped: int = 0
    skipped: int = 0
    withdrawn: int = 0

    @property
    def done(self) -> int:
        return self.advanced + self.stopped


def tallies(user: User, stages: Iterable[RoundStage]) -> dict[int, Tally]:
    """``{stage id: Tally}``, each number that of :func:`stage_rows` in its state: one query."""
    stages = list(stages)
    rows = inside(StageEntry, *stages).filter(stage__in=[stage.pk for stage in stages]).not_recused_from(user)
    return {
        stage: Tally(found["pending"], *(found[name] for name in ("advanced", "stopped", "skipped", "withdrawn")))
        for stage, found in _by_state(rows).items()
    }
