"""The pages that are measured, who opens them, and the multiple of the bare page aimed at."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from awards import demo
from jurisdictions.models import Role

LIST, DETAIL, DASHBOARD, PUBLIC = 7, 6, 10, 2


def pages(world: Any) -> list[tuple[str, Client, str, int]]:
    """``(name, signed-in client, address, aim)``."""
    code, round_ = world.jurisdiction.code, world.round
    stage, entry = world.stage("recommendation"), world.entry
    office = _client(world.cast.office)
    return [
        ("round", office, reverse("rounds:round", args=[code, round_.pk]), LIST),
        ("entries of the round", office, reverse("rounds:entries", args=[code, round_.pk]), LIST),
        ("stage with its entries", office, reverse("rounds:stage", args=[code, stage.pk]), LIST),
        ("log", _client(world.cast.supervisor), reverse("rounds:log", args=[code, round_.pk]), LIST),
        ("entry", office, reverse("rounds:entry", args=[code, entry.pk]), DETAIL),
        ("application", _client(world.applicant), reverse("applications:application", args=[code, entry.pk]), DETAIL),
        ("my desk (office)", office, reverse("rounds:desk"), LIST),
        ("my desk (head of the office)", _client(world.cast.office_head), reverse("rounds:desk"), DASHBOARD),
        ("desk of the office", _client(staff(world)), reverse("rounds:office", args=[code]), DASHBOARD),
        ("calendar of the round", office, reverse("rounds:calendar", args=[code, round_.pk]), LIST),
        ("my desk (applicant)", _client(world.applicant), reverse("rounds:desk"), LIST),
        ("public: front page", Client(), "/", PUBLIC),
        ("public: jurisdiction", Client(), f"/j/{code}/", PUBLIC),
        ("public: notices", Client(), f"/j/{code}/notices/", PUBLIC),
    ]


def staff(world: Any) -> User:
    """Somebody of the office who is no invention of the rehearsal, as the pages of a whole jurisdiction ask for."""
    email = f"bench-office@{world.jurisdiction.code}.demo.invalid"
    found: User | None = User.objects.filter(email=email).first()
    return found or demo._People(world.jurisdiction).make("bench-office", "经办", Role.OFFICE)


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
