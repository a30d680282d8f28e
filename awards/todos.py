"""To-dos of the register: cases under way, misuse to look into, bonuses to pay, holders' corrections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Count, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from awards.models import Honour, MisuseReport, Payment, SanctionCase
from awards.queries.duties import binding, lacking, unrecorded, yearly
from awards.rules import governing
from core.clock import end_of_day, legal_date
from jurisdictions.models import Jurisdiction
from jurisdictions.policy.prizes import Duty
from rounds.kinds import Todo
from rounds.readers import Reader
from rounds.todos import Number, Waiting, count, place, provide, rules_of

S = SanctionCase.Status
MOST = 20
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
    rows = SanctionCase.objects.filter(wanted, jurisdiction=jurisdiction)
    if not rows.exists():  # as nearly always; what follows joins half a dozen wide tables
        return
    rows = rows.annotate(said=Count("steps"))
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


@place
def honoured_in(organisations: list[int]) -> Any:
    """Where they hold an honour: it may be older than any round here."""
    return Honour.objects.filter(organisation__in=organisations, world=None).values("jurisdiction")


@provide
def holders_duties(jurisdiction: Jurisdiction, reader: Reader, now: dt.datetime) -> Iterable[Waiting]:
    """What the year still lacks of a holder's yearly duties, due on its last day. Two queries, for applicants alone."""
    if not reader.organisations:
        return
    today = legal_date(now)
    honours = binding(today).filter(jurisdiction=jurisdiction, organisation__in=reader.organisations)
    for honour, duty in lacking(honours.order_by("-year", "id")[:MOST], today.year):
        text = _("Record for {year}: {duty} ({organisation})").format(
            year=today.year, duty=duty.text, organisation=honour.organisation_name
        )
        url = reverse("awards:duty", args=[jurisdiction.code, honour.pk])
        due = end_of_day(dt.date(today.year, 12, 31))
        yield Waiting(
            Todo("duty", duty.article, text, url, due=due, organisation_id=honour.organisation_id), jurisdiction
        )


@count
def register_work(jurisdiction: Jurisdiction, reader: Reader, now: dt.datetime) -> Iterable[Number]:
    """For the office: reports of misuse nobody has looked into, bonuses not paid, yearly duties not recorded."""
    if not reader.office:
        return
    code, here, today = jurisdiction.code, {"jurisdiction": OuterRef("pk")}, legal_date(now)
    misuse = Todo("misuse", "", _("Look into reports of misuse"), reverse("awards:misuse", args=[code]), role="office")
    pay = Todo("pay", "", _("Pay bonuses and record it"), reverse("awards:payments", args=[code]), role="office")
    owed = Payment.objects.filter(honour__jurisdiction=OuterRef("pk"), honour__world=None, state=Payment.State.PAYABLE)
    yield Number(MisuseReport.objects.filter(status=MisuseReport.Status.OPEN, **here), _that_many(misuse))
    yield Number(owed, _that_many(pay))
    policy = rules_of(jurisdiction)
    for duty in yearly(policy, holder=False) if policy else ():
        rows, once_a_year = unrecorded(duty, today, OuterRef("pk"))
        yield Number(rows, (_unless_done if once_a_year else _that_many)(_yearly(duty, today, code)))


def _that_many(todo: Todo) -> Callable[[int], Todo | None]:
    return lambda n: replace(todo, count=n) if n else None


def _unless_done(todo: Todo) -> Callable[[int], Todo | None]:
    return lambda n: None if n else todo


def _yearly(duty: Duty, today: dt.date, code: str) -> Todo:
    """An evaluation is recorded on the page of its honour, anything else on a page of its own."""
    page = reverse("awards:honours" if duty.record == "evaluation" else "awards:duty_new", args=[code])
    text = _("Record for {year}: {duty}").format(year=today.year, duty=duty.text)
    return Todo("duty", duty.article, text, page, due=end_of_day(dt.date(today.year, 12, 31)), role="office")
