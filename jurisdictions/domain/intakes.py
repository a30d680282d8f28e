"""Long lists: put into a worker's hands, checked, confirmed, written; wholly or not at all.

Nothing is in the log but what the lines themselves do: their domain functions record it.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django_scopes import scope, scopes_disabled

from accounts.models import User
from core import clock
from core.imports import Lines, Report, Sheet, kind_of, run
from core.refusals import Refused
from core.typed import storable
from jurisdictions.models import Intake, Jurisdiction

KEPT = dt.timedelta(hours=2)  # between check and confirmation; afterwards the list is gone
STUCK = dt.timedelta(minutes=45)
MAX_ATTEMPTS = 3
SHOWN = 200
STEP = 20  # lines between two notes of how far it is
RUNNING = (Intake.State.CHECKING, Intake.State.WRITING)
logger = logging.getLogger(__name__)


@transaction.atomic
def put(*, actor: User, jurisdiction: Jurisdiction, lines: Lines, sheet: Sheet, name: str) -> Intake:
    """The list waits for a worker that checks it. Refused: list_under_way."""
    own = Intake.objects.filter(person=actor, kind=lines.key, place=lines.place)
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    if own.filter(state__in=RUNNING).exists():
        raise Refused("list_under_way", field="file")
    own.delete()
    intake: Intake = Intake.objects.create(
        jurisdiction=jurisdiction, person=actor, kind=lines.key, place=lines.place, name=name[:200],
        lines=len(sheet.rows), sheet=_stored(sheet), queued_at=clock.now(),
    )  # fmt: skip
    transaction.on_commit(lambda: _queue(intake.pk))
    return intake


def found(*, actor: User, lines: Lines, token: str) -> Intake | None:
    """The person's own list of this kind for this place."""
    rows = Intake.objects.filter(person=actor, kind=lines.key, place=lines.place, token=token)
    intake: Intake | None = rows.select_related("jurisdiction").first()
    return intake


@transaction.atomic
def confirm(*, actor: User, lines: Lines, intake: Intake) -> None:
    """A list found in order waits for a worker that writes it. Refused: list_check_expired."""
    rows = Intake.objects.filter(pk=intake.pk, person=actor, kind=lines.key, place=lines.place)
    now = clock.now()
    fresh = rows.filter(state=Intake.State.CHECKED, queued_at__gte=now - KEPT)
    if not fresh.update(state=Intake.State.WRITING, attempts=0, queued_at=now):
        raise Refused("list_check_expired")
    transaction.on_commit(lambda: _queue(intake.pk))


def done(intake: Intake) -> int:
    """How many lines are worked on by now, as far as workers and pages share a memory; else 0."""
    return int(cache.get(_progress(intake)) or 0)


def work(pk: int) -> None:
    """Check or write a list; a second call finds it done. A failure in the middle leaves nothing, and the list says so."""
    with scopes_disabled():
        if not Intake.objects.filter(pk=pk, state__in=RUNNING).update(attempts=F("attempts") + 1):
            return
    try:
        _work(pk)
    except Exception:
        with scopes_disabled():
            Intake.objects.filter(pk=pk, state__in=RUNNING).update(state=Intake.State.FAILED, sheet=[], result={})
        raise


@transaction.atomic
def _work(pk: int) -> None:
    with scopes_disabled():
        rows = Intake.objects.select_for_update(of=("self",)).select_related("jurisdiction", "person")
        intake = rows.filter(pk=pk, state__in=RUNNING).first()
    if intake is None:
        return
    write = intake.state == Intake.State.WRITING
    headings, body = intake.sheet
    sheet = Sheet(tuple(headings), tuple((number, tuple(cells)) for number, cells in body))
    with scope(jurisdiction=intake.jurisdiction), translation.override(intake.person.language):
        try:
            lines = kind_of(intake.kind).restored(actor=intake.person, place=intake.place)
            report = run(lines, sheet, write=write, progress=lambda count: _note(intake, count))
        except Refused as refusal:
            _close(intake, Intake.State.WRONG, {"refusal": str(refusal)})
            return
        _close(intake, _state(report, write), {**_shown(report), "headings": headings, "tried": write})


def sweep() -> list[int]:
    """Lists that nobody confirmed go; those that a worker lost are given out again, or given up. Returns the ones given out."""
    now = clock.now()
    with scopes_disabled():
        Intake.objects.exclude(state__in=RUNNING).filter(queued_at__lt=now - KEPT).delete()
        lost = Intake.objects.filter(state__in=RUNNING, queued_at__lt=now - STUCK)
        lost.filter(attempts__gte=MAX_ATTEMPTS).update(state=Intake.State.FAILED, sheet=[], result={})
        again = list(lost.filter(state__in=RUNNING).values_list("pk", flat=True))
        Intake.objects.filter(pk__in=again).update(queued_at=now)
    return again


def _stored(sheet: Sheet) -> list[Any]:
    rows = [[number, [storable(cell) for cell in cells]] for number, cells in sheet.rows]
    return [[storable(heading) for heading in sheet.headings], rows]


def _state(report: Report, write: bool) -> str:
    if report.wrong:
        return Intake.State.WRONG
    return Intake.State.WRITTEN if write else Intake.State.CHECKED


def _shown(report: Report) -> dict[str, Any]:
    """What the page shows: every count, and the wrong lines or, where there is none, the first ones."""
    told = report.wrong or report.results
    return {
        "counts": {outcome: report.count(outcome) for outcome in ("new", "changed", "same", "wrong")},
        "rows": [[one.number, one.cells, one.outcome, one.errors] for one in told[:SHOWN]],
        "more": max(0, len(told) - SHOWN),
    }


def _close(intake: Intake, state: str, result: dict[str, Any]) -> None:
    """What is not going to be written any more is not kept."""
    intake.state, intake.result = state, result
    if state != Intake.State.CHECKED:
        intake.sheet = []
        intake.result = {**result, "rows": []} if state == Intake.State.WRITTEN else result
    intake.queued_at = clock.now()
    intake.save(update_fields=["state", "result", "sheet", "queued_at"])


def _note(intake: Intake, count: int) -> None:
    if count % STEP == 0:
        cache.set(_progress(intake), count, STUCK.seconds)


def _progress(intake: Intake) -> str:
    return f"intake:{intake.token}:{intake.state}"


def _queue(pk: int) -> None:
    from jurisdictions.tasks import take_in

    try:
        take_in.delay(pk)
    except Exception:  # the row stands; beat finds it when the broker is back
        logger.warning("list %s waits for the sweep: the broker did not answer", pk)
