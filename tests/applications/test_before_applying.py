"""Before there is an application: can we apply, answers of earlier years, and how people come to act for an organisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from accounts import domain, joining, places
from accounts.models import Organisation, OrganisationMember, User
from accounts.tasks import send_request
from applications.domain import answering, bringing, outlook
from applications.domain.chances import Inquiry
from applications.models import Application
from core import clock
from rounds.models import Round
from tests.applications.ground import Ground, lay, person, policy, text, uscc
from tests.applications.test_pages import browser
from tests.refusing import refused

FIELDS = [
    {"key": "practised", "label": text("Practised"), "type": "yes_no", "required": False},
    {"key": "since", "label": text("Since"), "type": "date", "required": False, "shown_when": "form.practised"},
    {"key": "land", "label": text("Land"), "type": "choice", "required": False,
     "choices": [{"key": "a", "label": text("A")}, {"key": "c", "label": text("C")}]},
    {"key": "story", "label": text("Story"), "type": "long_text", "required": False},
    {"key": "figures", "label": text("Figures"), "type": "indicators", "required": False, "years": 3,
     "indicators": [{"key": "sales", "label": text("Sales")}]},
    {"key": "honest", "label": text("Honest"), "type": "declaration", "must_accept": True},
]  # fmt: skip
CONDITIONS = [
    {"key": "here", "article": "21", "text": text("In the territory"), "mend": text("Move"), "require": "org.in_territory"},
    {"key": "years", "article": "22", "text": text("Three years"), "mend": text("Wait three years"),
     "require": "form.practised && full_years(form.since, round.closes_on) >= 3"},
    {"key": "land", "article": "23", "text": text("Land A"), "mend": text("Improve"), "when": "org.industry == 'C'", "require": "form.land == 'a'"},
    {"key": "clean", "article": "24", "text": text("No record"), "mend": text("Repair"), "require": "check.bad == false"},
    {"key": "good", "article": "25", "text": text("Good work"), "mend": text("Show it"), "judged_by": "reviewers"},
]  # fmt: skip
CHECKS = [{"key": "bad", "article": "24", "label": text("Bad record"), "answered_by": "office", "good": "false"}]
FORM = {
    "key": "form", "title": text("Form"), "article": "5", "prizes": ["quality"],
    "sections": [{"key": "main", "title": text("Main"), "fields": FIELDS}],
}  # fmt: skip


@pytest.fixture
def ground(db: None) -> Iterator[Ground]:
    found = lay(policy(forms=[FORM], conditions=CONDITIONS, checks=CHECKS))
    with scope(jurisdiction=found.jurisdiction):
        yield found


def verdicts(inquiry: Inquiry) -> dict[str, str]:
    return {one.key: one.verdict for one in inquiry.chances()[0].standings}


def asked(inquiry: Inquiry) -> list[str]:
    return [path for path, _question in inquiry.questions()]


def test_only_what_decides_is_asked_and_answers_bring_up_the_rest(ground: Ground) -> None:
    inquiry = Inquiry(ground.round, ground.organisation)
    assert asked(inquiry) == ["form.practised", "form.land", "check.bad"], "the profile says the rest"
    assert verdicts(inquiry) == {
        "years": "unknown",
        "land": "unknown",
        "here": "holds",
        "clean": "verified",
        "good": "judged",
    }
    inquiry = Inquiry(ground.round, ground.organisation, {"form.practised": True, "form.land": "c", "check.bad": True})
    assert "form.since" in asked(inquiry)
    found = inquiry.chances()[0]
    assert found.verdict == "closed" and {one.key for one in found.failing} == {"land", "clean"}
    assert next(one for one in found.failing if one.key == "land").mend == "Improve"
    good = {"form.practised": True, "form.since": "2019-01-01", "form.land": "a", "check.bad": False}
    assert Inquiry(ground.round, ground.organisation, good).chances()[0].verdict == "open"
    ground.organisation.industry = "A"
    assert "form.land" not in asked(Inquiry(ground.round, ground.organisation)), "not asked of another trade"


def test_somebody_without_an_organisation_is_asked_for_its_profile(ground: Ground) -> None:
    inquiry = Inquiry(ground.round)
    assert {"org.kind", "org.legal_status", "org.in_territory", "org.industry"} <= set(asked(inquiry))
    assert inquiry.chances()[0].verdict == "unknown" and not inquiry.chances()[0].refusals
    school = Inquiry(ground.round, None, {"org.kind": "school", "org.legal_status": "legal_person"})
    assert school.chances()[0].refusals[0].code == "kind_not_admitted"


def test_the_answer_agrees_with_the_application_that_is_started_from_it(ground: Ground) -> None:
    """On pages: asked, answered, carried over; the same conditions with the same verdicts beside the draft."""
    client, here = browser(ground.owner), reverse("applications:can_we_apply", args=[ground.jurisdiction.code])
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(here).status_code == 200
    assert len(queries) < 40
    given = {"round": ground.round.pk, "organisation": ground.organisation.pk,
             "f-form-practised": "true", "f-form-land": "c", "f-check-bad": "false"}  # fmt: skip
    html = client.post(here, given, follow=True).content.decode()
    assert "Improve" in html and 'name="f-form-since"' in html and "Wait three years" not in html
    wrong = client.post(here, given | {"f-form-since": "last spring"}, follow=True).content.decode()
    assert 'value="last spring"' in wrong and "f-form-since-error" in wrong
    client.post(here, given | {"f-form-since": "2019年3月1日"})
    start = reverse("applications:start", args=[ground.jurisdiction.code])
    client.post(
        start, {"round": ground.round.pk, "organisation": ground.organisation.pk, "prize": "quality", "carry": "1"}
    )
    application = Application.objects.get()
    assert application.answers == {"practised": True, "land": "c", "since": "2019-03-01"}
    review = client.get(
        reverse("applications:review", args=[ground.jurisdiction.code, application.pk])
    ).content.decode()
    assert "Improve" in review and "Bad record" in review
    assert Client().get(here).status_code == 200, "before any account"


def test_a_preview_says_that_it_is_one(ground: Ground) -> None:
    application = ground.start()
    address = reverse("applications:preview", args=[ground.jurisdiction.code, application.pk])
    answer = browser(ground.owner).get(address)
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert browser(ground.stranger).get(address).status_code == 404
    assert not Application.objects.get().is_filed


def earlier(ground: Ground, years: int) -> Application:
    """An application of the same organisation in a round some years ago, with something written."""
    past: Any = Round.objects.get(pk=ground.round.pk)
    past.pk, past.year = None, ground.round.year - years
    past.status = Round.Status.DRAFT
    past.save()
    from rounds.models import Entry

    entry = Entry.objects.create(round=past, organisation=ground.organisation, prize="quality")
    answers = {
        "story": "as it was",
        "land": "a",
        "honest": True,
        "figures": {"sales": {"y1": "30", "y2": "20", "y3": "10"}},
    }
    return Application.objects.create(entry=entry, answers=answers, answers_version=1, secrets=["story"])


def test_earlier_answers_are_chosen_seen_and_brought_over(ground: Ground) -> None:
    application, client = ground.start(), browser(ground.owner)
    answering.save_answers(actor=ground.owner, application=application, answers={"land": "c"}, version=0)
    source = earlier(ground, 1)
    application = Application.objects.get(pk=application.pk)
    offered = {one.field.key: one.value for part in bringing.offers(application, source) for one in part.offers}
    assert offered == {"story": "as it was", "land": "a", "figures": {"sales": {"y2": "30", "y3": "20"}}}, "a year on"
    here = reverse("applications:earlier", args=[ground.jurisdiction.code, application.pk])
    html = client.get(here).content.decode()
    assert "as it was" in html and 'value="story" checked' in html and 'value="land" checked' not in html
    assert not Application.objects.get(pk=application.pk).answers.get("story"), "nothing is written before it is chosen"
    client.post(
        here, {"source": source.pk, "version": application.answers_version, "key": ["story", "figures", "honest"]}
    )
    now = Application.objects.get(pk=application.pk)
    assert now.answers == {"land": "c", "story": "as it was", "figures": {"sales": {"y2": "30", "y3": "20"}}}
    assert now.secrets == ["story"], "a trade secret stays one"
    with refused("earlier_not_yours"):
        bringing.bring(actor=ground.stranger, application=now, source=source, keys=["land"], version=9)
    assert browser(ground.stranger).get(here).status_code == 404
    assert client.get(here, {"source": 10**9}).status_code == 404


def test_people_come_in_by_invitation_or_by_asking(ground: Ground, django_capture_on_commit_callbacks: Any) -> None:
    owner = ground.owner
    firm = domain.register_organisation(actor=owner, name="示例乙有限公司", kind="enterprise", code=uscc(77))
    page = reverse("applications:add_person", args=[firm.pk])
    nameless = browser(owner).post(page, {"email": "new@firm.invalid", "role": "editor"})
    assert nameless.status_code == 200 and 'value="new@firm.invalid"' in nameless.content.decode(), (
        "nothing typed is lost"
    )
    browser(owner).post(page, {"email": "New@firm.invalid", "name": "新同事", "role": "reader", "may_file": "on"})
    member = OrganisationMember.objects.get(organisation=firm, user__email="new@firm.invalid")
    assert not member.user.has_usable_password() and member.role == "reader"
    with refused("code_known"):
        domain.register_organisation(actor=person("late"), name="x", kind="enterprise", code=uscc(77))
    late = User.objects.create(email="late@firm.example", name="后来者", password="!")
    form = {
        "name": "示例乙有限公司",
        "code": uscc(77),
        "kind": "enterprise",
        "legal_status": "legal_person",
        "operating": "on",
    }
    again = browser(late).post(reverse("applications:register_organisation"), form).content.decode()
    assert reverse("applications:ask_to_join") in again and "示例乙有限公司" in again
    with django_capture_on_commit_callbacks():
        browser(late).post(reverse("applications:ask_to_join"), {"code": uscc(77)})
    with refused("owners_asked_already"):
        joining.ask(actor=late, code=uscc(77))
    with refused("member_already"):
        joining.ask(actor=owner, code=uscc(77))
    with refused("code_unknown"):
        joining.ask(actor=late, code=uscc(78))
    User.objects.filter(pk=owner.pk).update(email="owner@firm.example")
    mail.outbox.clear()
    assert send_request(firm.pk, late.pk) == 1 and "后来者" in mail.outbox[0].body


@pytest.mark.parametrize("name", ["founded_on", "operating_since"])
def test_no_day_of_the_profile_lies_ahead(ground: Ground, name: str) -> None:
    with refused("day_ahead"):
        domain.update_profile(
            actor=ground.owner, organisation=ground.organisation, **{name: clock.today() + dt.timedelta(days=2)}
        )


def test_places_are_read_down_to_the_township(ground: Ground) -> None:
    client, page = browser(ground.owner), reverse("applications:organisation", args=[ground.organisation.pk])
    form = {"name": ground.organisation.name, "kind": "enterprise", "legal_status": "legal_person", "operating": "on"}
    client.post(
        page, form | {"region": "１１０１０１００１０００", "founded_on": "2010年5月1日", "employees": "1,200 人"}
    )
    now = Organisation.objects.get(pk=ground.organisation.pk)
    assert (now.region, now.founded_on, now.employees) == ("110101001", dt.date(2010, 5, 1), 1200)
    assert "东城区" in client.get(page).content.decode() and places.name_of("990101") == ""
    shown = client.post(page, form | {"region": "1101"}).content.decode()
    assert 'value="1101"' in shown and "id_region-error" in shown


def test_conditions_in_words_name_no_key(ground: Ground) -> None:
    """Every fact of every condition has a label, in both languages."""
    from applications.domain.checklist import Survey, advice

    rows = Application.objects.select_related("entry__round__jurisdiction", "entry__organisation")
    found = advice(Survey(rows.get(pk=ground.start().pk)))
    labels = [label for one in found for label, _value in one.facts]
    assert labels and not [label for label in labels if "." in label and label == label.lower()]
    assert outlook.ORDER.index(found[0].verdict) <= outlook.ORDER.index(found[-1].verdict)
