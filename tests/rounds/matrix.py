"""Rows of the round pages. The office works, supervision and the approving government read, nobody else sees them."""

from __future__ import annotations

from typing import Any

from core import clock
from rounds.models import Correction, Decision, StageEntry
from tests.matrix import pk_of
from tests.worlds import World

SIGNED_IN = {"anonymous": 302, "*": 200}
READERS = {"anonymous": 302, "office": 200, "office_head": 200, "supervisor": 200, "approver": 200, "*": 404}
WORKERS = {"anonymous": 302, "office": 200, "office_head": 200, "*": 404}
POSTS = {"*": 405}

MATRIX: dict[str, dict[str, int]] = {
    "rounds:desk": SIGNED_IN,
    "rounds:act_as": POSTS,
    "rounds:office": READERS,
    "rounds:supervision": READERS,
    "rounds:watched": READERS,
    "rounds:calendar": READERS,
    "rounds:calendar_ics": READERS,
    "rounds:index": READERS,
    "rounds:create": WORKERS,
    "rounds:round": READERS,
    "rounds:settings": READERS,
    "rounds:open": POSTS,
    "rounds:abandon": POSTS,
    "rounds:clock": POSTS,
    "rounds:next": POSTS,
    "rounds:entries": READERS,
    "rounds:log": {"anonymous": 302, "supervisor": 200, "office_head": 200, "*": 404},
    "rounds:matters": READERS,
    "rounds:stage": READERS,
    "rounds:prepare": POSTS,
    "rounds:close": POSTS,
    "rounds:correct": POSTS,
    "rounds:observe": POSTS,
    "rounds:correction": READERS,
    "rounds:decision": READERS,
    "rounds:release": POSTS,
    "rounds:discard": POSTS,
    "rounds:counter": WORKERS,
    "rounds:entry": READERS,
    "rounds:recuse": POSTS,
    "rounds:unmask": POSTS,
}


def kwargs(world: World) -> dict[str, dict[str, Any]]:
    """Arguments of every address."""
    code, stage = world.jurisdiction.code, world.stage("eligibility")
    decision = Decision.objects.filter(stage=stage).first()
    decided = StageEntry.objects.filter(stage=stage, status="advanced").first()
    since = stage.opened_at or clock.now()
    order = Correction.objects.create(
        stage=stage, text="补齐记录", article="24", ordered_by=world.cast.supervisor, ordered_at=since,
        due_on=since.date(), settled_by=world.cast.supervisor, settled_at=since,
    )  # fmt: skip
    of = {
        "round": world.round.pk,
        "stage": stage.pk,
        "decision": pk_of(decision),
        "entry": world.entry.pk,
        "order": order.pk,
        "row": pk_of(decided),
    }
    kinds = {
        "round": (
            "round",
            "settings",
            "open",
            "abandon",
            "clock",
            "next",
            "entries",
            "log",
            "matters",
            "calendar",
            "calendar_ics",
        ),
        "stage": ("stage", "prepare", "close", "correct", "observe"),
        "decision": ("decision", "release", "discard"),
        "entry": ("entry", "recuse", "unmask"),
        "order": ("correction",),
        "row": ("counter",),
    }
    found: dict[str, dict[str, Any]] = {
        f"rounds:{n}": {"code": code, "pk": of[kind]} for kind, names in kinds.items() for n in names
    }
    return found | {
        f"rounds:{name}": {"code": code} for name in ("index", "create", "office", "supervision", "watched")
    }
