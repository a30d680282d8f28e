"""What holders and offices record after the award."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django_scopes import scope

from audit.models import AuditEvent, PersonalNote
from awards import reminders
from awards.domain.duties import record_duty, report_misuse, settle_report
from awards.models import DutyRecord, MisuseReport
from core import clock
from core.refusals import Refused
from jurisdictions.policy.loader import read
from rounds import todos
from rounds.capacities import held_by
from tests.awards import factories as f
from tests.worlds import POLICIES

pytestmark = pytest.mark.django_db
RECORDED = [
    (name, duty.key)
    for name in f.POLICIES
    for duty in read(POLICIES / f"{name}.yaml").sound().duties
    if duty.record != "none" and duty.who in ("holder", "office", "government")
]


@pytest.mark.requirement(
    "wenling-26", "wenling-5b", "wenling-23", "qingyuan-2.3c", "qingyuan-6.3-4", "qingyuan-5.2", "qingyuan-2.3", "wenzhou-20b", "wenzhou-23", "wenzhou-21a",
    "yiwu-2.2.4", "yiwu-7.3-4", "yiwu-6.2", "tacheng-29-30", "tacheng-36", "wenzhou-8",
)  # fmt: skip
@pytest.mark.parametrize(("name", "key"), RECORDED)
def test_every_duty_to_record_can_be_recorded_by_those_whose_it_is(db, name, key):
    place = f.place(name)
    with scope(jurisdiction=place.jurisdiction):
        duty = next(d for d in place.policy.duties if d.key == key)
        organisation, owner = f.applicant()
        honour = f.earlier(place, organisation, "quality", date=clock.today())
        actor = owner if duty.who == "holder" else place.person("office")
        of_honour = honour if duty.who == "holder" or duty.record == "evaluation" else None
        values = {
            "duty": key,
            "on": clock.today(),
            "title": "标题",
            "text": "情况",
            "amount": 10,
            "fitness": "fit",
            "public": True,
        }
        row = record_duty(actor=actor, honour=of_honour, jurisdiction=place.jurisdiction, **values)
        assert (row.kind, row.article, row.public) == (duty.record, duty.article, duty.record == "activity")
        assert AuditEvent.objects.get(act="duty.recorded").article == duty.article
        with pytest.raises(Refused) as refusal:
            record_duty(actor=f.applicant()[1], honour=of_honour, jurisdiction=place.jurisdiction, **values)
        assert refusal.value.code == "duty_of_others" and refusal.value.article == duty.article


@pytest.mark.parametrize(
    ("duty", "change", "code"),
    [
        ("none", {}, "no_such_duty"), ("title_use", {}, "no_such_duty"), ("share", {"text": " "}, "duty_text_missing"),
        ("bonus_use", {"amount": None}, "duty_needs_amount"), ("evaluate", {"fitness": ""}, "duty_needs_result"),
        ("share", {"on": dt.date(2999, 1, 1)}, "document_date_ahead"), ("share", {"honour": None}, "duty_needs_honour"),
    ],
)  # fmt: skip
def test_records_that_say_nothing_are_refused(db, duty, change, code):
    place = f.place("qingyuan-draft-2025")
    with scope(jurisdiction=place.jurisdiction):
        organisation, owner = f.applicant()
        honour = f.earlier(place, organisation, "quality", date=clock.today())
        actor = place.person("office") if duty == "evaluate" else owner
        values = {"on": clock.today(), "title": "x", "text": "x", "amount": 1, "fitness": "fit", "honour": honour}
        with pytest.raises(Refused) as refusal:
            record_duty(actor=actor, duty=duty, jurisdiction=place.jurisdiction, **{**values, **change})
        assert refusal.value.code == code and not DutyRecord.objects.exists()


@pytest.mark.requirement("wenling-27", "tacheng-31", "wenzhou-22", "yiwu-7.5", "qingyuan-6.5")
@pytest.mark.parametrize(
    ("name", "article"),
    [
        ("wenling-2023", "27"),
        ("qingyuan-draft-2025", "6.5"),
        ("wenzhou-2020", "22"),
        ("yiwu-2020", "7.5"),
        ("tacheng-2023", "31"),
    ],
)
def test_a_report_of_misuse_is_taken_down_and_settled_and_who_reported_stays_apart(db, name, article):
    place = f.place(name)
    with scope(jurisdiction=place.jurisdiction):
        organisation, _owner = f.applicant()
        honour, office = f.earlier(place, organisation, "quality", date=clock.today()), place.person("office")
        report = report_misuse(actor=office, honour=honour, text="产品包装上使用", reporter="某人", contact="000")
        event = AuditEvent.objects.get(act="misuse.reported")
        assert event.article == article and "某人" not in str(event.facts)
        assert PersonalNote.objects.get(commitment=event.personal_commitment).data["reporter"] == "某人"
        with pytest.raises(Refused):
            settle_report(actor=place.person("supervisor"), report=report, conclusion="x")
        assert settle_report(actor=office, report=report, conclusion="不属实").status == MisuseReport.Status.UNFOUNDED
        with pytest.raises(Refused):
            settle_report(actor=office, report=report, conclusion="x")


@pytest.mark.requirement("qingyuan-6.3-4", "yiwu-7.3-4", "wenling-26", "tacheng-29-30")
def test_holders_are_reminded_in_autumn_of_what_the_year_still_lacks(db, unscoped):
    place = f.place("qingyuan-draft-2025")
    organisation, owner = f.applicant()
    with scope(jurisdiction=place.jurisdiction):
        honour = f.earlier(place, organisation, "quality", date=clock.today())
    season = clock.now().replace(month=11, day=20)
    due = list(reminders.yearly_duties(season))
    assert (
        {reminder.context["duty"]["zh"] for reminder in due}
        and all(reminder.to == (owner,) for reminder in due)
        and len(due) == 2
    )
    assert not list(reminders.yearly_duties(season.replace(month=5)))
    with scope(jurisdiction=place.jurisdiction):
        record_duty(actor=owner, honour=honour, duty="share", on=clock.today(), title="x", text="x")
    left = list(reminders.yearly_duties(season.replace(year=clock.today().year)))
    assert len(left) == 1


@pytest.mark.requirement("qingyuan-6.3-4", "qingyuan-2.3c", "wenling-26", "wenling-23", "wenzhou-21a", "tacheng-36")
@pytest.mark.parametrize(
    ("name", "holders", "offices"),
    [
        ("qingyuan-draft-2025", {"share", "bonus_use"}, {"evaluate"}), ("wenling-2023", {"share", "title"}, {"budget"}),
        ("wenzhou-2020", {"improve"}, {"evaluate"}), ("tacheng-2023", {"share", "title"}, {"exchange", "budget"}),
    ],
)  # fmt: skip
def test_yearly_duties_wait_on_the_desks_of_those_whose_they_are_until_they_are_recorded(db, name, holders, offices):
    place, now = f.place(name), clock.now()
    with scope(jurisdiction=place.jurisdiction):
        organisation, owner = f.applicant()
        honour, office = f.earlier(place, organisation, "quality", date=clock.today()), place.person("office")
        texts = {str(duty.text): duty for duty in place.policy.duties}

        def waiting(user):
            rows = [w.todo for w in todos.waiting_for(held_by(user), now) if w.todo.code == "duty"]
            assert {row.due.astimezone().year for row in rows} <= {clock.today().year}
            return {duty.key: row for row in rows for text, duty in texts.items() if text in row.text}

        for user, keys in ((owner, holders), (office, offices)):
            found = waiting(user)
            assert found.keys() == keys
            assert {row.article for row in found.values()} == {d.article for d in texts.values() if d.key in keys}
            client = Client()
            client.force_login(user)
            assert all(client.get(row.url).status_code == 200 for row in found.values()), (
                "it leads to where it is recorded"
            )
            for key in keys:
                alone = key in holders or key == "evaluate"
                record_duty(
                    actor=user, duty=key, on=clock.today(), title="x", text="x", amount=1, fitness="fit",
                    honour=honour if alone else None, jurisdiction=place.jurisdiction,
                )  # fmt: skip
            assert not waiting(user)
        assert not waiting(f.applicant()[1]), "nothing for those who hold no honour"
        honour.status = "revoked"
        honour.save()
        DutyRecord.objects.all().delete()
        assert not waiting(owner), "a title taken away binds nobody"
