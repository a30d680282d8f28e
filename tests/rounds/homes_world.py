"""People of the office and of supervision who are no invention of the rehearsal, reading English; how their pages are opened."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from awards import demo
from jurisdictions.models import Role
from tests.worlds import World


@dataclass(frozen=True)
class Staff:
    """Who oversees the jurisdiction."""

    office: User
    head: User
    supervisor: User
    approver: User


def staff(world: World) -> Staff:
    """Real members of the office, of supervision and of the approving government."""
    people = demo._People(world.jurisdiction)
    return Staff(
        people.make("h-office", "经办", Role.OFFICE),
        people.make("h-head", "负责人", Role.OFFICE_HEAD),
        people.make("h-supervisor", "监督", Role.SUPERVISOR),
        people.make("h-approver", "审定", Role.APPROVER),
    )


def as_(user: User) -> Client:
    """A client of the person, who reads English."""
    User.objects.filter(pk=user.pk).update(language="en")
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def queries(client: Client, url: str) -> int:
    """How many queries the page takes."""
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)
