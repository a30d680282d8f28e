"""Pages: the public register and verification, the organs' work, the holder's own."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django_scopes import scope

from awards.domain import consequences, punishing
from awards.domain.duties import record_duty
from awards.models import Approval, DutyRecord, Honour, MisuseReport, Payment, SanctionCase
from core import clock
from documents import papers
from documents.models import Paper
from tests.awards import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def where(db):
    place = f.place("yiwu-2020")
    with scope(jurisdiction=place.jurisdiction):
        yield place


def honour_of(place, **more):
    organisation, owner = f.applicant()
    honour = f.earlier(place, organisation, "quality", date=clock.today(), **more)
    return honour, owner


def at(place, name, **more):
    return reverse(f"awards:{name}", kwargs={"code": place.jurisdiction.code, **more})


STATES = {
    "valid": "genuine and the honour is valid",
    "revoked": "has been revoked",
    "withdrawn": "has been withdrawn",
    "publicity_stopped": "may no longer be publicised",
}


@pytest.mark.requirement("wenling-28", "wenzhou-21a", "yiwu-7.2")
@pytest.mark.parametrize("status", STATES)
def test_the_verification_page_tells_the_truth_without_signing_in(where, client, status):
    honour, _owner = honour_of(where)
    Honour.objects.filter(pk=honour.pk).update(status=status)
    client.cookies.load({"django_language": "en"})
    page = client.get(honour.verification_path).content.decode()
    assert STATES[status] in page and honour.organisation_name in page and honour.document_number in page
    assert sum(text in page for text in STATES.values()) == 1


@pytest.mark.requirement("qingyuan-5.3a")
def test_an_honour_that_ran_out_says_so(where, client):
    honour, _owner = honour_of(where)
    Honour.objects.filter(pk=honour.pk).update(valid_until=clock.today() - dt.timedelta(days=1))
    client.cookies.load({"django_language": "en"})
    assert "was valid until" in client.get(honour.verification_path).content.decode()


def test_a_rehearsals_certificate_says_that_it_has_no_effect_and_stays_out_of_the_register(where, client):
    stage, entries = f.before_approval(where, ["quality"])
    f.confer(where, stage)
    honour = Honour.objects.get(entry=entries[0])
    client.cookies.load({"django_language": "en"})
    assert "belongs to a rehearsal" in client.get(honour.verification_path).content.decode()
    assert honour.serial not in client.get(at(where, "register")).content.decode()
    assert client.get(reverse("awards:find"), {"serial": honour.serial}).status_code == 404


def test_an_unknown_certificate_is_known_to_nobody(client, where):
    assert client.get(reverse("awards:verify", args=["none-such"])).status_code == 404


def test_the_register_finds_and_costs_the_same_for_one_and_for_thirty(where, client, django_assert_max_num_queries):
    first, _owner = honour_of(where)
    for _ in range(30):
        honour_of(where)
    with django_assert_max_num_queries(8):
        page = client.get(at(where, "register"))
    assert len(page.context["page"].rows) == 31
    found = client.get(
        at(where, "register"), {"q": first.serial, "prize": "quality", "year": first.year, "status": "valid"}
    )
    assert [honour.pk for honour in found.context["page"].rows] == [first.pk]
    assert client.get(reverse("awards:find"), {"serial": first.serial})["Location"] == first.verification_path


def test_an_approval_is_made_on_its_pages(where, client):
    stage, entries = f.before_approval(where, ["quality", "quality"])
    today = clock.today().isoformat()
    client.force_login(where.speaker("committee"))
    assert client.post(at(where, "fix", pk=stage.pk), {"on": today, "document": ""}).status_code == 200
    assert client.post(at(where, "fix", pk=stage.pk), {"on": today, "document": "纪要1号"}).status_code == 302
    assert client.post(at(where, "approve", pk=stage.pk), {"number": "1", "date": today}).status_code == 403
    client.force_login(where.speaker("government"))
    ahead = (clock.today() + dt.timedelta(days=2)).isoformat()
    again = client.post(at(where, "approve", pk=stage.pk), {"number": "政发〔2026〕8号", "date": ahead})
    assert again.status_code == 200 and "政发〔2026〕8号" in again.content.decode()  # nothing typed is lost
    data = {"number": "政发〔2026〕8号", "date": today, f"struck_{entries[0].pk}": "不予批准"}
    assert client.post(at(where, "approve", pk=stage.pk), data).status_code == 302
    assert Approval.objects.get(stage=stage).struck == [{"entry": entries[0].pk, "reason": "不予批准"}]
    assert "不予批准" in client.get(at(where, "approval", pk=stage.pk)).content.decode()
    client.force_login(f.applicant()[1])
    assert client.get(at(where, "approval", pk=stage.pk)).status_code == 404


def test_a_conferral_shows_first_what_it_will_give_then_what_it_gave(where, client):
    stage, _entries = f.before_approval(where, ["quality"])
    f.approve_all(where, stage)
    from rounds import engine

    conferral = engine.open_next(actor=where.person("office"), round_=stage.round)
    client.force_login(where.person("office"))
    assert "1,000,000" in client.get(at(where, "conferral", pk=conferral.pk)).content.decode()
    f.decide(where, conferral)
    page = client.get(at(where, "conferral", pk=conferral.pk)).content.decode()
    assert Honour.objects.get(round=stage.round).serial in page


def test_a_holder_sees_its_own_honour_and_certificate_and_nobody_elses(where, client):
    stage, entries = f.before_approval(where, ["quality"])
    f.confer(where, stage)
    honour, owner = Honour.objects.get(entry=entries[0]), f.owner_of(entries[0].organisation)
    paper = papers.make(Paper.objects.get(kind="certificate").pk)
    client.force_login(owner)
    assert honour.serial in client.get(at(where, "honours")).content.decode()
    assert client.get(at(where, "honour", pk=honour.pk)).status_code == 200
    assert client.get(paper.get_absolute_url()).content.startswith(b"%PDF")
    for stranger in (f.applicant()[1], f.place("wenling-2023").person("office")):
        client.force_login(stranger)
        assert client.get(at(where, "honour", pk=honour.pk)).status_code == 404
        assert client.get(paper.get_absolute_url()).status_code == 404


def test_a_case_goes_its_way_on_its_pages(where, client):
    honour, _owner = honour_of(where, amount=100)
    Honour.objects.filter(pk=honour.pk).update(items=["certificate", "bonus"])
    Payment.objects.create(honour=honour, amount=100, article="6.1")
    client.force_login(where.person("office"))
    empty = client.post(at(where, "case_new", pk=honour.pk), {"sanction": "fraud", "findings": ""})
    assert empty.status_code == 200 and not SanctionCase.objects.exists()
    client.post(at(where, "case_new", pk=honour.pk), {"sanction": "fraud", "findings": "经查属实"})
    case = SanctionCase.objects.get()
    assert client.post(at(where, "case_step", pk=case.pk), {}).status_code == 403
    today = clock.today().isoformat()
    for organ in case.chain:
        client.force_login(where.speaker(organ))
        data = {"agreed": "yes", "opinion": "同意", "on": today, "number": "政发〔2026〕9号"}
        assert client.post(at(where, "case_step", pk=case.pk), data).status_code == 302
    client.force_login(where.person("office"))
    assert client.get(at(where, "case", pk=case.pk)).status_code == 200
    client.post(at(where, "case_returned", pk=case.pk), {"item": "certificate", "on": today})
    client.post(at(where, "case_disclose", pk=case.pk), {"statement": "经查实撤销", "on": today})
    client.post(at(where, "case_credit", pk=case.pk), {"reference": "信用1", "on": today})
    case.refresh_from_db()
    assert case.returned and case.disclosed_on and case.credit_on
    client.logout()
    assert "经查实撤销" in client.get(at(where, "disclosures")).content.decode()
    assert client.get(at(where, "case", pk=case.pk)).status_code == 302


def test_misuse_bonuses_duties_and_earlier_awards_have_their_pages(where, client):
    honour, owner = honour_of(where, amount=100)
    payment = Payment.objects.create(honour=honour, amount=100, article="6.1")
    today = clock.today().isoformat()
    client.force_login(where.person("office"))
    client.post(at(where, "misuse_new", pk=honour.pk), {"text": "包装上使用", "reporter": "某", "contact": "0"})
    report = MisuseReport.objects.get()
    client.post(at(where, "misuse_settle", pk=report.pk), {"conclusion": "不属实"})
    client.post(at(where, "paid", pk=payment.pk), {"on": today})
    report.refresh_from_db(), payment.refresh_from_db()
    assert (report.status, payment.state) == ("unfounded", "paid")
    export = client.get(at(where, "payments_csv")).getvalue().decode()
    assert honour.serial in export and "100.00" in export
    client.post(at(where, "duty_new"), {"duty": "budget", "on": today, "title": "预算", "text": "列入", "amount": "5"})
    other, _ = f.applicant()
    data = {
        "organisation": other.pk,
        "prize": "quality",
        "year": 2019,
        "number": "1",
        "date": "2019-05-01",
        "organ": "市政府",
        "serial": "OLD-1",
    }
    assert client.post(at(where, "earlier"), data).status_code == 302
    client.post(at(where, "other"), {"organisation": other.pk, "name": "省奖", "level": "province", "year": 2020})
    for name in ("honours", "payments", "duties", "misuse", "cases", "earlier", "other", "duty_new"):
        assert client.get(at(where, name)).status_code == 200, name
    for name in ("honour", "case_new", "duty", "misuse_new"):
        assert client.get(at(where, name, pk=honour.pk)).status_code == 200, name
    client.force_login(owner)
    shared = {"duty": "share", "on": today, "title": "开放日", "text": "介绍经验", "public": "on"}
    assert client.post(at(where, "duty", pk=honour.pk), shared).status_code == 302
    assert DutyRecord.objects.filter(honour=honour, public=True).exists()
    client.logout()
    assert "介绍经验" in client.get(at(where, "sharing")).content.decode()


@pytest.mark.requirement("tacheng-32a")
def test_false_papers_are_a_case_against_an_applicant(db, client):
    place = f.place("tacheng-2023")
    with scope(jurisdiction=place.jurisdiction):
        stage, entries = f.before_approval(place, ["quality"])
        client.force_login(place.person("office"))
        url = at(place, "case_applicant", pk=stage.round_id)
        assert client.get(url).status_code == 200
        client.post(
            url, {"sanction": "false_papers", "findings": "隐瞒事实", "organisation": entries[0].organisation_id}
        )
        case = SanctionCase.objects.get()
        client.force_login(place.speaker("office"))
        client.post(
            at(place, "case_step", pk=case.pk), {"agreed": "yes", "opinion": "x", "on": clock.today().isoformat()}
        )
        case.refresh_from_db()
        assert case.status == "decided" and case.bar.article == "32"


def test_evidence_is_read_by_the_organs_alone(where, client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.documents.factories import png

    honour, owner = honour_of(where)
    case = punishing.open_case(actor=where.person("office"), honour=honour, sanction="fraud", findings="x")
    client.force_login(where.person("office"))
    client.post(at(where, "case_evidence", pk=case.pk), {"file": SimpleUploadedFile("证据.png", png())})
    from documents.uploads import of_subject

    file = of_subject(case).get()
    assert client.get(file.get_absolute_url()).status_code == 200
    client.force_login(owner)
    assert client.get(file.get_absolute_url()).status_code == 404
    assert consequences.state_of(case)["to_return"] == [] and record_duty is not None
