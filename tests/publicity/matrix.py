"""Rows of the public site and of the office's notices and objections. The public reads what is public; nothing of a rehearsal is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from core import clock
from publicity.models import Notice, Objection
from tests.matrix import pk_of
from tests.worlds import World

PUBLIC = {"*": 200}
NOBODY = {"*": 404}
READERS = {
    "anonymous": 302,
    "office": 200,
    "office_head": 200,
    "supervisor": 200,
    "approver": 200,
    "committee": 200,
    "*": 404,
}
OBJECTIONS = {"anonymous": 302, "office": 200, "office_head": 200, "supervisor": 200, "*": 404}
WORKERS = {
    "anonymous": 302, "office": 200, "office_head": 200, "supervisor": 403, "approver": 403, "committee": 403, "*": 404,
}  # fmt: skip
POSTS = {"*": 405}

MATRIX: dict[str, dict[str, int]] = {
    "publicity:front": PUBLIC,
    "publicity:jurisdiction": PUBLIC,
    "publicity:policy": PUBLIC,
    "publicity:notices": PUBLIC,
    "publicity:notice": PUBLIC,
    "publicity:object": NOBODY,
    "publicity:received": NOBODY,
    "publicity:stage": READERS,
    "publicity:publish": POSTS,
    "publicity:report": POSTS,
    "publicity:record_paper": WORKERS,
    "publicity:objections": OBJECTIONS,
    "publicity:objection": OBJECTIONS,
    "publicity:examine": POSTS,
    "publicity:conclude": POSTS,
    "publicity:tell": POSTS,
    "publicity:unmask": POSTS,
}
_NOT_YET = {"publicity:record_paper": {"*": 404, "anonymous": 302, **dict.fromkeys(("office", "office_head"), 404)}}
#: What differs while a round is under way: nothing is published, so nobody objects.
STATES = {"intake": _NOT_YET, "eligibility": _NOT_YET}
STAGE = ("stage", "publish", "report", "record_paper")
OBJECTION = ("objection", "examine", "conclude", "tell", "unmask")


def kwargs(world: World) -> dict[str, dict[str, Any]]:
    """Arguments of every address. ``notice`` is a public one; ``object`` leads to a rehearsal's list, which is not."""
    stage = world.stage("publicity")
    objection = Objection.objects.filter(stage=stage).first()
    rehearsed = Notice.objects.filter(stage=stage, kind=Notice.Kind.PUBLICITY).first()
    public = Notice.objects.create(
        jurisdiction=world.jurisdiction, kind=Notice.Kind.OTHER, article="1", title_zh="关于质量月活动的公告", published_on=dt.date(2025, 1, 2),
        published_at=clock.now(), published_by=world.cast.office,
    )  # fmt: skip
    of = (
        dict.fromkeys(STAGE, stage)
        | dict.fromkeys(OBJECTION, objection)
        | {"notice": public, "object": rehearsed, "received": rehearsed}
    )
    found: dict[str, dict[str, Any]] = {}
    for name in MATRIX:
        short, code = name.split(":")[1], {"code": world.jurisdiction.code}
        found[name] = {} if short == "front" else code | ({"pk": pk_of(of[short])} if short in of else {})
    found["publicity:received"]["number"] = objection.number if objection else "none-such"
    return found
