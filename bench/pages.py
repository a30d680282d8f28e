"""The pages that are measured, who opens them, and the multiple of the bare page aimed at."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.test import Client
from django.urls import reverse

from accounts.models import User
from applications.models.opinions import Charge
from awards import demo
from jurisdictions.models import Membership, Role

LIST, DETAIL, DASHBOARD, PUBLIC = 7, 6, 10, 2
#: Queries of a page with a list of 50, and of an export of all.
MOST_OF_LIST, MOST_OF_EXPORT = 15, 19
LISTS = frozenset(
    {
        "round",
        "entries of the round",
        "entries by name, filtered",
        "stage with its entries",
        "a body's own entries",
        "log",
    }
)


def pages(world: Any) -> list[tuple[str, Client, str, int]]:
    """``(name, signed-in client, address, the multiple of the bare page aimed at)``."""
    code, round_ = world.jurisdiction.code, world.round
    stage, entry = world.stage("recommendation"), world.entry
    office = _client(world.cast.office)
    return [
        ("round", office, reverse("rounds:round", args=[code, round_.pk]), LIST),
        ("entries of the round", office, reverse("rounds:entries", args=[code, round_.pk]), LIST),
        (
            "entries by name, filtered",
            office,
            reverse("rounds:entries", args=[code, round_.pk]) + "?status=active&sort=-organisation",
            LIST,
        ),
        ("stage with its entries", office, reverse("rounds:stage", args=[code, stage.pk]), LIST),
        ("a body's own entries", _client(officer(stage)), reverse("applications:own", args=[code, stage.pk]), LIST),
        ("log", _client(world.cast.supervisor), reverse("rounds:log", args=[code, round_.pk]), LIST),
        ("entry (facts and way)", office, reverse("rounds:entry", args=[code, entry.pk]), DETAIL),
        ("entry (all of it)", office, reverse("rounds:entry", args=[code, entry.pk]) + "?part=all", 0),
        (
            "application (applicant)",
            _client(world.applicant),
            reverse("applications:application", args=[code, entry.pk]),
            DETAIL,
        ),
        ("my desk (office)", office, reverse("rounds:desk"), LIST),
        ("my desk (head of the office)", _client(world.cast.office_head), reverse("rounds:desk"), DASHBOARD),
        ("desk of the office", _client(staff(world)), reverse("rounds:office", args=[code]), DASHBOARD),
        ("calendar of the round", office, reverse("rounds:calendar", args=[code, round_.pk]), LIST),
        ("my desk (applicant)", _client(world.applicant), reverse("rounds:desk"), LIST),
        ("public: front page", Client(), "/", PUBLIC),
        ("public: jurisdiction", Client(), f"/j/{code}/", PUBLIC),
        ("public: notices", Client(), f"/j/{code}/notices/", PUBLIC),
    ]


def exports(world: Any) -> list[tuple[str, Client, str]]:
    """Whole lists as files: ``(name, signed-in client, address)``. Their queries and their memory do not grow with the rows."""
    code, office = world.jurisdiction.code, _client(world.cast.office)
    entries = reverse("rounds:entries", args=[code, world.round.pk])
    stage = reverse("rounds:stage", args=[code, world.stage("recommendation").pk])
    return [
        ("entries as CSV", office, f"{entries}?export=csv"),
        ("entries as XLSX", office, f"{entries}?export=xlsx"),
        ("stage as CSV, by score", office, f"{stage}?sort=-score&export=csv"),
    ]


def officer(stage: Any) -> User:
    """Whoever acts for the body with the most entries of its own."""
    bodies = (
        Charge.objects.filter(stage_entry__stage=stage)
        .values("body")
        .annotate(own=Count("pk"))
        .order_by("-own", "body")
    )
    held = Membership.objects.filter(role=Role.RECOMMENDER, until=None).select_related("user")
    found = (held.filter(body=row["body"]).order_by("pk").first() for row in bodies)
    membership: Membership = next(one for one in found if one is not None)
    return membership.user


def staff(world: Any) -> User:
    """Somebody of the office who is no invention of the rehearsal, as the pages of a whole jurisdiction ask for."""
    email = f"bench-office@{world.jurisdiction.code}.demo.invalid"
    found: User | None = User.objects.filter(email=email).first()
    return found or demo._People(world.jurisdiction).make("bench-office", "经办", Role.OFFICE)


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
