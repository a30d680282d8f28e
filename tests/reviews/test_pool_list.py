"""The pool as a list that comes in: checked line by line, wholly or not at all."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from accounts.models import User
from core.imports import Sheet, run
from jurisdictions import roles
from reviews.domain import conduct
from reviews.importing import ReviewerLines
from reviews.models import Qualification, Reviewer
from tests import worlds

HEADINGS = ("email", "employer", "fields", "is_industry_expert", "kind", "number", "valid_from", "valid_until")


def rows(*lines: tuple[str, ...]) -> Sheet:
    return Sheet(HEADINGS, tuple(enumerate(lines, start=2)))


@pytest.mark.django_db
@pytest.mark.requirement("qingyuan-2.3", "yiwu-2.2.3", "wenzhou-8")
def test_the_pool_comes_in_from_a_list_wholly_or_not_at_all() -> None:
    document = worlds.load("wenzhou-2020")
    jurisdiction, kind = document.jurisdiction, next(iter(document.policy.qualifications))
    root = User.objects.create_user("root-l@example.org", name="Root", is_superuser=True)
    actor = User.objects.create_user("clerk-l@example.org", name="Clerk")
    people = [User.objects.create_user(f"expert{n}@example.org", name=f"Expert {n}") for n in range(3)]
    with scope(jurisdiction=jurisdiction):
        roles.begin(actor=root, user=actor, role="office", jurisdiction=jurisdiction)
        lines = ReviewerLines(actor=actor, jurisdiction=jurisdiction)
        good = (people[0].email, "Works", "水泵，阀门", "1", kind, "Q-1", "2024-01-01", "2030-12-31")
        two = (people[0].email, "Works", "水泵，阀门", "1", kind, "Q-2", "2024-01-01", "")
        bad = (
            good,
            ("nobody@example.org", "", "", "", "", "", "", ""),
            good,
            (people[1].email, "", "", "", "no_such_kind", "X", "2024-01-01", ""),
            (people[2].email, "", "", "", kind, "X", "", ""),
        )
        report = run(lines, rows(*bad), write=True)
        assert [one.number for one in report.wrong] == [3, 4, 5, 6], report.results[0].errors
        assert not report.written
        assert not Reviewer.objects.exists(), "nothing is half imported"
        assert run(lines, rows(good, two), write=True).written
        reviewer = Reviewer.objects.get()
        assert reviewer.fields == ["水泵", "阀门"]
        assert set(Qualification.objects.values_list("number", flat=True)) == {"Q-1", "Q-2"}
        assert run(lines, rows(good, two), write=True).count("same") == 2
        conduct.discipline(actor=actor, reviewer=reviewer, act="strike", reason="Took a present") if (
            document.policy.discipline and "strike" in document.policy.discipline.acts
        ) else Reviewer.objects.filter(pk=reviewer.pk).update(
            status="struck", struck_reason="x", struck_article="24", struck_at="2025-01-01T00:00+08:00"
        )
        again = run(lines, rows(good), write=True)
        assert len(again.wrong) == 1, "who was struck does not come back by a list"

    client = Client()
    client.force_login(actor)
    address = reverse("reviews:pool_list", args=[jurisdiction.code])
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    book.active.append((people[1].email, "Elsewhere", "", "0", "", "", "", ""))
    content = io.BytesIO()
    book.save(content)
    tried = client.post(address, {"file": SimpleUploadedFile("pool.xlsx", content.getvalue())})
    assert tried.status_code == 200
    with scope(jurisdiction=jurisdiction):
        assert Reviewer.objects.count() == 1, "the dry run writes nothing"
    token = tried.context["token"]
    assert client.post(address, {"list": token}).status_code == 302
    with scope(jurisdiction=jurisdiction):
        assert Reviewer.objects.filter(user=people[1], employer="Elsewhere").exists()
