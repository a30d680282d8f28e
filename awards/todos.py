"""To-dos of the register: cases under way, misuse to look into, bonuses to pay, holders' corrections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from awards.models import MisuseReport, Payment, SanctionCase
from awards.rules import governing
from core.clock import end_of_day, legal_date
from jurisdictions.models import Jurisdiction
from rounds.kinds import Todo
from rounds.readers import Reader
from rounds.todos import Waiting, provide

S = SanctionCase.Status
SPEAKS = ("office", "supervisor", "approver", "committee")
#: Who speaks for an organ of the policy, by its kind; anybody who sits on it otherwise.
ROLE = {"office": "office_head", "approver": "approver", "supervision": "supervisor"}


@provide
def cases(jurisdiction: Jurisdiction, reader: Reader, now: dt.datetime) -> Iterable[Waiting]:
    """A case waits for the next organ of its chain; an ordered correction for the holder, and when its day is over for the office."""
    overseen = reader.plays(*SPEAKS)
    if not (overseen or reader.an_applicant):
        return
    ordered = Q(status=S.DECIDED, act="order_correction", corrected_on=None, refused_on=None, due_on__isnull=False)
    wanted = Q(status=S.OPEN) | ordered if overseen else ordered & Q(organisation__in=reader.organisations)
    rows = SanctionCase.objects.filter(wanted, jurisdiction=jurisdiction).annotate(said=Count("steps"))
    related = ("organisation", "honour__round__policy", "round__policy", "world__jurisdiction", "world__policy")
    heavy = ("honour__round__rules_document", "round__rules_document", "world__rules_document")
    for case in rows.select_related(*related).defer(*heavy).order_by("due_on", "id"):
        case.jurisdiction = jurisdiction
        if case.world is not None:
            case.world.jurisdiction = jurisdiction
        for todo in _of_case(case, legal_date(now)):
            yield Waiting(todo, jurisdiction, case.world)


def _of_case(case: SanctionCase, today: dt.date) -> Iterable[Todo]:
    url, name = reverse("awards:case", args=[case.jurisdiction.code, case.pk]), case.organisation.name
    if case.status == S.OPEN:
        said: int = case.said  # type: ignore[attr-defined]  # annotated by the query
        organ = case.chain[min(said, len(case.chain) - 1)]
        role = ROLE.get(governing(case).organ(organ).kind, "committee")
        yield Todo(
            "case_step", case.article, _("Speak on the case: {organisation}").format(organisation=name), url, role=role
        )
        return
    assert case.due_on is not None
    due = end_of_day(case.due_on)
    text = _("Correct the use of the title, and report it to the office")
    holder = reverse("awards:honour", args=[case.jurisdiction.code, case.honour_id]) if case.honour_id else ""
    yield Todo("correct", case.article, text, holder, due=due, organisation_id=case.organisation_id)
    if case.due_on < today:
        text = _("Record whether it was corrected: {organisation}").format(organisation=name)
        yield Todo("correction_over", case.article, text, url, due=due, role="office")


@provide
def register_work(jurisdiction: Jurisdiction, reader: Reader, now: dt.datetime) -> Iterable[Waiting]:
    """For the office: reports of misuse nobody has looked into, bonuses not paid. One query."""
    if not reader.office:
        return
    reports = MisuseReport.objects.filter(jurisdiction=OuterRef("pk"), status=MisuseReport.Status.OPEN)
    owed = Payment.objects.filter(
        honour__jurisdiction=OuterRef("pk"), honour__world=None, state=Payment.State.PAYABLE
    )  # fmt: skip
    found = Jurisdiction.objects.filter(pk=jurisdiction.pk).values_list(_number(reports), _number(owed)).get()
    works = (
        ("misuse", _("Look into reports of misuse"), reverse("awards:misuse", args=[jurisdiction.code])),
        ("pay", _("Pay bonuses and record it"), reverse("awards:payments", args=[jurisdiction.code])),
    )
    for count, (code, text, url) in zip(found, works, strict=True):
        if count:
            yield Waiting(Todo(code, "", text, url, count, role="office"), jurisdiction)


def _number(rows: Any) -> Any:
    """How many rows, as a part of another query."""
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
