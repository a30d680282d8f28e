"""Filing: complete, in time, by who may; frozen, numbered, hashed; taken back before the deadline."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from applications.domain import answering, filing
from applications.kinds.intake import Intake
from applications.models import Application, Evidence, FiledVersion
from audit.models import AuditEvent
from core.clock import end_of_day
from core.fields import digest
from core.refusals import Refused
from documents import papers
from notifications.models import Message
from rounds import engine
from rounds.models import Entry, StageEntry
from tests.applications.ground import ANSWERS, CALL, CLOSES_ON, INTAKE, Ground, lay, policy, text
from tests.refusing import refused

LATE = {
    "kind": "approval",
    "key": "approval",
    "name": text("Approval"),
    "article": "20",
    "by": "office",
    "opens": "with",
}


@pytest.mark.requirement("wenling-14")
@pytest.mark.requirement("qingyuan-3.2.2")
@pytest.mark.requirement("yiwu-4.2")
def test_a_complete_application_is_frozen_numbered_and_hashed(ground: Ground) -> None:
    application = ground.written(brands=["a"])
    version = filing.file(actor=ground.owner, application=application)
    entry = Entry.objects.get()
    assert (entry.number, entry.status, version.number) == ("2025-0001", "active", 1)
    assert version.sha256 == digest(version.content()) and version.answers["staff"] == "120"
    assert version.evidence[0]["sha256"] == Evidence.objects.get().file.sha256
    assert StageEntry.objects.get(entry=entry).status == "advanced"
    event = AuditEvent.objects.get(act="application.filed")
    assert event.facts["sha256"] == version.sha256 and event.article == "4"
    assert {p.kind for p in papers.of_subject(application)} == {"application_form", "receipt"}
    assert set(Message.objects.values_list("to", flat=True)) == {ground.owner.pk, ground.editor.pk}


@pytest.mark.requirement("qingyuan-3.2.2")
@pytest.mark.requirement("wenzhou-13a")
@pytest.mark.requirement("yiwu-4.2")
def test_the_last_day_counts_and_not_a_second_more(ground: Ground) -> None:
    application = ground.written()
    ground.move(end_of_day(CLOSES_ON) + dt.timedelta(milliseconds=1))
    with refused("filed_late", article="4"):
        filing.file(actor=ground.owner, application=application)
    assert not FiledVersion.objects.exists() and Entry.objects.get().number == ""


def test_just_before_the_deadline(ground: Ground) -> None:
    application = ground.written()
    ground.move(end_of_day(CLOSES_ON) - dt.timedelta(seconds=20))
    assert (
        filing.file(actor=ground.owner, application=application, papers=False).filed_at
        <= ground.stage("intake").deadline
    )


@pytest.mark.requirement("wenling-14")
@pytest.mark.parametrize(
    ("answers", "code", "article"),
    [
        ({"staff": ""}, "incomplete", "5"),
        ({"staff": "many"}, "incomplete", "5"),
        ({"certified_on": "2030-01-01"}, "incomplete", "5"),
        ({"honest": False}, "declaration_missing", "7"),
    ],
)
def test_what_is_missing_or_wrong_keeps_it_from_being_filed(
    ground: Ground, answers: dict[str, Any], code: str, article: str
) -> None:
    application = ground.written(**answers)
    with refused(code, article=article):
        filing.file(actor=ground.owner, application=application)
    assert not FiledVersion.objects.exists()


@pytest.mark.requirement("tacheng-13")
def test_state_secrets_must_be_excluded(db: None) -> None:
    stages = [CALL, {**INTAKE, "state_secrets_article": "13", "truth_article": "32"}]
    ground = lay(policy(stages=stages))
    with scope(jurisdiction=ground.jurisdiction):
        application = ground.written()
        with refused("state_secrets", article="13"):
            filing.file(actor=ground.owner, application=application)
        declared = {"declares_no_state_secrets": True}
        application = answering.save_answers(actor=ground.owner, application=application, answers=declared, version=9)
        with refused("declaration_missing", article="32"):
            filing.file(actor=ground.owner, application=application)
        application = answering.save_answers(
            actor=ground.owner, application=application, answers={"declares_truth": True}, version=9
        )
        assert filing.file(actor=ground.owner, application=application).answers["declares_no_state_secrets"] is True


@pytest.mark.parametrize("who", ["editor", "stranger", "office", "head"])
def test_only_who_may_file_files(ground: Ground, who: str) -> None:
    application = ground.written()
    with refused("not_yours_to_file", article="4"):
        filing.file(actor=getattr(ground, who), application=application)


def test_filed_once(ground: Ground) -> None:
    application = ground.written()
    filing.file(actor=ground.owner, application=application)
    with refused("already_filed"):
        filing.file(actor=ground.owner, application=application)
    assert FiledVersion.objects.count() == 1


def test_taken_back_and_filed_again_under_its_number(ground: Ground) -> None:
    application = ground.written()
    first = filing.file(actor=ground.owner, application=application)
    with refused("not_yours_to_file"):
        filing.take_back(actor=ground.editor, application=application)
    filing.take_back(actor=ground.owner, application=application, reason="A figure was wrong")
    assert (Entry.objects.get().status, Entry.objects.get().number) == ("draft", "")
    with refused("not_filed"):
        filing.take_back(actor=ground.owner, application=application)
    changed = answering.save_answers(actor=ground.owner, application=application, answers={"staff": "121"}, version=9)
    second = filing.file(actor=ground.owner, application=changed)
    first.refresh_from_db()
    assert (second.number, Entry.objects.get().number) == (2, "2025-0001")
    assert first.taken_back_at is not None and first.sha256 != second.sha256


def test_not_taken_back_after_the_deadline(ground: Ground) -> None:
    application = ground.written()
    filing.file(actor=ground.owner, application=application, papers=False)
    ground.move(end_of_day(CLOSES_ON) + dt.timedelta(seconds=1))
    with refused("filed_late"):
        filing.take_back(actor=ground.owner, application=application)


def test_not_taken_back_once_the_next_stage_has_begun_with_it(db: None) -> None:
    organs = [*policy()["organs"]]
    ground = lay(policy(stages=[CALL, INTAKE, LATE], organs=organs))
    with scope(jurisdiction=ground.jurisdiction):
        application = ground.written()
        filing.file(actor=ground.owner, application=application, papers=False)
        assert StageEntry.objects.get(stage__key="approval").status == "pending"
        filing.take_back(actor=ground.owner, application=application)
        assert not StageEntry.objects.filter(stage__key="approval").exists()
        filing.file(actor=ground.owner, application=application, papers=False)
        StageEntry.objects.filter(stage__key="approval").update(score=1)
        with refused("taken_up_already"):
            filing.take_back(actor=ground.owner, application=application)


def test_numbers_run_on(ground: Ground) -> None:
    numbers = []
    for place in range(3):
        organisation = ground.another(place + 50)
        application = ground.start(organisation=organisation)
        answering.save_answers(actor=ground.owner, application=application, answers=ANSWERS, version=0)
        from applications.domain import attaching
        from tests.applications.ground import pdf

        attaching.attach(actor=ground.owner, application=application, field="licence", upload=pdf())
        filing.file(actor=ground.owner, application=application, papers=False)
        numbers.append(Entry.objects.get(organisation=organisation).number)
    assert numbers == ["2025-0001", "2025-0002", "2025-0003"]


@pytest.mark.requirement("qingyuan-1.5")
@pytest.mark.requirement("wenzhou-5")
@pytest.mark.requirement("yiwu-1.7")
@pytest.mark.requirement("tacheng-9.7")
def test_encouragements_are_flags_and_never_a_bar(db: None) -> None:
    encouragements = [
        {"key": "brand", "article": "15", "label": text("Brand"), "when": "'a' in form.brands"},
        {"key": "small", "article": "15", "label": text("Small"), "when": "org.size == 'small'"},
    ]
    ground = lay(policy(encouragements=encouragements))
    with scope(jurisdiction=ground.jurisdiction):
        filing.file(actor=ground.owner, application=ground.written(brands=["a", "b"]), papers=False)
        assert Entry.objects.get().flags == ["brand"]


@pytest.mark.parametrize(("staff", "category"), [("500", "large"), ("5", "small")])
def test_the_category_follows_from_its_condition_and_one_without_is_for_the_others(
    db: None, staff: str, category: str
) -> None:
    document = policy()
    document["prizes"][0]["categories"] = [
        {"key": "large", "name": text("Large"), "article": "1", "when": "form.staff > 100"},
        {"key": "small", "name": text("Small"), "article": "1"},
    ]
    ground = lay(document)
    with scope(jurisdiction=ground.jurisdiction):
        filing.file(actor=ground.owner, application=ground.written(staff=staff), papers=False)
        assert Entry.objects.get().category == category


def test_categories_without_conditions_are_chosen_on_their_page(db: None) -> None:
    document = policy()
    document["prizes"][0]["categories"] = [{"key": key, "name": text(key), "article": "1"} for key in ("a", "b")]
    ground = lay(document)
    with scope(jurisdiction=ground.jurisdiction):
        application = ground.written()
        with refused("incomplete", article="1"):
            filing.file(actor=ground.owner, application=application)
    client, page = Client(), reverse("applications:category", args=[ground.jurisdiction.code, application.pk])
    client.force_login(ground.owner)
    assert 'value="b"' in client.get(page).content.decode()
    assert "error-summary" in client.post(page, {"category": "none such"}).content.decode()
    assert client.post(page, {"category": "b"}).status_code == 302
    with scope(jurisdiction=ground.jurisdiction):
        filing.file(actor=ground.owner, application=Application.objects.get(pk=application.pk), papers=False)
        assert Entry.objects.get().category == "b"


@pytest.mark.requirement("qingyuan-3.2.2")
def test_what_was_not_filed_in_time_stops_with_its_article(ground: Ground) -> None:
    application = ground.written()
    other = ground.start(organisation=ground.another(60))
    filing.file(actor=ground.owner, application=application, papers=False)
    stage = ground.stage("intake")
    assert [b.code for b in Intake().blockers(stage)] == ["deadline_running"]
    assert [(t.organisation_id, t.due) for t in Intake().todos(stage)] == [
        (other.entry.organisation_id, stage.deadline)
    ]
    ground.move(end_of_day(CLOSES_ON) + dt.timedelta(hours=9))
    decision = engine.prepare(actor=ground.office, stage=ground.stage("intake"))
    engine.release(actor=ground.head, decision=decision)
    engine.close_stage(actor=ground.head, stage=ground.stage("intake"))
    stopped = StageEntry.objects.get(entry=other.entry)
    assert (stopped.status, stopped.article, bool(stopped.reason)) == ("stopped", "4", True)
    assert Entry.objects.get(pk=application.pk).status == "active"


def test_a_failure_halfway_leaves_nothing_behind(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    application = ground.written()
    monkeypatch.setattr(engine, "settle", lambda **k: (_ for _ in ()).throw(RuntimeError("the light went out")))
    with pytest.raises(RuntimeError):
        filing.file(actor=ground.owner, application=application)
    assert (
        not FiledVersion.objects.exists()
        and not papers.of_subject(application).exists()
        and not Message.objects.exists()
    )
    assert Application.objects.get().filed_at is None and Entry.objects.get().number == ""


def test_a_gate_that_shuts_meanwhile_is_asked_again(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    from applications import gates

    application = ground.written()
    shut = lambda candidacy: (
        [Refused("already_withdrawn", article="33")] if candidacy.filing and candidacy.facts["form"] else []
    )
    monkeypatch.setattr(gates, "_GATES", [*gates._GATES, shut])
    with refused("already_withdrawn", article="33"):
        filing.file(actor=ground.owner, application=application)
