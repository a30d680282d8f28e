"""Filing after the deadline: refused, unless an extension was granted: to all alike, or to one by name."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import Organisation
from applications.domain import answering, attaching, extending, filing, starting
from applications.models import Application, Extension, FiledVersion
from audit.models import AuditEvent
from core.clock import LEGAL_ZONE, end_of_day
from jurisdictions import roles
from notifications.models import Message
from publicity.models import Notice
from rounds import engine
from tests.applications.ground import ANSWERS, CLOSES_ON, Ground, pdf, person
from tests.refusing import refused

LATE = dt.datetime(2025, 4, 14, 9, tzinfo=LEGAL_ZONE)


def grant(ground: Ground, **changes: Any) -> Extension:
    given = {
        "actor": ground.head,
        "stage": ground.stage("intake"),
        "days": 3,
        "unit": "working",
        "reason": "系统检修",
        **changes,
    }
    return extending.grant(**given)


def written_for(ground: Ground, organisation: Organisation) -> Application:
    application = ground.start(organisation=organisation)
    answering.save_answers(actor=ground.owner, application=application, answers=ANSWERS, version=0)
    attaching.attach(actor=ground.owner, application=application, field="licence", upload=pdf())
    return Application.objects.get(pk=application.pk)


def test_an_extension_for_all_moves_the_deadline_for_everybody_and_stands_on_record(ground: Ground) -> None:
    application, stage = ground.written(), ground.stage("intake")
    ground.move(LATE)
    with refused("filed_late", article="4"):
        filing.file(actor=ground.owner, application=application)
    with refused("filing_over"):
        starting.start(actor=ground.owner, round_=ground.round, organisation=ground.another(70), prize="quality")
    made = grant(ground)
    # 14 April is the day of granting; three working days after it.
    assert made.deadline == end_of_day(dt.date(2025, 4, 17)) and made.deadline_before == stage.deadline
    assert [step["day"] for step in made.window["steps"] if step["counted"]] == [
        "2025-04-15",
        "2025-04-16",
        "2025-04-17",
    ]
    event = AuditEvent.objects.filter(act="stage.extended").get()
    assert event.article == "4" and event.facts["reason"] == "系统检修"
    assert {m.to_id for m in Message.objects.filter(kind=extending.TOLD)} == {ground.owner.pk, ground.editor.pk}
    notice = Notice.objects.get(kind="other")
    assert "2025年4月17日" in notice.body_zh and "系统检修" in notice.body_zh, "the public knows as well"
    version = filing.file(actor=ground.owner, application=application)
    assert version.deadline == made.deadline
    starting.start(
        actor=ground.owner, round_=ground.stage("intake").round, organisation=ground.another(70), prize="quality"
    )
    with refused("stage_blocked"):
        engine.close_stage(actor=ground.head, stage=ground.stage("intake"))


def test_an_extension_by_name_is_for_that_organisation_alone(ground: Ground) -> None:
    mine, other = ground.written(), written_for(ground, ground.another(71))
    ground.move(LATE)
    one = extending.named(f" {ground.organisation.code} ".lower(), rehearsal=True, article="4")
    made = grant(ground, organisation=one, unit="calendar")
    assert ground.stage("intake").deadline == end_of_day(CLOSES_ON), "nobody else's deadline moved"
    with refused("filed_late"):
        filing.file(actor=ground.owner, application=other)
    assert (
        filing.file(actor=ground.owner, application=mine).deadline == made.deadline == end_of_day(dt.date(2025, 4, 17))
    )
    with refused("stage_blocked"):
        engine.close_stage(actor=ground.head, stage=ground.stage("intake"))
    ground.move(dt.datetime(2025, 4, 18, 9, tzinfo=LEGAL_ZONE))
    with refused("filed_late"):
        filing.take_back(actor=ground.owner, application=Application.objects.get(pk=mine.pk))
    assert FiledVersion.objects.filter(taken_back_at=None).count() == 1


def test_what_is_unfounded_is_refused_and_leaves_nothing_behind(ground: Ground) -> None:
    ground.written()
    before = AuditEvent.objects.count()
    for changes, code in (
        ({"actor": ground.office}, "not_yours_to_do"), ({"reason": " "}, "reason_missing"), ({"article": "999"}, "extension_article_unknown"),
        ({"days": 0}, "extension_length"), ({"stage": ground.stage("call")}, "stage_not_open"),
    ):  # fmt: skip
        with refused(code):
            grant(ground, **changes)
    with refused("organisation_not_found"):
        extending.named("没有这家公司", rehearsal=True, article="4")
    assert not Extension.objects.exists() and AuditEvent.objects.count() == before


def test_the_page_grants_and_shows_it_to_supervision_and_to_applicants(ground: Ground, client: Client) -> None:
    application = ground.written()
    stage, code = ground.stage("intake"), ground.jurisdiction.code
    page, post = (
        reverse("applications:intake", args=[code, stage.pk]),
        reverse("applications:extend", args=[code, stage.pk]),
    )
    given = {"scope": "one", "organisation": "", "days": "2", "unit": "working", "article": "4", "reason": "停电"}
    client.force_login(ground.office)
    assert client.post(post, given).status_code == 404, "the office prepares, its head grants"
    client.force_login(ground.head)
    answer = client.post(post, given)
    assert answer.status_code == 422 and "停电" in answer.content.decode(), "what was typed stays"
    answer = client.post(post, {**given, "organisation": "没有这家公司"})
    assert answer.status_code == 422
    assert client.post(post, {**given, "organisation": ground.organisation.name}).status_code == 302
    watcher = person("watcher")
    roles.begin(actor=_boss(), user=watcher, role="supervisor", jurisdiction=ground.jurisdiction, rehearsal=True)
    client.force_login(watcher)
    assert "停电" in client.get(page).content.decode()
    client.force_login(ground.owner)
    for name, arguments in (("applications:application", [code, application.pk]), ("applications:apply", [code])):
        text = client.get(reverse(name, args=arguments)).content.decode()
        assert "停电" in text and "2025年4月14日" in text, name
    assert client.get(page).status_code == 404


def _boss() -> Any:
    from tests.applications.office_world import boss

    return boss()
