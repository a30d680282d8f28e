"""The pool on the operator's pages: brought in with a dry run, wholly or not at all; taken along as it can come back."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from accounts.models import User
from audit.models import AuditEvent
from jurisdictions import roles
from reviews.models import Qualification, Reviewer
from tests import worlds

HEAD = "地区,电子邮箱,工作单位,专业领域,资格,有效期自\n"


def upload(client: Client, text: str) -> str:
    file = SimpleUploadedFile("名单.csv", text.encode("gb18030"))
    data: dict[str, Any] = {"import_file": file, "format": "0", "resource": "0"}
    response = client.post(reverse("admin:reviews_reviewer_import"), data)
    assert response.status_code == 200
    return response.content.decode()


def confirm(client: Client, page: str) -> None:
    names = "import_file_name|original_file_name|format|resource"
    fields = dict(re.findall(rf'<input type="hidden" name="({names})" value="([^"]*)"', page))
    response = client.post(reverse("admin:reviews_reviewer_process_import"), {"resource": "0", **fields})
    assert response.status_code == 302


@pytest.mark.django_db
def test_an_operator_brings_a_pool_in_and_takes_it_along() -> None:
    document = worlds.load("wenzhou-2020")
    here, kind = document.jurisdiction, next(iter(document.policy.qualifications))
    root = User.objects.create_superuser("root-o@example.org", name="Root")
    operator = User.objects.create_user("operator-o@example.org", name="Operator", is_staff=True)
    experts = [User.objects.create_user(f"expert-o{n}@example.org", name=f"Expert {n}") for n in range(2)]
    with scope(jurisdiction=here):
        roles.begin(actor=root, user=operator, role="operator", jurisdiction=here)
    client = Client()
    client.force_login(operator, backend="allauth.account.auth_backends.AuthenticationBackend")
    lines = [
        f"{here.code},{one.email.upper()},示例大学,水泵，阀门,{kind},2024/1/1\n".replace("，", "、") for one in experts
    ]
    wrong = upload(
        client, HEAD + lines[0] + f"{here.code},nobody@example.org,,,,\n" + f"nowhere,{experts[1].email},,,,\n"
    )
    assert "import_file_name" not in wrong and "nobody@example.org" in wrong and "nowhere" in wrong
    page = upload(client, HEAD + "".join(lines))
    with scope(jurisdiction=here):
        assert not Reviewer.objects.exists(), "the dry run writes nothing"
        confirm(client, page)
        assert Reviewer.objects.get(user=experts[0]).fields == ["水泵", "阀门"]
        assert Qualification.objects.count() == 2
        Reviewer.objects.filter(user=experts[1]).update(employer="=1+1")
    assert AuditEvent.objects.filter(act="reviewer.appointed", actor_id=str(operator.pk)).count() == 2
    taken = client.post(reverse("admin:reviews_reviewer_export"), {"format": "0", "resource": "0"})
    text = (b"".join(taken) if taken.streaming else taken.content).decode("utf-8-sig")
    rows = {row["email"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows[experts[0].email]["kind"] == kind and rows[experts[1].email]["employer"] == "'=1+1"
    events = AuditEvent.objects.count()
    confirm(client, upload(client, text))
    assert AuditEvent.objects.count() == events, "what went out comes back in and changes nothing"
    long = HEAD + "".join(f"{here.code},x{n}@example.org,,,,\n" for n in range(501))
    assert "500" in upload(client, long)
    with scope(jurisdiction=here):
        pk = Reviewer.objects.first().pk
    for name, expected in (("change", 200), ("history", 200), ("delete", 403)):
        assert client.get(reverse(f"admin:reviews_reviewer_{name}", args=[pk])).status_code == expected
    assert kind in client.get(reverse("admin:reviews_reviewer_change", args=[pk])).content.decode()
