"""Deny by default: every page, every role. A page without its rows fails here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django_scopes import scope

from accounts.models import User
from applications.players.applicants import write_all
from tests import matrix, worlds

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


STATES = ("intake", "eligibility", "finished")


def in_state(state: str) -> worlds.World:
    """A round that takes applications (with drafts), one whose eligibility is examined, or one played to its end."""
    built = worlds.build("wenling-2023", year=2025)
    with scope(jurisdiction=built.jurisdiction):
        built.finish() if state == "finished" else built.advance(state)
        if state == "intake":
            write_all(built.ctx)
    return built


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_every_page_has_its_rows_and_keeps_them_in_every_state_of_a_round(state: str, settings) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO_SIGN_IN = False
    world = in_state(state)
    other = worlds.load("yiwu-2020").jurisdiction
    with scope(jurisdiction=[world.jurisdiction, other]):
        expected, arguments = matrix.rows(world)
        cast = matrix.people(world, other)
    missing = sorted(set(matrix.addresses()) - set(expected))
    assert missing == [], "pages without rows in the matrix"
    if state != "finished":
        expected = matrix.in_state(state, expected, arguments)
    wrong = [fault for role in matrix.ROLES for fault in _differing(role, cast[role], expected, arguments)]
    assert not wrong, "\n" + "\n".join(wrong)


def _differing(
    role: str, user: User | None, expected: dict[str, dict[str, int]], arguments: dict[str, Any]
) -> Iterator[str]:
    client = Client()
    if user:
        client.force_login(user, backend=BACKEND)
    for name in sorted(expected):
        wanted = expected[name].get(role, expected[name].get("*"))
        try:
            address = reverse(name, kwargs=arguments.get(name, {}))
        except NoReverseMatch:
            yield f"{name}: takes other arguments than {arguments.get(name, {})}"
            continue
        got = client.get(address).status_code
        if wanted != got:
            yield f"{name} as {role}: {got}, the matrix says {wanted}"
