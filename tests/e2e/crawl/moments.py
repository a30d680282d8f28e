"""Rounds in their states: played like any rehearsal, and stopped after chosen acts to be looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from audit.models import AuditEvent
from tests.e2e.crawl.people import ROLES

#: After which act of the log (and which time it happens) somebody looks, and in whose place. Pages with forms show their forms then.
Moments = Mapping[tuple[str, int], tuple[str, ...]]
#: The end of a round as a moment.
FINISHED = ("finished", 1)

#: One round from end to end, and of the others what only they have.
ROUNDS: Mapping[str, Moments] = {
    "wenling-2023": {
        ("application.saved", 2): ("anonymous", "newcomer", "applicant", "office_head"),
        ("application.filed", 1): ("applicant", "office", "supervisor"),
        ("application.filed", 4): ("office_head", "recommender"),
        ("entry.recommended", 1): ("recommender", "office"),
        ("entries.checked", 1): ("office", "office_head"),
        ("entries.found", 1): ("office", "applicant", "supervisor"),
        ("reviewer.appointed", 9): ("reviewer", "office"),
        ("team.built", 2): ("office", "reviewer"),
        ("sheets.handed_in", 2): ("reviewer", "leader", "office"),
        ("plan.made", 1): ("leader", "office_head", "applicant"),
        ("plan.approved", 1): ("leader", "applicant"),
        ("visit.recorded", 1): ("leader", "applicant"),
        ("stage.reported", 1): ("office", "supervisor"),
        ("poll.prepared", 1): ("office", "teller", "committee"),
        ("poll.opened", 1): ("committee", "supervisor", "office"),
        ("poll.closed", 1): ("teller", "office"),
        ("poll.counted", 1): ("teller", "committee"),
        ("notice.published", 1): ("public", "applicant", "office"),
        ("notice.published", 2): ("public",),
        ("objection.received", 1): ("public", "office", "supervisor"),
        ("approval.list_fixed", 1): ("approver", "office"),
        FINISHED: (*ROLES, "public"),
    },
    "tacheng-2023": {
        ("application.saved", 4): ("applicant",),
        ("internal_publicity.recorded", 1): ("applicant",),
        ("entry.checked", 1): ("recommender", "office"),
        ("entry.published_by_body", 1): ("recommender", "applicant"),
        ("objection.recorded_by_body", 1): ("recommender",),
        ("consultation.asked", 1): ("department", "office"),
        ("consultation.lapsed", 1): ("office",),
        ("hearing.recorded", 1): ("leader", "applicant", "office"),
    },
    "yiwu-2020": {
        ("consultation.answered", 1): ("department", "office"),
        ("consensus.recorded", 1): ("leader", "office"),
        ("departments.answered", 1): ("department", "office"),
        ("visit.recorded", 1): ("applicant",),
        FINISHED: ("applicant", "office"),
    },
}
#: Who works in the office or watches it, and everybody else: each half is looked at by a test of its own.
HALVES: Mapping[str, frozenset[str]] = {
    "office": frozenset({"office", "office_head", "supervisor"}),
    "others": frozenset({*ROLES, "public"}) - {"office", "office_head", "supervisor"},
}


@contextmanager
def watched(look: Callable[[str, int], None]) -> Iterator[None]:
    """While this lasts ``look(act, how many times now)`` is called after each act of the log is committed."""
    times: Counter[str] = Counter()

    def heard(sender: Any, instance: AuditEvent, created: bool, **_more: Any) -> None:
        transaction.on_commit(lambda: told(instance.act))

    def told(act: str) -> None:
        times[act] += 1
        look(act, times[act])

    post_save.connect(heard, sender=AuditEvent, weak=False)
    try:
        yield
    finally:
        post_save.disconnect(heard, sender=AuditEvent)
