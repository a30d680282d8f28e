"""To-dos of the register: cases under way, misuse to look into, bonuses to pay, holders' corrections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Q
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
    for case in rows.select_related(*related).order_by("due_on", "id"):
        case.jurisdiction = jurisdiction
        if case.world is not None:
            case.world.jurisdiction = jurisdiction
        for todo in _of_case(case, legal_date(now)):
            yield Waiting(todo, jurisdiction, case.world)


def _of_case(case: SanctionCase, today: dt.date) -> Iterable[Todo]:
    url, name = reverse("awards:case", args=[case.jurisdiction.code, case.pk]), case.organisation.name
    if case.status == S.OPEN:
        organ = case.chain[min(case.said, len(case.chain) - 1)]
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
    """For the office: reports of misuse nobody has looked into, bonuses not paid. One query each."""
    if not reader.office:
        return
    code = jurisdiction.code
    reports = MisuseReport.objects.filter(jurisdiction=jurisdiction, status=MisuseReport.Status.OPEN).count()
    if reports:
        text = _("Look into reports of misuse")
        yield Waiting(
            Todo("misuse", "", text, reverse("awards:misuse", args=[code]), reports, role="office"), jurisdiction
        )
    owed = Payment.objects.filter(
        honour__jurisdiction=jurisdiction, honour__world=None, state=Payment.State.PAYABLE
    ).count()
    if owed:
        url = f"{reverse('awards:payments', args=[code])}?state={Payment.State.PAYABLE}"
        yield Waiting(Todo("pay", "", _("Pay bonuses and record it"), url, owed, role="office"), jurisdiction)
