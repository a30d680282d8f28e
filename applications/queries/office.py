"""Reads of the office's and the bodies' pages and of their stage kinds; each a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from accounts.models import User
from applications.models import Application
from applications.models.assessment import Assessment
from applications.models.opinions import Charge, Consultation, ConsultationRequest, PreliminaryReview, Recommendation
from core import formats
from jurisdictions.models import Body
from rounds import clock
from rounds.models import RoundStage, StageEntry
from rounds.querysets import StageEntryQuerySet, inside, without_recused
from rounds.readers import EVERYBODY, Reader

UNDECIDED = Q(finding="", computed=None, postponed=False)
FAILING = Q(finding="not_met") | Q(finding="", computed=False)


def _spoken(stage: RoundStage) -> Exists:
    """The body of a charge has recommended or declined already."""
    said = Recommendation.objects.filter(stage_entry=OuterRef("stage_entry"), body=OuterRef("body")).exclude(outcome="")
    return Exists(said)


def waiting_charges(stage: RoundStage) -> QuerySet[Charge]:
    """Charges whose entry waits and whose body has not spoken."""
    pending = StageEntry.objects.filter(stage=stage).pending()
    found: QuerySet[Charge] = Charge.objects.filter(stage_entry__in=pending).exclude(_spoken(stage))
    return found


def waiting_by_body(stage: RoundStage, reader: Reader = EVERYBODY) -> list[tuple[int, str, int]]:
    """``(body id, name, entries)`` of (the reader's) bodies with something to do. One query."""
    charges = _seen(reader.of_bodies(waiting_charges(stage)), reader)
    rows = charges.values("body", "body__name_zh").annotate(entries=Count("pk")).order_by("body")
    return [(row["body"], row["body__name_zh"], row["entries"]) for row in rows]


def _seen(rows: Any, reader: Reader) -> Any:
    """Without entries from which the reader is recused: a to-do counts what its list shows."""
    return rows if reader.user is None else without_recused(rows, reader.user, "stage_entry__entry")


def without_body(stage: RoundStage) -> StageEntryQuerySet:
    """Waiting entries for which no body was found."""
    found: StageEntryQuerySet = StageEntry.objects.filter(stage=stage).pending().filter(charges=None)
    return found


@dataclass(frozen=True, slots=True)
class Hands:
    """In whose hands what waits is: ``(body id, name, entries)`` of bodies that have not spoken, and how many entries have no body."""

    waiting: list[tuple[int, str, int]]
    lost: int


def in_hands(stage: RoundStage) -> Hands:
    """What :func:`waiting_by_body` and :func:`without_body` give for everybody, counted in one pass; one query more for the names."""
    said = inside(Recommendation, stage).filter(stage_entry=OuterRef("pk"), body=OuterRef("charges__body"))
    rows = inside(StageEntry, stage).filter(stage=stage).pending_to_count().filter(~Exists(said.exclude(outcome="")))
    counts = dict(rows.order_by().values_list("charges__body").annotate(entries=Count("pk")))
    lost = counts.pop(None, 0)
    names = dict(Body.objects.filter(pk__in=counts).values_list("pk", "name_zh"))
    return Hands([(body, names[body], counts[body]) for body in sorted(counts)], lost)


def late_bodies(stage: RoundStage) -> str:
    """Names of bodies that still have entries, for the office."""
    return formats.listed(formats.with_note(name, count) for _body, name, count in waiting_by_body(stage))


def undecided_points(stage: RoundStage) -> tuple[int, int]:
    """``(points, entries)`` that are neither computed nor found, among waiting entries. One query."""
    found = (
        Assessment.objects.of_pending(stage)
        .undecided()
        .aggregate(points=Count("pk"), entries=Count("stage_entry", distinct=True))
    )
    return found["points"], found["entries"]


def missing_checks(stage: RoundStage, keys: Iterable[str]) -> dict[str, int]:
    """``{check key: waiting entries without an answer}``. One query."""
    wanted = list(keys)
    if not wanted:
        return {}
    pending = StageEntry.objects.filter(stage=stage).pending().values("entry")
    counts = dict.fromkeys(wanted, 0)
    for checks in Application.objects.filter(entry__in=pending).values_list("checks", flat=True):
        for key in wanted:
            counts[key] += checks.get(key) is None
    return {key: count for key, count in counts.items() if count}


@dataclass(frozen=True, slots=True)
class Asked:
    """How a consultation stands among waiting entries."""

    unasked: int
    unanswered: int
    overdue: int


def consultation_state(stage: RoundStage) -> Asked:
    """Entries nobody was asked about; questions without an answer; those of them whose time is over. Two queries."""
    pending = StageEntry.objects.filter(stage=stage).pending()
    unasked = pending.filter(consultation_requests=None).count()
    now = clock.now(stage.round)
    rows = ConsultationRequest.objects.of_pending(stage).open()
    found = rows.aggregate(all=Count("pk"), late=Count("pk", filter=Q(consultation__due_at__lt=now)))
    return Asked(unasked, found["all"], found["late"])


def questions_by_body(stage: RoundStage, reader: Reader = EVERYBODY) -> list[dict[str, Any]]:
    """Open questions per body (of the reader): ``body``, ``open``, ``due``. One query."""
    rows = _seen(reader.of_bodies(ConsultationRequest.objects.of_pending(stage).open()), reader)
    return list(rows.values("body").annotate(open=Count("pk"), due=F("consultation__due_at")).order_by("body", "due"))


def own_entries(user: User, stage: RoundStage, bodies: Iterable[int]) -> StageEntryQuerySet:
    """A body's own entries in a stage, without those the person is recused from; with priority first."""
    mine = inside(Charge, stage).filter(body__in=list(bodies))
    rows = inside(StageEntry, stage).filter(stage=stage, pk__in=mine.values("stage_entry")).not_recused_from(user)
    first = Exists(mine.filter(stage_entry=OuterRef("pk"), priority=True))
    found: StageEntryQuerySet = rows.select_related("entry__organisation").annotate(first=first)
    return found


def body_stages(user_bodies: Iterable[int]) -> QuerySet[RoundStage]:
    """Stages in which these bodies have, or had, something of their own."""
    mine = Charge.objects.filter(body__in=list(user_bodies)).values("stage_entry__stage")
    rows: QuerySet[RoundStage] = RoundStage.objects.filter(pk__in=mine).select_related(
        "round__jurisdiction", "round__policy"
    )
    return rows.order_by("-round__year", "-round_id", "position")


def recommendations_of(stage: RoundStage, bodies: Iterable[int]) -> list[Recommendation]:
    """A body's list: what it recommends, with priority first, then in its order."""
    rows = Recommendation.objects.filter(stage_entry__stage=stage, body__in=list(bodies), outcome="recommended")
    return list(rows.select_related("stage_entry__entry__organisation", "body").order_by("body", "-priority", "order"))


def questions_of(user: User, bodies: Iterable[int]) -> QuerySet[ConsultationRequest]:
    """What the person's bodies are asked, and nothing else."""
    recused = StageEntry.objects.not_recused_from(user)
    rows: QuerySet[ConsultationRequest] = ConsultationRequest.objects.filter(
        body__in=list(bodies), stage_entry__in=recused
    )
    return rows.select_related(
        "body",
        "consultation",
        "stage_entry__entry__organisation",
        "stage_entry__stage__round__jurisdiction",
        "stage_entry__stage__round__policy",
    )


def desk_rows(user: User, stage: RoundStage) -> StageEntryQuerySet:
    """The eligibility desk: entries with how many points are undecided and failing, what bodies hold against them, what is unanswered."""

    def points(condition: Q) -> Any:
        rows = Assessment.objects.filter(condition, stage_entry=OuterRef("pk")).order_by().values("stage_entry")
        return rows.annotate(n=Count("pk")).values("n")

    against = ConsultationRequest.objects.filter(stage_entry=OuterRef("pk")).against()
    unanswered = ConsultationRequest.objects.filter(stage_entry=OuterRef("pk")).open()
    rows = StageEntry.objects.filter(stage=stage).not_recused_from(user).select_related("entry__organisation")
    rows = rows.annotate(
        undecided=points(UNDECIDED),
        failing=points(FAILING),
        is_against=Exists(against),
        is_unanswered=Exists(unanswered),
    )
    found: StageEntryQuerySet = rows
    return found


#: Filters of the desk.
STATES = {
    "undecided": Q(status="pending") & (Q(undecided__gt=0) | Q(is_unanswered=True)),
    "failing": Q(status="pending") & (Q(failing__gt=0) | Q(is_against=True)),
    "ready": Q(status="pending", undecided=None, failing=None, is_against=False, is_unanswered=False),
    "decided": ~Q(status="pending"),
}


def points_of(stage_entry: StageEntry) -> list[Assessment]:
    """Every point of an entry, in the policy's order."""
    return list(Assessment.objects.filter(stage_entry=stage_entry).select_related("by").order_by("position"))


def consultations_of(stage: RoundStage) -> list[Consultation]:
    """Each time bodies were asked in a stage, with ``asked``, ``answered``, ``lapsed`` counts."""
    rows = Consultation.objects.filter(stage=stage).select_related("asked_by")
    return list(
        rows.annotate(
            asked=Count("requests"),
            answered=Count("requests", filter=~Q(requests__answer="")),
            lapsed=Count("requests", filter=Q(requests__lapsed_at__isnull=False)),
        ).order_by("-id")
    )


def answers_by_body(stage: RoundStage) -> list[dict[str, Any]]:
    """How each body answered in a stage: one query."""
    rows = ConsultationRequest.objects.filter(stage_entry__stage=stage).values("body", "body__name_zh", "body__name_en")
    counts: dict[str, Any] = {name: Count("pk", filter=Q(answer=name)) for name in ("agree", "disagree", "no_record")}
    silent = Count("pk", filter=Q(lapsed_at__isnull=False))
    return [dict(row) for row in rows.annotate(asked=Count("pk"), silent=silent, **counts).order_by("body")]


def progress_by_body(stage: RoundStage) -> list[dict[str, Any]]:
    """Per body of a recommending or auditing stage: its own, those waiting. Two queries."""
    waiting = {body: count for body, _name, count in waiting_by_body(stage)}
    rows = Charge.objects.filter(stage_entry__stage=stage).values("body", "body__name_zh", "body__name_en")
    return [{**row, "waiting": waiting.get(row["body"], 0)} for row in rows.annotate(own=Count("pk")).order_by("body")]


def bodies_to_choose(stage: RoundStage, kinds: Iterable[str]) -> QuerySet[Body]:
    """Bodies that an office may choose from."""
    found: QuerySet[Body] = Body.objects.filter(
        jurisdiction=stage.round.jurisdiction, kind__in=list(kinds), active=True
    ).order_by("name_zh", "pk")
    return found if stage.round.is_rehearsal else found.filter(rehearsal=False)


def review_of(stage_entry: StageEntry) -> PreliminaryReview | None:
    found: PreliminaryReview | None = (
        PreliminaryReview.objects.filter(stage_entry=stage_entry).select_related("body", "officer", "paper").first()
    )
    return found
