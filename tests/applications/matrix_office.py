"""Rows of the office's and the bodies' pages; merged into ``tests/applications/matrix.py``."""

from __future__ import annotations

from typing import Any

from applications.models.opinions import Charge
from jurisdictions.models import Body
from rounds.models import StageEntry
from tests.matrix import pk_of
from tests.worlds import World

READERS = {"anonymous": 302, "office": 200, "office_head": 200, "supervisor": 200, "approver": 200, "*": 404}
INSPECTORS = {"anonymous": 302, "office": 200, "office_head": 200, "supervisor": 200, "*": 404}
WORKERS = {"anonymous": 302, "office": 200, "office_head": 200, "*": 404}
BODIES = {"anonymous": 302, "recommender": 200, "department": 200, "*": 404}
NOT_HERE = {"anonymous": 302, "*": 404}
POSTS = {"*": 405}

MATRIX: dict[str, dict[str, int]] = {
    "applications:own_stages": BODIES,
    "applications:own": BODIES,
    "applications:own_order": POSTS,
    "applications:own_entry": BODIES,
    "applications:own_objection": POSTS,
    "applications:consultations": BODIES,
    "applications:answer": NOT_HERE,  # nobody is consulted under this policy
    "applications:set_aside": NOT_HERE,
    "applications:own_overview": READERS,
    "applications:own_newcomers": POSTS,
    "applications:assign": WORKERS,
    "applications:import_results": WORKERS,
    "applications:import_answers": NOT_HERE,  # nobody is consulted under this policy
    "applications:intake": READERS,
    "applications:extend": POSTS,
    "applications:office_supplement": INSPECTORS,
    "applications:eligibility": READERS,
    "applications:acceptance": READERS,
    "applications:recompute": POSTS,
    "applications:examine": INSPECTORS,
    "applications:consultation": NOT_HERE,
    "applications:ask": POSTS,
    "applications:lapse": POSTS,
}


def kwargs(world: World) -> dict[str, dict[str, Any]]:
    """Arguments of every address. The town of the matrix's people is in charge of one entry."""
    code, recommendation, eligibility = (
        world.jurisdiction.code,
        world.stage("recommendation"),
        world.stage("eligibility"),
    )
    town = Body.objects.filter(jurisdiction=world.jurisdiction, kind="town").order_by("pk")[0]
    row = StageEntry.objects.filter(stage=recommendation).order_by("pk").first()
    if row:
        Charge.objects.get_or_create(
            stage_entry=row, body=town, defaults={"found": "territory", "since": row.entered_at}
        )
    examined = StageEntry.objects.filter(stage=eligibility).order_by("pk").first()
    own, judged = {"code": code, "stage": recommendation.pk}, {"code": code, "stage": eligibility.pk}
    filing = {"code": code, "stage": world.stage("intake").pk}
    nothing = {"code": code, "pk": 0}
    return {
        "applications:own_stages": {"code": code},
        "applications:own": own,
        "applications:own_order": own,
        "applications:own_entry": {"code": code, "pk": pk_of(row)},
        "applications:own_objection": nothing,
        "applications:consultations": {"code": code},
        "applications:answer": nothing,
        "applications:set_aside": nothing,
        "applications:own_overview": own,
        "applications:own_newcomers": own,
        "applications:assign": {"code": code, "pk": pk_of(row)},
        "applications:import_results": judged,
        "applications:import_answers": judged,
        "applications:intake": filing,
        "applications:extend": filing,
        "applications:office_supplement": {"code": code, "pk": pk_of(examined)},
        "applications:eligibility": judged,
        "applications:acceptance": judged,
        "applications:recompute": judged,
        "applications:examine": {"code": code, "pk": pk_of(examined)},
        "applications:consultation": judged,
        "applications:ask": judged,
        "applications:lapse": judged,
    }
