"""To-dos of the pool: qualifications that run out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.clock import end_of_day, legal_date
from jurisdictions.models import Jurisdiction
from reviews.models import Qualification
from rounds.kinds import Todo
from rounds.readers import Reader
from rounds.todos import Waiting, provide

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
