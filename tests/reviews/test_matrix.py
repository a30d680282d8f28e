"""Every address of this app has its row, and answers as it says, in a round whose reviews have not begun."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from reviews.urls import urlpatterns
from rounds.models import RoundStage
from tests.reviews.matrix import MATRIX as FOR_REAL_ROLES
from tests.reviews.matrix import NOBODY, kwargs

# Who holds a role for rehearsals only does not see the real pool.
MATRIX = {
    **FOR_REAL_ROLES,
    "reviews:pool": NOBODY,
    "reviews:appoint": NOBODY,
    "reviews:mine": NOBODY,
    "reviews:pool_list": NOBODY,
}


def test_every_address_has_a_row() -> None:
    assert {f"reviews:{pattern.name}" for pattern in urlpatterns} == set(MATRIX)


@pytest.mark.django_db
def test_addresses_answer_as_the_matrix_says(bench) -> None:
    made = bench("wenling-2023", year=2025, entries=1)
    stages = {s.kind: s for s in RoundStage.objects.filter(round=made.round).order_by("-position")}
    world = SimpleNamespace(jurisdiction=made.round.jurisdiction, stages=stages)
    people = {
        "anonymous": None, "applicant": made.ctx.candidates[0].owner, "office": made.cast.office, "office_head": made.cast.office_head,
        "reviewer": made.cast.reviewers[0], "supervisor": made.cast.supervisor, "approver": made.cast.approver,
        "committee": made.cast.electors[0], "other_office": User.objects.create_user("elsewhere@example.org", name="Elsewhere"),
    }  # fmt: skip
    wrong = []
    arguments = kwargs(world)
    for role, user in people.items():
        client = Client()
        if user is not None:
            client.force_login(user)
        for name, expected in MATRIX.items():
            status = client.get(reverse(name, kwargs=arguments[name])).status_code
            if status != expected[role]:
                wrong.append((name, role, status, expected[role]))
    assert not wrong
