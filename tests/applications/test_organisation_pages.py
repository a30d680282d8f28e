"""Registering organisations and saying who acts for them, by page and by domain."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounts import domain
from accounts.models import Organisation, OrganisationMember, User
from accounts.rules import acts_for, files_for, owns, reads_for
from audit.models import AuditEvent
from core.refusals import Refused
from tests.applications.ground import person, uscc
from tests.applications.test_pages import browser
from tests.refusing import refused


@pytest.fixture
def owner(db: None) -> User:
    return person("founder")


def register(actor: User, number: int = 1, **more: Any) -> Organisation:
    return domain.register_organisation(
        **{"actor": actor, "name": f"示例单位{number}", "kind": "enterprise", "code": uscc(number), **more}
    )


def test_who_registers_owns_and_may_file(owner: User) -> None:
    organisation = register(owner)
    assert all(rule(owner, organisation) for rule in (owns, acts_for, files_for, reads_for))
    assert AuditEvent.objects.filter(act="organisation.registered").count() == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"code": ""}, "code_missing"),
        ({"code": "91330000000000000I"}, "code_wrong"),
        ({"code": uscc(1)[:-1] + ("0" if uscc(1)[-1] != "0" else "1")}, "code_wrong"),
        ({"name": " "}, "name_missing"),
        ({"region": "33A"}, "region_wrong"),
        ({"legal_status": "branch"}, "parent_missing"),
    ],
)
def test_wrong_particulars_are_refused(owner: User, more: dict[str, Any], code: str) -> None:
    with refused(code) as caught:
        register(owner, **more)
    assert str(caught.value)
    assert not Organisation.objects.exists() and not OrganisationMember.objects.exists()


def test_a_code_is_registered_once_however_it_is_written(owner: User) -> None:
    register(owner)
    spaced = " ".join(uscc(1).lower())
    with refused("code_known"):
        register(person("second"), code=spaced)


def test_a_branch_stands_under_a_legal_person(owner: User) -> None:
    head_office = register(owner)
    branch = register(owner, 2, legal_status="branch", code="", parent=head_office)
    assert branch.code is None and branch.parent == head_office
    with refused("parent_has_parent"):
        register(owner, 3, legal_status="internal_body", code="", parent=branch)
    with refused("parent_not_allowed"):
        register(owner, 4, parent=head_office)


def test_roles_give_and_take_permissions(owner: User) -> None:
    organisation, colleague = register(owner), person("colleague")
    domain.join(actor=owner, organisation=organisation, user=colleague, role="editor", may_file=True)
    colleague = User.objects.get(pk=colleague.pk)
    assert (
        acts_for(colleague, organisation) and files_for(colleague, organisation) and not owns(colleague, organisation)
    )
    domain.join(actor=owner, organisation=organisation, user=colleague, role="reader", may_file=True)
    colleague = User.objects.get(pk=colleague.pk)
    assert (
        reads_for(colleague, organisation)
        and not acts_for(colleague, organisation)
        and not files_for(colleague, organisation)
    )
    domain.leave(actor=colleague, membership=OrganisationMember.objects.get(user=colleague))
    assert not reads_for(User.objects.get(pk=colleague.pk), organisation)


def test_an_organisation_keeps_an_owner(owner: User) -> None:
    organisation = register(owner)
    with refused("last_owner"):
        domain.leave(actor=owner, membership=OrganisationMember.objects.get())
    with refused("last_owner"):
        domain.join(actor=owner, organisation=organisation, user=owner, role="reader")
    with refused("not_the_owner"):
        domain.join(actor=person("stranger"), organisation=organisation, user=owner)


def test_the_profile_is_the_owners_to_change(owner: User) -> None:
    organisation = register(owner)
    assert domain.update_profile(actor=owner, organisation=organisation, industry="C", employees=30).employees == 30
    with refused("not_the_owner"):
        domain.update_profile(actor=person("stranger"), organisation=organisation, industry="A")
    with pytest.raises(TypeError):
        domain.update_profile(actor=owner, organisation=organisation, code="x")
    assert AuditEvent.objects.get(act="organisation.changed").facts["fields"] == ["employees", "industry"]


def test_pages(owner: User) -> None:
    client = browser(owner)
    assert client.get(reverse("applications:organisations")).status_code == 200
    assert client.get(reverse("applications:register_organisation")).status_code == 200
    form = {
        "name": "示例九有限公司", "code": uscc(9), "kind": "enterprise", "legal_status": "legal_person", "industry": "C", "activities": ["production"],
        "region": "990101", "operating": "on", "founded_on": "2010-05-01",
    }  # fmt: skip
    shown = client.post(reverse("applications:register_organisation"), {**form, "code": "123"})
    assert shown.status_code == 200 and "示例九有限公司" in shown.content.decode()
    assert client.post(reverse("applications:register_organisation"), form).status_code == 302
    organisation = Organisation.objects.get()
    page = reverse("applications:organisation", kwargs={"pk": organisation.pk})
    assert client.get(page).status_code == 200
    assert client.post(page, {**form, "name": "示例九改名有限公司"}).status_code == 302
    organisation.refresh_from_db()
    assert (organisation.name, organisation.code, organisation.activities) == (
        "示例九改名有限公司",
        uscc(9),
        ["production"],
    )
    colleague = person("colleague")
    add = reverse("applications:add_person", kwargs={"pk": organisation.pk})
    client.post(add, {"email": "nobody@nowhere.invalid", "role": "editor"})
    client.post(add, {"email": colleague.email.upper(), "role": "editor", "may_file": "on"})
    member = OrganisationMember.objects.get(user=colleague)
    assert member.may_file and browser(colleague).get(page).status_code == 200
    assert browser(colleague).post(page, form).status_code == 403
    assert browser(person("stranger")).get(page).status_code == 404
    leave = reverse("applications:remove_person", kwargs={"pk": organisation.pk, "member": member.pk})
    assert browser(colleague).post(leave).status_code == 302
    assert not OrganisationMember.objects.filter(user=colleague).exists()


def test_a_failure_leaves_no_organisation_behind(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(domain.log, "record", lambda *a, **k: (_ for _ in ()).throw(Refused("name_missing")))
    with refused("name_missing"):
        register(owner)
    assert not Organisation.objects.exists()
