"""The supervision group follows the whole process in each jurisdiction that sets one up, and what it orders blocks the stage."""

from __future__ import annotations

import datetime as dt

import pytest
from django_scopes import scope

from rounds import clock, engine
from rounds.models import Correction
from tests import worlds
from tests.refusing import refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("policy", "year", "article"),
    [
        pytest.param("qingyuan-draft-2025", 2025, "6.1", marks=pytest.mark.requirement("qingyuan-6.1")),
        pytest.param("wenzhou-2020", 2025, "25", marks=pytest.mark.requirement("wenzhou-25")),
        pytest.param("yiwu-2020", 2025, "7.1", marks=pytest.mark.requirement("yiwu-7.1")),
    ],
)
def test_a_correction_is_ordered_by_supervision_alone_and_holds_the_stage(policy, year, article):
    world = worlds.build(policy, year=year, applications=2)
    cast = world.cast
    with scope(jurisdiction=world.jurisdiction):
        stage = world.stage("call")
        due = clock.today(world.round) + dt.timedelta(days=3)
        for other in (cast.office, cast.office_head, cast.approver):
            with refused("not_yours_to_do"):
                engine.order_correction(actor=other, stage=stage, text="补齐记录", due_on=due)
        order = engine.order_correction(actor=cast.supervisor, stage=stage, text="补齐记录", due_on=due)
        with refused("stage_blocked", article=article):
            engine.close_stage(actor=cast.office_head, stage=stage)
        engine.settle_correction(actor=cast.office, order=order, answer="已补齐")
        with refused("stage_blocked", article=article):
            engine.close_stage(actor=cast.office_head, stage=stage)
        engine.settle_correction(actor=cast.supervisor, order=order, answer="核实")
        assert Correction.objects.get(pk=order.pk).settled_at
