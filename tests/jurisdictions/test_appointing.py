"""Roles for people known and unknown: invited, refused without a trace, ended by night."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from accounts import invitations
from accounts.models import User
from accounts.tasks import invitation_url, send_invitation
from audit.models import AuditEvent
from core import clock
from jurisdictions import roles
from jurisdictions.domain import people
from tests.jurisdictions.administration import Place, acts, make_place
from tests.jurisdictions.people import make_body, make_superuser, make_user, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


def test_somebody_new_is_invited_and_chooses_a_password(
    place: Place, client, django_capture_on_commit_callbacks
) -> None:
    head, here = place.people["office_head"], place.jurisdiction
    with django_capture_on_commit_callbacks() as callbacks:
        held = people.appoint(actor=head, jurisdiction=here, email=" New@Example.org ", name="新人", role="reviewer")
    assert len(callbacks) == 1
    person = held.user
    assert (person.email, person.has_usable_password()) == ("new@example.org", False)
    event = AuditEvent.objects.get(act="person.invited")
    assert event.facts == {} and event.personal_commitment
    assert send_invitation(person.pk)
    letter = mail.outbox[0]
    assert letter.to == ["new@example.org"]
    page = client.get(invitation_url(person), follow=True)
    assert page.status_code == 200
    secret = "a-Rather-long-1"
    client.post(page.request["PATH_INFO"], {"password1": secret, "password2": secret})
    person.refresh_from_db()
    assert person.check_password(secret)
    assert not send_invitation(person.pk)
    with refused("invitation_not_needed"):
        people.remind(actor=head, membership=held)
    signed_in = client.post("/accounts/login/", {"login": person.email, "password": secret})
    assert signed_in.status_code == 302
    assert "confirm" not in signed_in["Location"]


def test_somebody_known_gets_a_role_without_a_letter(place: Place, django_capture_on_commit_callbacks) -> None:
    person = place.people["stranger"]
    with django_capture_on_commit_callbacks() as callbacks:
        held = people.appoint(
            actor=place.people["office"], jurisdiction=place.jurisdiction, email=person.email.upper(), role="committee"
        )
    assert held.user == person
    assert callbacks == []


@pytest.mark.parametrize(
    ("actor", "given", "code"),
    [
        ("office", {"role": "office"}, "role_not_yours_to_give"),
        ("supervisor", {"role": "reviewer"}, "role_not_yours_to_give"),
        ("other_office", {"role": "reviewer"}, "role_not_yours_to_give"),
        ("office_head", {"role": "supervisor"}, "role_not_yours_to_give"),
        ("office_head", {"name": ""}, "person_not_known"),
        ("office_head", {"email": "nobody"}, "email_wrong"),
        ("office_head", {"role": "department"}, "role_needs_body"),
        ("office_head", {"until": dt.date(2020, 1, 1)}, "role_ends_before_it_begins"),
    ],
)
def test_a_refused_appointment_leaves_no_account_behind(place: Place, actor: str, given: dict, code: str) -> None:
    before = (User.objects.count(), AuditEvent.objects.count())
    with refused(code):
        people.appoint(
            **(
                {
                    "actor": place.people[actor],
                    "jurisdiction": place.jurisdiction,
                    "email": "n@example.org",
                    "name": "新",
                    "role": "reviewer",
                }
                | given
            )
        )
    assert (User.objects.count(), AuditEvent.objects.count()) == before


def test_excluded_duties_are_refused_for_the_invited_too(place: Place) -> None:
    with refused("role_excluded"):
        people.appoint(
            actor=place.people["office_head"],
            jurisdiction=place.jurisdiction,
            email=place.people["supervisor"].email,
            role="reviewer",
        )


def test_invented_people_get_no_letters() -> None:
    user = User.objects.create_user("role@place.demo.invalid", name="示例")
    assert not send_invitation(user.pk)
    assert not send_invitation(0)
    assert mail.outbox == []


def test_a_broker_that_is_away_costs_the_letter_not_the_appointment(
    place: Place, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    def away(*_args: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(send_invitation, "delay", away)
    with django_capture_on_commit_callbacks(execute=True):
        held = people.appoint(
            actor=place.people["office_head"],
            jurisdiction=place.jurisdiction,
            email="n@example.org",
            name="新",
            role="teller",
        )
    assert held.pk
    people.remind(actor=place.people["office_head"], membership=held)
    assert "person.reminded" in acts(place)


def test_an_address_is_invited_once() -> None:
    invitations.invite(actor=make_superuser(), email="a@example.org", name="甲")
    with refused("email_known"):
        invitations.invite(actor=make_superuser(), email="A@Example.org", name="甲")


def test_roles_that_ran_out_are_taken_away_by_night(place: Place) -> None:
    from config.celery import schedules
    from jurisdictions.tasks import expire_roles

    assert expire_roles.name in {row["task"] for row in schedules().values()}
    day = clock.today()
    held = roles.begin(
        actor=make_superuser(),
        user=make_user(),
        role="committee",
        jurisdiction=place.jurisdiction,
        until=day + dt.timedelta(1),
    )
    assert held.user.has_perm("jurisdictions.act_as_committee", place.jurisdiction)
    assert roles.expire(day + dt.timedelta(1)) == 1
    assert not User.objects.get(pk=held.user_id).has_perm("jurisdictions.act_as_committee", place.jurisdiction)


def test_the_form_knows_what_may_be_given(place: Place) -> None:
    here = place.jurisdiction
    assert people.may_give(place.people["supervisor"], here) == frozenset()
    assert "office" not in people.may_give(place.people["office"], here)
    assert "office" in people.may_give(place.people["office_head"], here)
    assert "operator" not in people.may_give(place.people["operator"], here)
    assert "operator" in people.may_give(make_superuser(), here)
    assert make_body(here).active
