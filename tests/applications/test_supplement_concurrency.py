"""A supplement under many clicks at once: asked once, filed once; an extension races with filing. On PostgreSQL, with real threads."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django_scopes import scope

from accounts.models import User
from applications.domain import extending, filing, supplement_filing, supplementing
from applications.models import Application, Extension, FiledVersion, Supplement
from audit.models import AuditEvent
from core.clock import LEGAL_ZONE
from notifications.models import Message
from rounds import engine
from tests.applications.ground import CALL, INTAKE, lay, policy
from tests.applications.test_filing_concurrency import at_once
from tests.applications.test_supplementing import ELIGIBILITY

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="rows are locked on PostgreSQL"),
]


def test_many_clicks_extend_ask_and_file_a_supplement_once() -> None:
    ground = lay(policy(stages=[CALL, INTAKE, ELIGIBILITY]))
    with scope(jurisdiction=ground.jurisdiction):
        application = ground.written()
        given = {"days": 2, "unit": "working", "reason": "停电"}
        head, office, owner = ground.head.pk, ground.office.pk, ground.owner.pk
        stage = ground.stage("intake")
        extended = at_once(4, lambda _n: extending.grant(actor=User.objects.get(pk=head), stage=stage, **given), ground)
        assert extended == ["done"] * 4, "each a recorded act of its own, one after the other"
        deadlines = list(Extension.objects.order_by("id").values_list("deadline_before", "deadline"))
        assert [before for before, _now in deadlines[1:]] == [now for _before, now in deadlines[:-1]]
        filing.file(actor=ground.owner, application=application, papers=False)
        ground.move(dt.datetime(2025, 5, 12, 9, tzinfo=LEGAL_ZONE))
        engine.close_stage(actor=ground.head, stage=ground.stage("intake"))
        engine.open_next(actor=ground.office, round_=ground.round)
        application = Application.objects.get(pk=application.pk)
        asked = at_once(
            6,
            lambda _n: supplementing.ask(
                actor=User.objects.get(pk=office), application=application, fields={"staff": ""}, **given
            ),
            ground,
        )
        assert sorted(asked) == ["done"] + ["supplement_asked_already"] * 5 and Supplement.objects.count() == 1
        supplementing.save(actor=ground.owner, application=application, data={"staff": "130"}, version=0)
        filed = at_once(
            12,
            lambda _n: supplement_filing.file(actor=User.objects.get(pk=owner), application=application, papers=False),
            ground,
        )
        assert sorted(filed) == ["done"] + ["supplement_filed_already"] * 11
        assert FiledVersion.objects.count() == 2 and FiledVersion.objects.filter(taken_back_at=None).count() == 1
        assert AuditEvent.objects.filter(act="supplement.filed").count() == 1
        assert Message.objects.filter(kind="application.supplement_filed").count() == 2
