"""People on the operator's pages: invited, closed, made operators; nothing else is written there, nothing is deleted."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import standing
from accounts.models import Organisation, OrganisationMember, OrganisationUserObjectPermission, User
from audit.models import AuditEvent
from tests.refusing import refused

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def person(name: str, **extra: Any) -> User:
    return User.objects.create_user(f"{name}@example.org", name=name, **extra)


@pytest.fixture
def staff() -> User:
    return person("staff", is_staff=True)


@pytest.fixture
def superuser() -> User:
    return person("super", is_staff=True, is_superuser=True)


def enter(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def change(user: User) -> str:
    return reverse("admin:accounts_user_change", args=[user.pk])


def test_an_operator_closes_and_reopens_an_account(staff: User) -> None:
    somebody = person("somebody")
    assert enter(staff).post(change(somebody), {}).status_code == 302
    assert not User.objects.get(pk=somebody.pk).is_active
    enter(staff).post(change(somebody), {"is_active": "on"})
    somebody.refresh_from_db()
    assert somebody.is_active
    assert [e.facts["is"]["is_active"] for e in AuditEvent.objects.filter(act="person.standing").order_by("id")] == [
        False,
        True,
    ]


def test_a_closed_account_is_out_at_once(staff: User) -> None:
    somebody = person("somebody")
    client = enter(somebody)
    assert client.get(reverse("notifications:inbox")).status_code == 200
    standing.change(actor=staff, user=somebody, is_active=False, is_staff=False)
    assert client.get(reverse("notifications:inbox")).status_code == 302


def test_only_a_superuser_makes_operators(staff: User, superuser: User) -> None:
    somebody = person("somebody")
    enter(staff).post(change(somebody), {"is_active": "on", "is_staff": "on", "is_superuser": "on"})
    somebody.refresh_from_db()
    assert not somebody.is_staff
    with refused("operator_account"):
        standing.change(actor=staff, user=somebody, is_active=True, is_staff=True)
    enter(superuser).post(change(somebody), {"is_active": "on", "is_staff": "on", "is_superuser": "on"})
    somebody.refresh_from_db()
    assert (somebody.is_staff, somebody.is_superuser) == (True, False)


def test_nobody_changes_the_own_standing_nor_an_operator_another(staff: User, superuser: User) -> None:
    other = person("other", is_staff=True)
    for actor, user, code in (
        (staff, staff, "not_own_account"),
        (superuser, superuser, "not_own_account"),
        (staff, other, "operator_account"),
        (staff, superuser, "operator_account"),
        (person("nobody"), other, "not_yours_to_do"),
    ):
        with refused(code):
            standing.change(actor=actor, user=user, is_active=False, is_staff=user.is_staff)
    assert enter(staff).post(change(other), {}).status_code == 403
    assert not AuditEvent.objects.filter(act="person.standing").exists()


def test_an_operator_invites(staff: User, django_capture_on_commit_callbacks) -> None:
    url = reverse("admin:accounts_user_add")
    assert enter(staff).get(url).status_code == 200
    with django_capture_on_commit_callbacks() as callbacks:
        assert enter(staff).post(url, {"email": "New@Example.org", "name": "新人", "phone": ""}).status_code == 302
    assert len(callbacks) == 1
    user = User.objects.get(email="new@example.org")
    assert not user.has_usable_password()
    again = enter(staff).post(url, {"email": "NEW@example.org", "name": "新人", "phone": ""})
    assert again.status_code == 200
    assert again.context["adminform"].form.errors["email"]


def test_the_page_of_a_person_shows_the_log_and_is_never_deleted(staff: User) -> None:
    somebody = person("somebody")
    standing.change(actor=staff, user=somebody, is_active=False, is_staff=False)
    assert "person.standing" in enter(staff).get(change(somebody)).content.decode()
    assert (
        enter(staff).post(reverse("admin:accounts_user_delete", args=[somebody.pk]), {"post": "yes"}).status_code == 403
    )


def test_an_organisation_is_read_with_its_versions_members_and_permissions(staff: User) -> None:
    somebody = person("somebody")
    organisation = Organisation.objects.create(name="甲公司", kind="enterprise")
    organisation.name = "乙公司"
    organisation.save()
    OrganisationMember.objects.create(organisation=organisation, user=somebody, role="owner")
    OrganisationUserObjectPermission.objects.assign_perm("act_for", somebody, organisation)
    client = enter(staff)
    page = client.get(reverse("admin:accounts_organisation_change", args=[organisation.pk])).content.decode()
    assert "act_for" in page and somebody.name in page
    assert (
        "甲公司" in client.get(reverse("admin:accounts_organisation_history", args=[organisation.pk])).content.decode()
    )
    version = organisation.history.earliest()
    old = reverse("admin:accounts_organisation_simple_history", args=[organisation.pk, version.history_id])
    assert "甲公司" in client.get(old).content.decode()
    assert client.post(old, {"name": "丙公司"}).status_code == 403
    client.post(reverse("admin:accounts_organisation_change", args=[organisation.pk]), {"name": "丙公司"})
    organisation.refresh_from_db()
    assert organisation.name == "乙公司"
