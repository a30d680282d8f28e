"""A round in its states: played like any rehearsal, and stopped after chosen acts to be looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from audit.models import AuditEvent

#: After which act of the log (and which time it happens) somebody looks, and in whose place. Pages with forms show their forms then.
MOMENTS: Mapping[tuple[str, int], tuple[str, ...]] = {
    ("application.saved", 2): ("anonymous", "newcomer", "applicant", "office_head"),
    ("application.filed", 1): ("applicant", "office", "supervisor"),
    ("application.filed", 4): ("office_head", "recommender"),
    ("entry.recommended", 1): ("recommender", "office"),
    ("entries.checked", 1): ("office", "office_head", "department"),
    ("entries.found", 1): ("office", "applicant", "supervisor"),
    ("reviewer.appointed", 9): ("reviewer", "office"),
    ("team.built", 2): ("office", "reviewer"),
    ("sheets.handed_in", 2): ("reviewer", "leader", "office"),
    ("plan.made", 1): ("leader", "office_head", "applicant"),
    ("plan.approved", 1): ("leader", "applicant"),
    ("stage.reported", 1): ("office", "supervisor"),
    ("poll.prepared", 1): ("office", "teller", "committee"),
    ("poll.opened", 1): ("committee", "supervisor", "office"),
    ("poll.closed", 1): ("teller", "office"),
    ("notice.published", 1): ("anonymous", "applicant", "office"),
    ("objection.received", 1): ("office", "supervisor"),
    ("approval.list_fixed", 1): ("approver", "office"),
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
