"""Fills a round with many applications, by bulk inserts: the pages' cost is measured, not the filling."""

from __future__ import annotations

from accounts.models import Organisation
from applications.domain.owning import bodies_of_kinds
from applications.models import Application
from applications.models.opinions import Charge
from rounds import clock
from rounds.models import Entry, Round, RoundStage, StageEntry

LOT = 2000


def fill(round_: Round, count: int, *, prize: str, first: int = 0) -> None:
    """``count`` filed applications of fictitious organisations, all waiting in the stage that follows the filing."""
    stage = (
        RoundStage.objects.filter(round=round_, status=RoundStage.Status.OPEN)
        .exclude(kind="call")
        .order_by("position")
        .first()
    )
    assert stage is not None
    now = clock.now(round_)
    for start in range(first, first + count, LOT):
        lot = range(start, min(start + LOT, first + count))
        organisations = Organisation.objects.bulk_create(
            Organisation(
                name=f"示例组织{n:06d}（测试）",
                kind="enterprise",
                region=f"{round_.rules.territory[0]:0<6}",
                address=f"示例路 {n} 号",
                rehearsal=True,
            )
            for n in lot
        )
        entries = Entry.objects.bulk_create(
            Entry(round=round_, organisation=o, prize=prize, number=f"B-{n:06d}", status=Entry.Status.ACTIVE)
            for n, o in zip(lot, organisations, strict=True)
        )
        Application.objects.bulk_create(
            Application(entry=entry, answers={"summary": "示例"}, filed_at=now, filed_by=round_.created_by)
            for entry in entries
        )
        rows = StageEntry.objects.bulk_create(StageEntry(stage=stage, entry=entry, entered_at=now) for entry in entries)
        charge(stage, rows)


def charge(stage: RoundStage, rows: list[StageEntry]) -> None:
    """Every entry is some body's own."""
    bodies = bodies_of_kinds(stage, getattr(stage.spec, "by", ()))
    if bodies:
        now = clock.now(stage.round)
        Charge.objects.bulk_create(
            Charge(stage_entry=row, body=bodies[n % len(bodies)], found=Charge.Found.TERRITORY, since=now)
            for n, row in enumerate(rows)
        )
