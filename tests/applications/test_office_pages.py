"""The pages: each sees its own, others get 404; what was typed stays on a refusal; lists cost the same however long."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from accounts.models import User
from applications.domain import acceptance, auditing, consultation, eligibility
from applications.models import Application
from applications.models.assessment import Assessment
from applications.models.opinions import Charge, ConsultationRequest, PreliminaryReview, Recommendation
from applications.views.body_forms import DONE
from audit.models import AuditEvent
from rounds.models import StageEntry
from tests.applications import office_world
from tests.applications.office_world import OfficeWorld
from tests.applications.test_office_audit import CONSULTED, examine
from tests.applications.test_office_conditions import CLEAN_CHECKS, CLEAN_FORM
from tests.bulk import bulk
from tests.refusing import refused

pytestmark = pytest.mark.django_db
SECRET = "独家配方"


def made(name: str) -> Iterator[OfficeWorld]:
    document = office_world.load(name)
    with scope(jurisdiction=document.jurisdiction):
        yield office_world.build(document)


@pytest.fixture
def wenzhou() -> Iterator[OfficeWorld]:
    yield from made("wenzhou-2020")


@pytest.fixture
def wenling() -> Iterator[OfficeWorld]:
    yield from made("wenling-2023")


@pytest.fixture
def tacheng() -> Iterator[OfficeWorld]:
    yield from made("tacheng-2023")


@pytest.fixture
def yiwu() -> Iterator[OfficeWorld]:
    yield from made("yiwu-2020")


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(world: OfficeWorld, name: str, *more: object) -> str:
    return reverse(f"applications:{name}", args=[world.jurisdiction.code, *more])


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.requirement("wenling-8")
def test_a_body_sees_its_own_on_its_pages_and_nothing_else(wenling: OfficeWorld) -> None:
    one, two = wenling.body("b-one", "town", territory=["331098"]), wenling.body("b-two", "town", territory=["331099"])
    stage = wenling.open("recommendation")
    mine, theirs = wenling.enter(stage, [{"org": {"region": "331098"}}, {"org": {"region": "331099"}}])
    client = as_(wenling.officer(one))
    listing = client.get(at(wenling, "own", stage.pk)).content.decode()
    assert mine.entry.organisation.name in listing
    assert theirs.entry.organisation.name not in listing
    assert client.get(at(wenling, "own_entry", mine.pk)).status_code == 200
    assert client.get(at(wenling, "own_entry", theirs.pk)).status_code == 404
    assert client.post(at(wenling, "own_entry", theirs.pk), {"act": "recommend"}).status_code == 404
    assert client.get(at(wenling, "own_stages")).status_code == 200
    stranger = as_(wenling.person("nobody"))
    for url in (
        at(wenling, "own_stages"),
        at(wenling, "own", stage.pk),
        at(wenling, "own_entry", mine.pk),
        at(wenling, "consultations"),
    ):
        assert stranger.get(url).status_code == 404
        assert Client().get(url).status_code == 302
    done = client.post(at(wenling, "own_entry", mine.pk), {"act": "recommend", "reason": "同意"})
    assert done.status_code == 302
    assert [str(told) for told in get_messages(done.wsgi_request)] == [str(DONE["recommend"])]
    assert wenling.fresh(mine).status == "advanced"
    assert Recommendation.objects.get().reason == "同意"
    assert client.get(at(wenling, "own_entry", mine.pk)).status_code == 200
    assert two.pk


def test_what_was_typed_stays_when_it_is_refused(wenling: OfficeWorld) -> None:
    one = wenling.body("b-one", "town", territory=["331098"])
    stage = wenling.open("recommendation")
    (row,) = wenling.enter(stage, [{"org": {"region": "331098"}}])
    client = as_(wenling.officer(one))
    page = client.post(at(wenling, "own_entry", row.pk), {"act": "decline", "reason": ""})
    assert page.status_code == 422
    assert wenling.fresh(row).status == "pending"
    stage.status = "closed"
    stage.save(update_fields=["status"])
    page = client.post(at(wenling, "own_entry", row.pk), {"act": "decline", "reason": "重要理由"})
    assert page.status_code == 422


@pytest.mark.requirement("wenzhou-13a")
def test_first_review_on_the_page(wenzhou: OfficeWorld) -> None:
    county = wenzhou.body("c-one", "county_office", territory=["330399"])
    stage = wenzhou.open("recommendation")
    (row,) = wenzhou.enter(stage, [{"org": {"region": "330399"}, "answers": CLEAN_FORM | {"excellence_since": ""}}])
    client = as_(wenzhou.officer(county))
    url = at(wenzhou, "own_entry", row.pk)
    refused = client.post(url, {"act": "recommend", "reason": "同意推荐的意见"})
    assert refused.status_code == 422
    assert "同意推荐的意见" in refused.content.decode()
    missing = client.post(
        url, {"act": "review", "finding-excellence_two_years": "met", "note-excellence_two_years": ""}
    )
    assert missing.status_code == 422
    assert (
        client.post(
            url, {"act": "review", "finding-excellence_two_years": "met", "note-excellence_two_years": "见证书"}
        ).status_code
        == 302
    )
    assert client.post(url, {"act": "consulted", "whom-0": "税务局", "outcome-0": "无异议"}).status_code == 302
    assert client.post(url, {"act": "recommend", "reason": "同意"}).status_code == 302
    assert wenzhou.fresh(row).status == "advanced"


@pytest.mark.requirement("wenzhou-13b")
def test_the_order_of_the_list_on_the_page(wenzhou: OfficeWorld) -> None:
    county = wenzhou.body("c-one", "county_office", territory=["330399"])
    stage = wenzhou.open("recommendation")
    rows = wenzhou.enter(stage, [{"org": {"region": "330399"}, "answers": CLEAN_FORM} for _ in range(2)])
    officer = wenzhou.officer(county)
    from applications.domain import recommending

    recommending.review_many(actor=officer, findings={row: {} for row in rows})
    recommending.consulted_many(actor=officer, stage_entries=rows, outcomes=CONSULTED)
    first, second = [recommending.recommend(actor=officer, stage_entry=row) for row in rows]
    places = {"body": county.pk, f"place-{first.pk}": "2", f"place-{second.pk}": "1"}
    assert as_(officer).post(at(wenzhou, "own_order", stage.pk), places).status_code == 302
    assert list(Recommendation.objects.order_by("order")) == [second, first]
    places["body"] = wenzhou.body("c-two", "county_office").pk
    assert as_(officer).post(at(wenzhou, "own_order", stage.pk), places).status_code == 404


@pytest.mark.requirement("tacheng-14a", "tacheng-14b")
def test_an_audit_through_its_page(tacheng: OfficeWorld) -> None:
    body = tacheng.body("r-one", "county_regulator", territory=["654298"])
    stage = tacheng.open("audit")
    (row,) = tacheng.enter(stage, [{"org": {"region": "654298"}, "answers": CLEAN_FORM}])
    officer = tacheng.officer(body)
    client, url = as_(officer), at(tacheng, "own_entry", row.pk)
    page = client.post(url, {"act": "pass", "opinion": "写了很久的意见"})
    assert page.status_code == 422
    assert "写了很久的意见" in page.content.decode()
    registers = {"check-abnormal_operation": "false", "check-serious_offender": "false", "check-form_true": "true"}
    assert client.post(url, {"act": "check", "evidence": "公示系统", **registers}).status_code == 302
    assert client.post(url, {"act": "consulted", "whom-0": "税务局", "outcome-0": "无异议"}).status_code == 302
    keys = (
        Assessment.objects.filter(stage_entry=row)
        .exclude(computed=True)
        .filter(postponed=False)
        .values_list("key", flat=True)
    )
    found = {f"finding-{key}": "met" for key in keys} | {f"note-{key}": "查阅原件" for key in keys}
    assert client.post(url, {"act": "find", **found}).status_code == 302
    assert client.post(url, {"act": "publish", "where": "县政府网站"}).status_code == 302
    assert client.post(url, {"act": "object", "text": "荣誉过期", "raised_by": "某人"}).status_code == 302
    review = PreliminaryReview.objects.get(pk=row.pk)
    objection = review.objections.get()
    settle = at(tacheng, "own_objection", objection.pk)
    assert client.post(settle, {"stands": "no", "finding": ""}).status_code == 422
    assert client.post(settle, {"stands": "no", "finding": "仍有效"}).status_code == 302
    assert client.get(url).status_code == 200
    assert client.post(url, {"act": "nonsense"}).status_code == 200
    assert client.post(url, {"act": "review"}).status_code == 404


@pytest.mark.requirement("tacheng-13")
def test_trade_secrets_are_masked_and_unmasking_is_recorded(tacheng: OfficeWorld) -> None:
    body = tacheng.body("r-one", "county_regulator", territory=["654298"])
    tacheng.body("d-one", "department")
    stage = tacheng.open("audit")
    (row,) = tacheng.enter(
        stage, [{"org": {"region": "654298"}, "answers": CLEAN_FORM | {"methods": SECRET, "main_business": "制造"}}]
    )
    Application.objects.filter(pk=row.entry_id).update(secrets=["methods"])
    client, url = as_(tacheng.officer(body)), at(tacheng, "own_entry", row.pk)
    page = client.get(url).content.decode()
    assert SECRET not in page
    assert "制造" in page
    assert not AuditEvent.objects.filter(act="secrets.unmasked").exists()
    assert SECRET in client.post(url, {"act": "unmask"}).content.decode()
    assert AuditEvent.objects.get(act="secrets.unmasked").actor_id == str(tacheng.officer(body).pk)


@pytest.mark.requirement("wenling-14")
def test_whose_task_needs_no_secrets_cannot_unmask(wenling: OfficeWorld) -> None:
    one = wenling.body("b-one", "town", territory=["331098"])
    stage = wenling.open("recommendation")
    (row,) = wenling.enter(stage, [{"org": {"region": "331098"}, "answers": CLEAN_FORM | {"methods": SECRET}}])
    Application.objects.filter(pk=row.entry_id).update(secrets=["methods"])
    page = as_(wenling.officer(one)).post(at(wenling, "own_entry", row.pk), {"act": "unmask"})
    assert SECRET not in page.content.decode()
    assert not AuditEvent.objects.filter(act="secrets.unmasked").exists()


@pytest.mark.requirement("wenling-15")
def test_the_desk_and_the_examination(wenling: OfficeWorld) -> None:
    stage = wenling.open("eligibility")
    row, other = wenling.enter(stage, count=2, answers=CLEAN_FORM, checks=CLEAN_CHECKS)
    client = as_(wenling.office)
    desk, examine_ = at(wenling, "eligibility", stage.pk), at(wenling, "examine", row.pk)
    for state in ("", "undecided", "failing", "ready", "decided"):
        assert client.get(desk, {"state": state, "q": "T0"}).status_code == 200
    page = client.get(examine_).content.decode()
    assert "有不良信用记录" in page, "the facts that were read stand behind “why”, in words"
    refused = client.post(
        examine_,
        {"act": "find", "finding-good_credit": "not_met", "note-good_credit": "", "evidence-good_credit": "某处"},
    )
    assert refused.status_code == 422
    assert "某处" in refused.content.decode()
    given = {"finding-good_credit": "not_met", "note-good_credit": "失信名单"}
    assert client.post(examine_, {"act": "find", **given}).status_code == 302
    assert wenling.state(row, "good_credit") == "not_met"
    assert client.post(examine_, {"act": "check", "check-credit_bad": "true", "evidence": ""}).status_code == 422
    assert (
        client.post(examine_, {"act": "check", "check-credit_bad": "true", "evidence": "信用中国"}).status_code == 302
    )
    many = {"point": "lawful", "finding": "met", "note": "", "evidence": ""}
    assert bulk(client, desk, "find", [row, other], **many).status_code == 422
    assert wenling.state(other, "lawful") != "met"
    assert bulk(client, desk, "find", [row, other], **many | {"note": "查阅原件"}).status_code == 302
    assert wenling.state(other, "lawful") == "met"
    assert client.post(at(wenling, "recompute", stage.pk)).status_code == 302
    supervisor = as_(wenling.person("sup", "supervisor"))
    assert supervisor.get(examine_).status_code == 200
    assert supervisor.post(examine_, {"act": "find", **given}).status_code == 404
    assert supervisor.post(at(wenling, "recompute", stage.pk)).status_code == 404
    assert as_(wenling.person("rev", "reviewer")).get(examine_).status_code == 404


def test_lists_cost_the_same_however_long(wenling: OfficeWorld) -> None:
    town = wenling.body("b-one", "town", territory=["331098"])
    stage = wenling.open("recommendation")
    wenling.enter(stage, [{"org": {"region": "331098"}}])
    own, overview = at(wenling, "own", stage.pk), at(wenling, "own_overview", stage.pk)
    officer, office = as_(wenling.officer(town)), as_(wenling.office)
    before = queries(officer, own), queries(office, overview)
    wenling.enter(stage, [{"org": {"region": "331098"}} for _ in range(29)])
    assert (queries(officer, own), queries(office, overview)) == before


def test_the_eligibility_desk_costs_the_same_however_long(yiwu: OfficeWorld) -> None:
    department = yiwu.body("d-one", "department")
    stage = yiwu.open("eligibility")
    yiwu.enter(stage, count=1, answers=CLEAN_FORM)
    consultation.ask(actor=yiwu.office, stage=stage, bodies=[department])
    office, officer = as_(yiwu.office), as_(yiwu.officer(department))
    pages = [
        (office, at(yiwu, "eligibility", stage.pk)),
        (office, at(yiwu, "consultation", stage.pk)),
        (officer, at(yiwu, "consultations")),
    ]
    before = [queries(*page) for page in pages]
    yiwu.enter(stage, count=29, answers=CLEAN_FORM)
    consultation.ask(actor=yiwu.office, stage=stage, bodies=[department])
    assert [queries(*page) for page in pages] == before


@pytest.mark.requirement("yiwu-5.1")
def test_asking_and_answering_on_the_pages(yiwu: OfficeWorld) -> None:
    one, two = yiwu.body("d-one", "department"), yiwu.body("d-two", "other")
    stage = yiwu.open("eligibility")
    rows = yiwu.enter(stage, count=3, answers=CLEAN_FORM)
    office = as_(yiwu.office)
    assert office.post(at(yiwu, "ask", stage.pk), {}).status_code == 422
    assert office.post(at(yiwu, "ask", stage.pk), {"bodies": [one.pk, two.pk]}).status_code == 302
    officer = as_(yiwu.officer(one))
    questions = list(ConsultationRequest.objects.filter(body=one).order_by("pk"))
    theirs = ConsultationRequest.objects.filter(body=two).order_by("pk")[0]
    assert officer.get(at(yiwu, "answer", theirs.pk)).status_code == 404
    answer = at(yiwu, "answer", questions[0].pk)
    assert officer.get(answer).status_code == 200
    page = officer.post(answer, {"answer": "disagree", "reason": "", "check-accident_grade": "major"})
    assert page.status_code == 422
    assert 'value="major" selected' in page.content.decode()
    assert (
        officer.post(answer, {"answer": "disagree", "reason": "事故", "check-accident_grade": "major"}).status_code
        == 302
    )
    assert officer.get(answer).status_code == 200
    assert bulk(officer, at(yiwu, "consultations"), "no_record", questions[1:]).status_code == 302
    assert not ConsultationRequest.objects.filter(body=one, answer="").exists()
    assert officer.get(at(yiwu, "consultations"), {"state": "answered"}).status_code == 200
    aside = at(yiwu, "set_aside", questions[0].pk)
    assert officer.get(aside).status_code == 404
    assert office.post(aside, {"reason": ""}).status_code == 422
    assert office.post(aside, {"reason": "已整改"}).status_code == 302
    assert office.get(at(yiwu, "consultation", stage.pk)).status_code == 200
    assert office.post(at(yiwu, "lapse", stage.pk)).status_code == 302
    assert rows


@pytest.mark.requirement("yiwu-4.2")
def test_those_with_priority_are_marked_and_stand_first_in_the_list(yiwu: OfficeWorld) -> None:
    yiwu.body("d-one", "department")
    stage = yiwu.open("eligibility")
    plain, first = yiwu.enter(stage, [{"answers": CLEAN_FORM}, {"answers": CLEAN_FORM, "flags": ["first_recommended"]}])
    assert [proposal.stage_entry for proposal in acceptance.proposals(stage)] == [first, plain]
    listing = as_(yiwu.office).get(at(yiwu, "eligibility", stage.pk)).content.decode()
    assert listing.count("品字标”品牌企业（优先推荐）") == 1


def test_assigning_on_the_page(wenling: OfficeWorld) -> None:
    town = wenling.body("b-one", "town", territory=["331098"])
    stage = wenling.open("recommendation")
    (row,) = wenling.enter(stage, [{"org": {"region": "110101"}}])
    office, url = as_(wenling.office), at(wenling, "assign", row.pk)
    assert url in office.get(at(wenling, "own_overview", stage.pk)).content.decode()
    assert office.post(url, {"body": town.pk, "reason": ""}).status_code == 422
    assert office.post(url, {"body": town.pk, "reason": "经营地在本镇"}).status_code == 302
    assert Charge.objects.get(stage_entry=row).body == town
    assert as_(wenling.officer(town)).get(url).status_code == 404
    assert office.post(at(wenling, "own_newcomers", stage.pk)).status_code == 302


@pytest.mark.requirement("wenling-15")
def test_recused_staff_find_nothing(wenling: OfficeWorld) -> None:
    from rounds import engine

    stage = wenling.open("eligibility")
    row, other = wenling.enter(stage, count=2, answers=CLEAN_FORM, checks=CLEAN_CHECKS)
    engine.recuse(actor=wenling.office, entry=wenling.fresh(row).entry, user=wenling.office, reason="亲属")
    client = as_(wenling.office)
    listing = client.get(at(wenling, "eligibility", stage.pk)).content.decode()
    assert row.entry.organisation.name not in listing
    assert other.entry.organisation.name in listing
    assert client.get(at(wenling, "examine", row.pk)).status_code == 404
    with refused("not_yours_to_do", article="15"):
        eligibility.find(actor=wenling.office, stage_entry=row, findings={})


def test_another_jurisdictions_entries_are_404(wenling: OfficeWorld) -> None:
    stage = wenling.open("eligibility")
    (row,) = wenling.enter(stage, answers=CLEAN_FORM)
    other = office_world.load("yiwu-2020").jurisdiction
    with scope(jurisdiction=other):
        from jurisdictions import roles

        guest = User.objects.create_user("guest@yiwu.invalid", name="guest")
        roles.begin(actor=office_world.boss(), user=guest, role="office", jurisdiction=other)
    client = as_(guest)
    for code in (other.code, wenling.jurisdiction.code):
        assert client.get(reverse("applications:examine", args=[code, row.pk])).status_code == 404
        assert client.get(reverse("applications:eligibility", args=[code, stage.pk])).status_code == 404


def test_examining_helper_is_what_the_page_does(tacheng: OfficeWorld) -> None:
    """The helper of the audit tests leaves an entry that may be published."""
    body = tacheng.body("r-one", "county_regulator", territory=["654298"])
    stage = tacheng.open("audit")
    (row,) = tacheng.enter(stage, [{"org": {"region": "654298"}, "answers": CLEAN_FORM}])
    examine(row, tacheng.officer(body))
    auditing.publish_many(actor=tacheng.officer(body), stage_entries=[row], where="网站")
    assert StageEntry.objects.get(pk=row.pk).status == "pending"
