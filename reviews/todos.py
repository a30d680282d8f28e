"""To-dos of the pool: qualifications that run out, undertakings that are not signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from django.db.models import OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.clock import end_of_day, legal_date
from jurisdictions.models import Jurisdiction
from jurisdictions.policy.constitution import Undertaking
from reviews.models import Qualification, Reviewer
from rounds.kinds import Todo
from rounds.readers import Reader
from rounds.todos import Number, Waiting, count, provide, rules_of

BEFORE = dt.timedelta(days=60)
AFTER = dt.timedelta(days=30)
MOST = 20


@provide
def running_out(jurisdiction: Jurisdiction, reader: Reader, now: dt.datetime) -> Iterable[Waiting]:
    """Two months before a qualification ends until one month after: for the reviewer, and for the office. One query."""
    if not (reader.office or reader.plays("reviewer")):
        return
    today = legal_date(now)
    rows = Qualification.objects.filter(
        reviewer__jurisdiction=jurisdiction, reviewer__status="active", reviewer__rehearsal=False,
        valid_until__gte=today - AFTER, valid_until__lte=today + BEFORE,
    )  # fmt: skip
    rows = rows if reader.office else rows.filter(Q(reviewer__user=reader.user))
    for one in rows.select_related("reviewer__user").order_by("valid_until", "id")[:MOST]:
        assert one.valid_until is not None
        due, url = end_of_day(one.valid_until), reverse("reviews:reviewer", args=[jurisdiction.code, one.reviewer_id])
        if one.reviewer.user_id == reader.user:
            text = _("Your qualification runs out; send the office the renewed one")
            mine = Todo("renew", "", text, url, due=due, role="reviewer", user_id=reader.user)
            yield Waiting(mine, jurisdiction)
        if reader.office:
            text = _("A qualification runs out: {name}").format(name=one.reviewer.user)
            yield Waiting(Todo("qualification", "", text, url, due=due, role="office"), jurisdiction)


@provide
def undertakings(jurisdiction: Jurisdiction, reader: Reader, now: dt.datetime) -> Iterable[Waiting]:
    """What the regulation asks reviewers to sign before their first assignment. One query, for reviewers alone."""
    if reader.user is None or not reader.plays("reviewer"):
        return
    wanted = _wanted(jurisdiction)
    mine = _active(jurisdiction).filter(user=reader.user).first() if wanted else None
    left = [one for one in wanted if mine and one.key not in mine.undertakings]
    if left:
        text = _("Sign what is asked of reviewers before the first assignment")
        url = reverse("reviews:undertaking", args=[jurisdiction.code])
        yield Waiting(
            Todo("undertaking", left[0].article, text, url, role="reviewer", user_id=reader.user), jurisdiction
        )


@count
def unsigned(jurisdiction: Jurisdiction, reader: Reader, now: dt.datetime) -> Iterable[Number]:
    """For the office: reviewers who cannot be given entries yet."""
    wanted = _wanted(jurisdiction) if reader.office else []
    if not wanted:
        return
    signed = _active(jurisdiction).filter(undertakings__has_keys=[u.key for u in wanted]).values("pk")
    rows = Reviewer.objects.filter(jurisdiction=OuterRef("pk"), status=Reviewer.Status.ACTIVE, rehearsal=False)
    text = _("Have reviewers sign the undertaking: before, they cannot be given entries")
    todo = Todo(
        "undertakings_open", wanted[0].article, text, reverse("reviews:pool", args=[jurisdiction.code]), role="office"
    )
    yield Number(rows.exclude(pk__in=signed), lambda n: replace(todo, count=n) if n else None)


def _wanted(jurisdiction: Jurisdiction) -> list[Undertaking]:
    policy = rules_of(jurisdiction)
    return [u for u in policy.undertakings if "reviewer" in u.who] if policy else []


def _active(jurisdiction: Jurisdiction) -> QuerySet[Reviewer]:
    found: QuerySet[Reviewer] = Reviewer.objects.filter(jurisdiction=jurisdiction, status=Reviewer.Status.ACTIVE)
    return found
