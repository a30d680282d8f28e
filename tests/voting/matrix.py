"""Rows of the vote's pages. The office works, supervision reads, the committee and the approving government see results; a ballot is its
voter's alone, a key its teller's."""

from __future__ import annotations

from typing import Any

from tests.matrix import pk_of
from tests.worlds import World
from voting.models import Meeting, Poll

RESULTS = {
    "anonymous": 302,
    "office": 200,
    "office_head": 200,
    "supervisor": 200,
    "approver": 200,
    "committee": 200,
    "*": 404,
}
READERS = {"anonymous": 302, "office": 200, "office_head": 200, "supervisor": 200, "*": 404}
OWN = {"anonymous": 302, "*": 404}
POSTS = {"*": 405}

MATRIX: dict[str, dict[str, int]] = {
    "voting:stage": RESULTS,
    "voting:convene": POSTS,
    "voting:tie": POSTS,
    "voting:meeting": READERS,
    "voting:attend": POSTS,
    "voting:report": POSTS,
    "voting:heads": POSTS,
    "voting:fallback": POSTS,
    "voting:prepare": POSTS,
    "voting:second_round": POSTS,
    "voting:poll": RESULTS,
    "voting:open": POSTS,
    "voting:close": POSTS,
    "voting:count": POSTS,
    "voting:void": POSTS,
    "voting:minutes": READERS,
    "voting:ballot": OWN,
    "voting:undertake": POSTS,
    "voting:step_aside": POSTS,
    "voting:key": OWN,
    "voting:unseal": OWN,
    "voting:sign": OWN,
}
STAGE = ("stage", "convene", "tie")
MEETING = ("meeting", "attend", "report", "heads", "fallback", "prepare", "second_round")


def kwargs(world: World) -> dict[str, dict[str, Any]]:
    """Arguments of every address."""
    stage = world.stage("vote")
    meeting, poll = Meeting.objects.filter(stage=stage).first(), Poll.objects.filter(stage=stage).first()
    found = {}
    for name in MATRIX:
        short = name.split(":")[1]
        thing = stage if short in STAGE else meeting if short in MEETING else poll
        found[name] = {"code": world.jurisdiction.code, "pk": pk_of(thing)}
    found["voting:step_aside"]["entry"] = world.entry.pk
    return found
