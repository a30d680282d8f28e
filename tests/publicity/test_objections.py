"""Objections: what makes one, how fast it is looked at, what follows, and who learns what."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core import serializers
from django.core.files.base import ContentFile
from PIL import Image

from accounts.models import OrganisationMember
from audit.models import AuditEvent
from documents.models import Paper, StoredFile
from notifications.models import Message
from publicity import personal
from publicity.domain import erasing, examining, notices, receiving
from publicity.models import Objection, ObjectorDetails
from rounds import engine
from tests.publicity.test_publishing import at, made
from tests.voting.world import make_world, publicity, refused, vote

pytestmark = pytest.mark.django_db
STRICT = {
    "article": "23", "anonymous": "refused", "person_gives": ["name", "signature", "phone", "address", "identity_proof"],
    "unit_gives": ["domicile", "phone", "address", "seal"], "needs_proof": True, "examine_within": 5, "examine_unit": "working",
    "examine_article": "24", "receipt": True, "outcome_in_writing": True, "outcome_article": "26", "notify": ["organisation", "auditing_body"],
}  # fmt: skip
PERSON = {"name": "王某", "phone": "0901-555", "address": "某街1号"}
UNIT = {"unit": "某公司", "domicile": "某路2号", "phone": "0901-666", "address": "某路2号"}


def scan(name="scan"):
    picture = io.BytesIO()
    Image.new("RGB", (10, 10)).save(picture, "PNG")
    return ContentFile(picture.getvalue(), name=f"{name}.png")


def strict(**changes):
    w = made(publicity(report_to=None), vote(), day="2024-10-08", entries=3, objections={**STRICT, **changes})
    return w, notices.publish(actor=w.office, stage=w.stage)


def objected(w, notice, entry=0, **changes):
    given = {
        "by": "person", "text": "材料不实", "details": PERSON,
        "files": {"signature": [scan()], "identity_proof": [scan()], "proof": [scan()]}, **changes,
    }  # fmt: skip
    return receiving.receive(actor=None, notice=notice, entry_id=w.entries[entry].pk, **given)


@pytest.mark.requirement("tacheng-23")
def test_an_objection_gives_what_the_regulation_asks_of_a_person_and_of_a_unit():
    w, notice = strict()
    files = {"signature": [scan()], "identity_proof": [scan()], "proof": [scan()]}
    for key in PERSON:
        with refused("particulars_missing") as caught:
            objected(w, notice, details={k: v for k, v in PERSON.items() if k != key})
        assert (caught.value.field, caught.value.article) == (key, "23")
    for key in ("signature", "identity_proof"):
        with refused("particulars_missing"):
            objected(w, notice, files={k: v for k, v in files.items() if k != key})
    with refused("proof_missing"):
        objected(w, notice, files={k: v for k, v in files.items() if k != "proof"})
    with refused("particulars_missing"):
        objected(w, notice, by="unit", details=UNIT, files={"proof": [scan()]})
    with refused("anonymous_refused"):
        objected(w, notice, by="anonymous", details={})
    with refused("objection_text_missing"):
        objected(w, notice, text=" ")
    assert not Objection.objects.exists() and not StoredFile.objects.exists()
    assert objected(w, notice).status == "received"
    assert (
        objected(w, notice, by="unit", details=UNIT, files={"seal": [scan()], "proof": [scan()]}).status == "received"
    )
    assert all(file.secret for file in StoredFile.objects.all())


def test_only_what_is_published_can_be_objected_to_and_only_in_time():
    w, notice = strict()
    stranger = make_world(vote(), publicity(), entries=1).entries[0]
    with refused("not_published_here"):
        receiving.receive(actor=None, notice=notice, entry_id=stranger.pk, by="person", text="x")
    at(w, "2024-10-15", hour=23)
    objected(w, notice)
    at(w, "2024-10-16", hour=0)
    with refused("objection_too_late") as caught:
        objected(w, notice)
    assert caught.value.facts["last_day"] == dt.date(2024, 10, 15)
    on_time = {
        "actor": w.office,
        "notice": notice,
        "entry_id": w.entries[0].pk,
        "by": "person",
        "text": "信件",
        "received_on": dt.date(2024, 10, 14),
    }
    assert (
        receiving.record_paper(**on_time, details=PERSON, seen=["signature", "identity_proof", "proof"]).missing == []
    )


@pytest.mark.requirement("tacheng-24")
def test_it_is_examined_within_five_working_days_and_an_accepted_one_gets_a_receipt():
    w, notice = strict()
    objection = objected(w, notice)
    assert objection.examine_by.date() == dt.date(2024, 10, 14)  # Saturday 12 October is a working day in lieu
    with refused("not_yours_to_do"):
        examining.examine(actor=w.supervisor, objection=objection, accept=True)
    with refused("reason_missing"):
        examining.examine(actor=w.office, objection=objection, accept=False)
    objection = examining.examine(actor=w.office, objection=objection, accept=True)
    assert objection.receipt.kind == "objection_receipt"
    assert PERSON["name"] not in str(objection.receipt.context)
    with refused("objection_state"):
        examining.examine(actor=w.office, objection=objection, accept=True)


def test_what_lacks_a_particular_on_paper_cannot_be_accepted():
    w, notice = strict()
    objection = receiving.record_paper(
        actor=w.office,
        notice=notice,
        entry_id=w.entries[0].pk,
        by="person",
        text="信件",
        details=PERSON,
        seen=["signature"],
    )
    assert objection.missing == ["identity_proof"]
    with refused("may_not_be_accepted") as caught:
        examining.examine(actor=w.office, objection=objection, accept=True)
    assert caught.value.article == "23"
    examining.examine(actor=w.office, objection=objection, accept=False, reason="未补正")


@pytest.mark.requirement("tacheng-25", "tacheng-26", "tacheng-27", "tacheng-18b")
def test_a_founded_objection_stops_its_entry_an_unfounded_one_does_not_and_all_are_told():
    w, notice = strict()
    for entry, owner in zip(w.entries, w.owners, strict=True):
        OrganisationMember.objects.create(organisation=entry.organisation, user=owner, role="owner")
    first, second = objected(w, notice, 0), objected(w, notice, 1)
    at(w, "2024-10-16")
    with refused("stage_blocked"):
        engine.prepare(actor=w.office, stage=w.stage)
    for objection, stands in ((first, True), (second, False)):
        with refused("objection_state"):
            examining.conclude(actor=w.office, objection=objection, stands=stands, findings="属实")
        examining.examine(actor=w.office, objection=objection, accept=True)
        with refused("reason_missing"):
            examining.conclude(actor=w.office, objection=objection, stands=stands, findings="")
        concluded = examining.conclude(
            actor=w.office, objection=objection, stands=stands, findings="经查", experts="无利害关系专家"
        )
        assert concluded.letter.kind == "objection_outcome"
        assert concluded.notified == ["organisation"]
    assert {m.to for m in Message.objects.filter(kind="publicity.objection_concluded")} == set(w.owners[:2])
    with refused("stage_blocked") as caught:  # the objectors have not been told in writing
        engine.prepare(actor=w.office, stage=w.stage)
    assert caught.value.article == "26"
    for objection in (first, second):
        examining.tell(actor=w.office, objection=objection, how="挂号信")
    with refused("told_already"):
        examining.tell(actor=w.office, objection=first, how="挂号信")
    rows = w.released()
    assert [rows[e.pk].status for e in w.entries] == ["stopped", "advanced", "advanced"]
    assert rows[w.entries[0].pk].article == "26"


@pytest.mark.requirement("wenling-20", "wenzhou-18", "wenzhou-19", "qingyuan-4.5", "yiwu-5.6")
def test_what_is_raised_is_reported_to_the_committee_before_the_list_goes_on():
    rules = {"article": "20", "anonymous": "noted", "person_gives": ["name"]}
    w = made(publicity(), vote(), day="2024-10-08", entries=2, objections=rules)
    notice = notices.publish(actor=w.office, stage=w.stage)
    with refused("nothing_to_report"):
        examining.report(actor=w.office, stage=w.stage, text="无")
    noted = receiving.receive(
        actor=None, notice=notice, entry_id=w.entries[0].pk, by="anonymous", text="举报", details=PERSON
    )
    assert noted.status == "noted" and not ObjectorDetails.objects.exists()
    named = receiving.receive(
        actor=None, notice=notice, entry_id=w.entries[1].pk, by="person", text="不实", details={"name": "王某"}
    )
    with refused("objections_still_open"):
        examining.report(actor=w.office, stage=w.stage, text="报告")
    examining.examine(actor=w.office, objection=named, accept=True)
    examining.conclude(actor=w.office, objection=named, stands=False, findings="不属实")
    at(w, "2024-10-16")
    with refused("stage_blocked") as caught:
        engine.prepare(actor=w.office, stage=w.stage)
    assert caught.value.article == "20"
    report = examining.report(actor=w.office, stage=w.stage, text="调查报告")
    assert (report.organ, report.objections.count()) == ("committee", 2)
    assert "王某" not in str(report.paper.context)
    assert {row.status for row in w.released().values()} == {"advanced"}


def test_who_objected_is_sealed_shown_only_on_record_and_erased_in_time():
    w, notice = strict()
    objection = objected(w, notice)
    details = ObjectorDetails.objects.get()
    dump = serializers.serialize("json", [objection, details, *AuditEvent.objects.all(), *Paper.objects.all()])
    assert PERSON["name"] not in dump and PERSON["phone"] not in dump
    assert examining.unmask(actor=w.supervisor, objection=objection)["name"] == PERSON["name"]
    assert AuditEvent.objects.filter(act="objection.unmasked", actor_id=str(w.supervisor.pk)).count() == 1
    with refused("not_yours_to_do"):
        examining.unmask(actor=w.members[0], objection=objection)
    engine.recuse(actor=w.office, entry=w.entries[0], user=w.office, reason="亲属任职")
    for act in (
        lambda: examining.unmask(actor=w.office, objection=objection),
        lambda: examining.examine(actor=w.office, objection=objection, accept=True),
    ):
        with refused("recused"):
            act()
    before = StoredFile.objects.count()
    assert erasing.erase_due(details.erase_after) == 0
    assert erasing.erase_due(details.erase_after + dt.timedelta(days=1)) == 1
    assert erasing.erase_due(details.erase_after + dt.timedelta(days=1)) == 0
    assert (
        StoredFile.objects.count() == before - 3
    )  # signature, identity card, and what proves the objection: it may tell who made it
    event = AuditEvent.objects.get(act="objection.details_erased")
    assert (event.article, event.facts) == ("23", {"files": 3, "proof": "erased"})
    assert AuditEvent.objects.filter(act="file.removed", facts__has_key="sha256").count() == 3
    with refused("details_erased"):
        examining.unmask(actor=w.supervisor, objection=objection)


def test_proof_is_kept_where_the_policy_says_so_and_files_without_a_name_are_erased_in_their_time():
    kept = {"value": "kept", "reason": {"zh": "作为处理依据留存", "en": "Kept as the ground of what was decided"}}
    w, notice = strict(proof=kept)
    objection = objected(w, notice)
    before = StoredFile.objects.count()
    later = ObjectorDetails.objects.get(objection=objection).erase_after + dt.timedelta(days=1)
    assert erasing.erase_due(later) == 1
    assert StoredFile.objects.count() == before - 2  # signature and identity card
    w, notice = strict(anonymous="noted")
    nobody = receiving.receive(
        actor=None, notice=notice, entry_id=w.entries[0].pk, by="anonymous", text="x", files={"proof": [scan()]}
    )
    left = StoredFile.objects.count()
    assert examining.unmask(actor=w.supervisor, objection=nobody) == {}
    assert erasing.erase_due(later) == 1
    assert StoredFile.objects.count() == left - 1


def test_details_open_under_a_former_secret_and_not_without_one(settings):
    sealed = personal.seal(PERSON)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret"
    assert personal.unseal(sealed) == PERSON
    settings.SECRET_KEY_FALLBACKS = []
    assert personal.unseal(sealed) == {}


def test_a_failure_while_receiving_leaves_nothing(monkeypatch):
    w, notice = strict()
    monkeypatch.setattr(receiving, "record", lambda *a, **k: (_ for _ in ()).throw(RuntimeError))
    with pytest.raises(RuntimeError):
        objected(w, notice)
    assert not Objection.objects.exists() and not StoredFile.objects.exists() and not ObjectorDetails.objects.exists()
