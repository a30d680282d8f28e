"""The office returns an application once for supplement: only what it names reopens, until the day it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from applications.domain import filing, supplement_filing, supplementing, withdrawing
from applications.models import Application, Evidence, FiledVersion, Supplement
from core.clock import LEGAL_ZONE, end_of_day
from notifications import reminders
from notifications.models import Message
from rounds import engine
from rounds.facts import facts_for
from rounds.kinds import kind_of
from rounds.models import StageEntry
from tests.applications.ground import CALL, INTAKE, Ground, lay, pdf, policy, text
from tests.refusing import refused

ELIGIBILITY = {
    "kind": "eligibility", "key": "eligibility", "name": text("Eligibility"), "article": "15", "points": ["completeness", "conditions"],
}  # fmt: skip
CONDITION = {
    "key": "big", "text": text("At least 100 people"), "mend": text("Grow"), "article": "6", "require": "form.staff >= 100",
}  # fmt: skip
ASKED = {"staff": "请核对人数", "licence": ""}


@pytest.fixture
def filed(db: None) -> Iterator[tuple[Ground, Application]]:
    """An application, filed with too few people, waits in the eligibility check."""
    ground = lay(policy(stages=[CALL, INTAKE, ELIGIBILITY], conditions=[CONDITION]))
    with scope(jurisdiction=ground.jurisdiction):
        application = ground.written(staff="90")
        filing.file(actor=ground.owner, application=application)
        ground.move(dt.datetime(2025, 4, 11, 9, tzinfo=LEGAL_ZONE))
        engine.close_stage(actor=ground.head, stage=ground.stage("intake"))
        engine.open_next(actor=ground.office, round_=ground.round)
        yield ground, Application.objects.get(pk=application.pk)


def ask(ground: Ground, application: Application, **changes: Any) -> Supplement:
    given = {"fields": ASKED, "days": 5, "unit": "working", "reason": "人数与社保记录不符", **changes}
    return supplementing.ask(**{"actor": ground.office, "application": application, **given})


def test_a_supplement_changes_only_what_was_named_and_is_a_version_of_its_own(
    filed: tuple[Ground, Application],
) -> None:
    ground, application = filed
    made = ask(ground, application)
    assert made.due_at == end_of_day(dt.date(2025, 4, 18)) and made.letter is not None
    assert [rows[1] for rows in made.letter.context["rows"]] == ["Staff", "Licence"]
    assert Message.objects.filter(kind="application.supplement_asked").count() == 2
    row = StageEntry.objects.get(stage=ground.stage("eligibility"))
    assert row.assessments.get(key="big").computed is False
    assert "supplements_running" in {b.code for b in kind_of(row.stage).blockers(ground.stage("eligibility"))}
    with refused("supplement_other_fields", article="15"):
        supplementing.save(actor=ground.editor, application=application, data={"summary": "another"}, version=0)
    supplementing.save(actor=ground.editor, application=application, data={"staff": "many"}, version=0)
    assert facts_for(application.entry)["form"]["staff"] == 90, "nobody sees it before it is filed"
    with refused("supplement_incomplete"):
        supplement_filing.file(actor=ground.owner, application=application)
    with refused("supplement_changed_meanwhile") as caught:
        supplementing.save(actor=ground.owner, application=application, data={"staff": "130"}, version=0)
    assert caught.value.facts["theirs"] == {"staff": "many"}
    supplementing.save(actor=ground.owner, application=application, data={"staff": "120"}, version=1)
    first = Evidence.objects.get()
    supplementing.take_away(actor=ground.owner, application=application, evidence=[first.pk])
    supplementing.attach(actor=ground.owner, application=application, field="licence", upload=pdf("new.pdf"))
    with refused("not_yours_to_file"):
        supplement_filing.file(actor=ground.editor, application=application)
    version = supplement_filing.file(actor=ground.owner, application=application)
    assert (version.number, version.answers["staff"], version.answers["summary"]) == (2, "120", "What we do")
    assert [piece["name"] for piece in version.evidence] == ["new.pdf"]
    earlier = FiledVersion.objects.get(number=1)
    assert earlier.taken_back_at is not None and earlier.answers["staff"] == "90" and earlier.profile == version.profile
    assert row.assessments.get(key="big").computed is True, "its points are weighed on what now stands"
    assert "supplements_running" not in {b.code for b in kind_of(row.stage).blockers(ground.stage("eligibility"))}
    with refused("supplement_filed_already"):
        supplementing.save(actor=ground.owner, application=application, data={"staff": "1"}, version=9)


def test_it_is_asked_once_only_and_is_over_when_its_day_is_over(filed: tuple[Ground, Application]) -> None:
    ground, application = filed
    for changes, code in (
        ({"fields": {}}, "supplement_names_nothing"), ({"fields": {"nothing": ""}}, "supplement_field_unknown"), ({"reason": ""}, "reason_missing"),
        ({"days": 61}, "supplement_length"), ({"actor": ground.owner}, "not_yours_to_do"),
    ):  # fmt: skip
        with refused(code):
            ask(ground, application, **changes)
    ask(ground, application)
    with refused("supplement_asked_already"):
        ask(ground, application)
    assert reminders.post_due() == 0, "five working days are left"
    ground.move(dt.datetime(2025, 4, 16, 9, tzinfo=LEGAL_ZONE))
    assert (reminders.post_due(), reminders.post_due()) == (2, 0), "once, to both who write for it"
    ground.move(dt.datetime(2025, 4, 19, 0, 0, 1, tzinfo=LEGAL_ZONE))
    with refused("supplement_over"):
        supplementing.save(actor=ground.owner, application=application, data={"staff": "120"}, version=0)
    stage = ground.stage("eligibility")
    assert "supplements_running" not in {b.code for b in kind_of(stage).blockers(stage)}
    withdrawing.withdraw(actor=ground.owner, application=application, reason="转产")
    assert Message.objects.filter(kind="application.withdrawn").count() == 2
    with refused("supplement_not_asked"):
        supplementing.save(actor=ground.owner, application=application, data={"staff": "120"}, version=0)


def test_by_pages_the_office_asks_and_the_applicant_supplements(
    filed: tuple[Ground, Application], client: Client
) -> None:
    ground, application = filed
    code, row = ground.jurisdiction.code, StageEntry.objects.get(stage=ground.stage("eligibility"))
    office = reverse("applications:office_supplement", args=[code, row.pk])
    page = reverse("applications:supplement", args=[code, application.pk])
    client.force_login(ground.owner)
    assert client.get(page).status_code == 404 and client.get(office).status_code == 404
    client.force_login(ground.office)
    given = {
        "reason": "人数不符",
        "days": "5",
        "unit": "working",
        "article": "15",
        "what-staff": "请核对人数",
        "open-licence": "on",
    }
    answer = client.post(office, {**given, "days": ""})
    assert answer.status_code == 422 and "请核对人数" in answer.content.decode(), "what was typed stays"
    assert client.post(office, given).status_code == 302
    assert "2025-04-18" in client.get(office).content.decode()
    assert client.get(page).status_code == 403, "what is being written is the applicant's alone"
    client.force_login(ground.owner)
    overview = client.get(reverse("applications:application", args=[code, application.pk])).content.decode()
    assert page in overview and "人数不符" in overview
    shown = client.get(page).content.decode()
    assert 'name="f-staff"' in shown and 'name="f-summary"' not in shown
    upload = SimpleUploadedFile("后补.pdf", pdf().read(), content_type="application/pdf")
    assert client.post(page, {"version": "0", "f-staff": "120", "f-licence": upload, "file": "1"}).status_code == 302
    version = FiledVersion.objects.get(number=2)
    assert {piece["name"] for piece in version.evidence} >= {"后补.pdf"}
    compare = reverse("applications:difference", args=[code, application.pk, 2])
    for person in (ground.owner, ground.office):
        client.force_login(person)
        text_ = client.get(compare).content.decode()
        assert "diff" in text_ and "90" in text_ and "120" in text_ and "What we do" not in text_
    assert client.get(reverse("applications:difference", args=[code, application.pk, 1])).status_code == 404
    assert client.get(office).status_code == 200
