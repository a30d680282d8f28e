"""The navigation leads nobody before a closed door, and says where one is."""

from __future__ import annotations

import gzip
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django_scopes import scope

from config.navigation import HERE
from core import clock
from jurisdictions.models import Jurisdiction
from reviews.models import Reviewer
from tests import matrix, worlds

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LINK = re.compile(r'<li(?: class="own")?><a href="([^"]+)"( aria-current="[a-z]+")?>')
MOST = 200_000


@pytest.fixture
def place(db):
    """A jurisdiction with one person per role."""
    here, other = worlds.load("wenling-2023").jurisdiction, worlds.load("yiwu-2020").jurisdiction
    people: dict[str, object] = {"anonymous": None}
    with scope(jurisdiction=[here, other]):
        for role in matrix.ROLES:
            if role in ("office_head", "reviewer", "committee", "supervisor", "approver"):
                people[role] = matrix._People(here).make(f"n-{role}", role, role, **_seat(role))
        Reviewer.objects.create(user=people["reviewer"], jurisdiction=here, appointed_at=clock.now())
    return here, people


def _seat(role):
    return {"organ": "committee"} if role == "committee" else {}


def test_what_the_navigation_shows_a_person_opens(place):
    here, people = place
    for role, person in people.items():
        client = Client()
        if person:
            client.force_login(person, backend=BACKEND)
        page = client.get(f"/j/{here.code}/").content.decode()
        page = page.split('class="mainnav-wide"', 1)[1].split("</ul>", 1)[0]
        links = {url for url, _current in LINK.findall(page)}
        assert len(links) >= 5, role
        for url in links:
            status = client.get(url).status_code
            assert status == 200 or (person is None and url.endswith("/apply/")), (role, url, status)
        assert len(links) < len(HERE), role  # nobody is everything


def test_the_navigation_marks_where_one_is(db):
    here = Jurisdiction.objects.create(code="marked", name_zh="某市")
    page = Client().get(f"/j/{here.code}/notices/").content.decode()
    assert {url for url, current in LINK.findall(page) if current} == {f"/j/{here.code}/notices/"}


def test_the_first_page_is_light(db):
    client = Client()
    page = client.get("/").content
    total = len(gzip.compress(page))
    found = [*re.findall(r'(?:href|src)="/static/([^"#]+)"', page.decode()), "build/icons.svg"]
    for name in set(found):
        with open(finders.find(name), "rb") as file:
            total += len(gzip.compress(file.read()))
    assert total < MOST
