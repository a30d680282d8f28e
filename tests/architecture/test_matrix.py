"""Deny by default: every page, every role. A page without its rows fails here."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from tests import matrix, worlds

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def finished(db: None):  # type: ignore[no-untyped-def]
    """A round played to its end, so that every kind of object exists."""
    built = worlds.build("wenling-2023", year=2025)
    with scope(jurisdiction=built.jurisdiction):
        built.finish()
    return built


def test_every_page_has_its_rows_and_keeps_them(finished: worlds.World, settings) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO_SIGN_IN = False
    other = worlds.load("yiwu-2020").jurisdiction
    with scope(jurisdiction=[finished.jurisdiction, other]):
        expected, arguments = matrix.rows(finished)
        cast = matrix.people(finished, other)
    missing = sorted(set(matrix.addresses()) - set(expected))
    assert missing == [], "pages without rows in the matrix"
    wrong = []
    for role in matrix.ROLES:
        client = Client()
        if cast[role]:
            client.force_login(cast[role], backend=BACKEND)  # type: ignore[arg-type]
        for name in sorted(expected):
            wanted = expected[name].get(role, expected[name].get("*"))
            got = client.get(reverse(name, kwargs=arguments.get(name, {}))).status_code
            if wanted != got:
                wrong.append(f"{name} as {role}: {got}, the matrix says {wanted}")
    assert not wrong, "\n" + "\n".join(wrong)
