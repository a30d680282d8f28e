"""Whatever is typed into the forms that everybody meets first: no error page, and it stands in the form again or is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.models import Organisation, User
from applications.models import Application
from core.typed import tidy
from tests.applications.ground import Ground, lay

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HARD = (
    "长" * 200, "🏆👩\u200d🔬" * 20, "\u202bشركة الجودة\u202c", "甲\0乙", "9" * 400, "1e999", "甲\t乙\r\n丙\t丁", "'\"><script>", "{{ 7*7 }}%s", "\ufffe\x07",
)  # fmt: skip
TYPED = st.one_of(st.sampled_from(HARD), st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=120))
LEAN = settings(
    max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # fmt: skip


@pytest.fixture
def ground(db: None, unscoped: None) -> Iterator[Ground]:
    yield lay()


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend=BACKEND)
    return client


def one_line(text: str) -> str:
    """As a browser hands in a field of one line, and as it is kept."""
    return " ".join(tidy(text).split())


def kept(page: Any, **typed: str) -> None:
    """The page shows the form again, each field with what was typed."""
    assert page.status_code in (200, 422), page.status_code
    form = page.context["form"]
    for name, text in typed.items():
        assert form[name].value() == text or one_line(form[name].value() or "") == one_line(text), (name, text)


@pytest.mark.django_db
@LEAN
@given(name=TYPED, email=TYPED)
@example(name=HARD[0], email="a@b")
def test_signing_up(name: str, email: str) -> None:
    with transaction.atomic():
        page = Client(raise_request_exception=False).post(
            reverse("account_signup"), {"name": name, "email": email, "password1": "x", "password2": "y"}
        )
        kept(page, name=name, email=email)
        transaction.set_rollback(True)


@LEAN
@given(name=TYPED, address=TYPED, number=TYPED)
def test_registering_an_organisation(ground: Ground, name: str, address: str, number: str) -> None:
    typed = {
        "name": name,
        "address": address,
        "employees": number,
        "code": number,
        "region": number,
        "founded_on": number,
    }
    with transaction.atomic():
        page = signed_in(ground.owner).post(
            reverse("applications:register_organisation"),
            {
                **typed,
                "kind": "enterprise",
                "legal_status": "legal_person",
                "industry": "C",
                "activities": ["production"],
            },
        )
        if page.status_code == 302:
            assert Organisation.objects.order_by("-pk")[0].name == one_line(name)
        else:
            kept(page, **typed)
        transaction.set_rollback(True)


@LEAN
@given(words=TYPED, number=TYPED)
def test_a_section_of_the_application(ground: Ground, words: str, number: str) -> None:
    with transaction.atomic():
        application = Application.objects.first() or ground.start()
        section = ground.round.rules.forms[0].sections[0].key
        address = reverse("applications:section", args=[ground.jurisdiction.code, application.pk, section])
        client = signed_in(ground.owner)
        page = client.post(address, {"f-summary": words, "f-staff": number, "stay": "1"}, follow=True)
        assert page.status_code in (200, 422), page.status_code
        application.refresh_from_db()
        shown = page.content.decode()
        for key, text in (("summary", words), ("staff", number)):
            answer = str(application.answers.get(key, ""))
            assert not text.strip() or answer or _in_form(page, key, text), (key, text, answer, shown[:0])
        transaction.set_rollback(True)


def _in_form(page: Any, key: str, text: str) -> bool:
    from html import unescape

    wanted = "".join(tidy(text).split())
    return not wanted or wanted in "".join(unescape(page.content.decode()).split())
