"""A jurisdiction with people for the tests of its administration pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.test import Client
from django_scopes import scope

from accounts.models import User
from audit.models import AuditEvent
from jurisdictions.models import Body, Jurisdiction
from tests.jurisdictions.people import give, make_body, make_jurisdiction, make_user

ROLES = ("office", "office_head", "operator", "supervisor", "reviewer", "committee", "approver", "teller")


@dataclass
class Place:
    """``people[role]`` for each of ``ROLES``, ``recommender`` (of ``body``), ``stranger`` and ``other_office``."""

    jurisdiction: Jurisdiction
    elsewhere: Jurisdiction
    body: Body
    people: dict[str, User] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        client = Client()
        if role != "anonymous":
            client.force_login(self.people[role], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    def url(self, path: str = "") -> str:
        return f"/j/{self.jurisdiction.code}/admin/{path}"


def make_place() -> Place:
    here, elsewhere = make_jurisdiction(), make_jurisdiction()
    place = Place(here, elsewhere, make_body(here))
    for role in ROLES:
        place.people[role] = make_user()
        give(place.people[role], role, here)
    place.people["recommender"] = make_user()
    with scope(jurisdiction=here):
        give(place.people["recommender"], "recommender", here, body=place.body)
    place.people["stranger"] = make_user()
    place.people["other_office"] = make_user()
    give(place.people["other_office"], "office_head", elsewhere)
    return place


def acts(place: Place) -> list[str]:
    """What the jurisdiction's chain says was done, in order."""
    return list(
        AuditEvent.objects.filter(scope=place.jurisdiction.code).order_by("sequence").values_list("act", flat=True)
    )
