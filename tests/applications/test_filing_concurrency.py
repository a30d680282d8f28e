"""Fifty clicks at once: one version, one number, one event. On a database that locks rows, with real threads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, connections
from django_scopes import scope

from accounts.models import User
from applications.domain import answering, attaching, filing
from applications.models import Application, FiledVersion
from audit.models import AuditEvent
from core.refusals import Refused
from documents.models import Paper
from notifications.models import Message
from rounds.models import Entry
from tests.applications.ground import ANSWERS, Ground, lay, pdf

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="rows are locked on PostgreSQL"),
]


@pytest.fixture
def ground() -> Iterator[Ground]:
    found = lay()
    with scope(jurisdiction=found.jurisdiction):
        yield found


def at_once(count: int, act: Callable[[int], object], ground: Ground) -> list[str]:
    """Call ``act`` from so many threads; what each came to: 'done' or the refusal's code."""
    outcomes: list[str] = []
    barrier = threading.Barrier(count)

    def run(place: int) -> None:
        with scope(jurisdiction=ground.jurisdiction):
            barrier.wait()
            try:
                act(place)
                outcomes.append("done")
            except Refused as refusal:
                outcomes.append(refusal.code)
            finally:
                connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.requirement("wenling-14")
def test_fifty_clicks_file_once(ground: Ground) -> None:
    application = ground.written()
    outcomes = at_once(
        50,
        lambda _n: filing.file(actor=User.objects.get(pk=ground.owner.pk), application=application),
        ground,
    )
    assert sorted(outcomes) == ["already_filed"] * 49 + ["done"]
    papers = Paper.objects.filter(subject=f"applications.Application:{application.pk}")
    assert sorted(papers.values_list("kind", flat=True)) == ["application_form", "receipt"], "one receipt"
    assert Message.objects.filter(kind="application.filed").count() == 2, "one to each of its two people"
    assert FiledVersion.objects.count() == 1 and Entry.objects.get().number == "2025-0001"
    assert AuditEvent.objects.filter(act="application.filed").count() == 1


def test_many_applicants_file_at_once_under_numbers_without_gap_or_double(ground: Ground) -> None:
    applications = []
    for place in range(12):
        application = ground.start(organisation=ground.another(place + 100))
        answering.save_answers(actor=ground.owner, application=application, answers=ANSWERS, version=0)
        attaching.attach(actor=ground.owner, application=application, field="licence", upload=pdf())
        applications.append(application)
    outcomes = at_once(
        12,
        lambda n: filing.file(actor=User.objects.get(pk=ground.owner.pk), application=applications[n], papers=False),
        ground,
    )
    assert outcomes == ["done"] * 12
    assert sorted(Entry.objects.values_list("number", flat=True)) == [f"2025-{n:04d}" for n in range(1, 13)]


def test_ten_starts_make_one_application(ground: Ground) -> None:
    outcomes = at_once(10, lambda _n: ground.start(actor=User.objects.get(pk=ground.owner.pk)), ground)
    assert sorted(outcomes) == ["already_applied"] * 9 + ["done"]
    assert Application.objects.count() == 1


def test_two_writers_of_one_section_never_both_win(ground: Ground) -> None:
    application = ground.start()

    def write(place: int) -> object:
        actor = User.objects.get(pk=(ground.owner.pk, ground.editor.pk)[place])
        return answering.save_section(
            actor=actor, application=application, section="first", data={"summary": f"writer {place}"}, version=0
        )

    assert sorted(at_once(2, write, ground)) == ["done", "section_changed_meanwhile"]
