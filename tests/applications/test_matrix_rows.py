"""The rows of this room's pages hold (the whole matrix is held together in tests/architecture)."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse
from django_scopes import scope

from jurisdictions.models import Jurisdiction
from tests import matrix, worlds
from tests.applications.matrix import MATRIX, kwargs
from tests.applications.test_pages import browser


def test_each_role_gets_what_the_rows_say(db: None) -> None:
    world = worlds.build("wenling-2023", applications=6)
    other = Jurisdiction.objects.create(code="elsewhere", name_zh="别处")
    with scope(jurisdiction=world.jurisdiction):
        world.advance("eligibility")
        cast, arguments = matrix.people(world, other), kwargs(world)
    clients = {role: browser(user) if user else Client() for role, user in cast.items()}
    wrong = []
    for name in [name for name in MATRIX if name in arguments]:
        address = reverse(name, kwargs=arguments[name])
        for role, client in clients.items():
            got, wanted = client.get(address).status_code, MATRIX[name].get(role, MATRIX[name].get("*"))
            if got != wanted:
                wrong.append(f"{name} as {role}: {got}, the rows say {wanted}")
    assert wrong == []
