"""What may follow on fraud, accidents, misuse: every measure of every regulation, along its chain, with all that it does."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope

from audit.log import name_of
from audit.models import AuditEvent
from awards.domain import consequences, punishing
from awards.domain.conferring import last_day_of
from awards.models import Bar, Honour, Payment, SanctionCase
from core import clock
from core.refusals import Refused
from documents.models import Paper
from jurisdictions.organs import signer
from jurisdictions.policy.loader import read
from publicity.models import Notice
from tests.awards import factories as f
from tests.worlds import POLICIES

pytestmark = pytest.mark.django_db
YEAR = dt.timedelta(days=366)

#: policy → {sanction: (article, act, organs, takes back, disclosed, in the credit file, barred for years)}, as the regulations say
MEASURES: dict[str, dict[str, tuple]] = {
    "wenling-2023": {
        "fraud": ("25", "revoke", 2, {"bonus"}, False, False, 5),
        "accident": ("28", "stop_publicity", 1, set(), True, False, None),
        "violation": ("28", "stop_publicity", 1, set(), True, False, None),
        "breach": ("28", "stop_publicity", 1, set(), True, False, None),
    },
    "qingyuan-draft-2025": {
        "fraud": ("6.2", "revoke", 3, {"plaque", "certificate", "bonus"}, True, True, None),
        "accident": ("6.6", "revoke", 2, {"plaque", "certificate", "bonus"}, True, False, None),
    },
    "wenzhou-2020": {
        "no_longer_fit": ("21", "withdraw", 2, set(), False, False, None),
        "fraud": ("21", "revoke", 2, set(), False, False, 5),
        "accident": ("21", "revoke", 2, set(), False, False, 5),
        "serious_violation": ("21", "revoke", 2, set(), False, False, 5),
        "misuse": ("22", "order_correction", 1, set(), False, False, None),
    },
    "yiwu-2020": {
        "fraud": ("7.2", "revoke", 3, {"plaque", "certificate", "bonus"}, True, True, 6),
        "misuse": ("7.5", "order_correction", 1, set(), False, False, None),
        "misuse_uncorrected": ("7.5", "revoke", 3, {"plaque", "certificate"}, True, False, None),
        "accident": ("7.6", "revoke", None, {"plaque", "certificate", "bonus"}, True, False, None),
        "serious_violation": ("7.6", "revoke", None, {"plaque", "certificate", "bonus"}, True, False, None),
    },
    "tacheng-2023": {
        "false_papers": ("32", "refuse_applications", 1, set(), False, False, 5),
        "fraud": ("32", "revoke", 2, {"certificate", "plaque"}, False, False, 10),
        "accident": ("33", "revoke", 2, {"certificate", "plaque"}, True, False, None),
        "violation": ("33", "revoke", 2, {"certificate", "plaque"}, True, False, None),
        "credit": ("33", "revoke", 2, {"certificate", "plaque"}, True, False, None),
        "breach": ("33", "revoke", 2, {"certificate", "plaque"}, True, False, None),
    },
}
EVERY = [(name, key) for name, rows in MEASURES.items() for key in rows]
BECOMES = {"revoke": "revoked", "withdraw": "withdrawn", "stop_publicity": "publicity_stopped"}


def honour_of(place, *, days_ago=100, prize="quality", amount=None):
    organisation, _owner = f.applicant()
    honour = f.earlier(place, organisation, prize, date=clock.today() - dt.timedelta(days=days_ago), amount=amount)
    items = ["plaque", "certificate", *(["bonus"] if amount else [])]
    Honour.objects.filter(pk=honour.pk).update(items=items)
    honour.items = items
    if amount:
        Payment.objects.create(honour=honour, amount=amount, article="1")
    return honour


def open_case(place, honour, key, **more):
    rule = next(s for s in place.policy.sanctions if s.key == key)
    values = {
        "findings": "经查属实",
        "occurred_on": clock.today() - dt.timedelta(days=10),
        "grade": rule.min_grade or "",
    }
    return punishing.open_case(actor=place.person("office"), honour=honour, sanction=key, **{**values, **more})


def walk(place, case, *, until=None, on=None):
    for organ in case.chain[len(case.steps.all()) : until]:
        case = punishing.take_step(
            actor=place.speaker(organ), case=case, agreed=True, opinion="同意", on=on or clock.today(), number="政发〔2026〕9号",
            due_on=clock.today() + dt.timedelta(days=15) if case.act == "order_correction" else None,
        )  # fmt: skip
    return case


def refused(code, call):
    with pytest.raises(Refused) as refusal:
        call()
    assert refusal.value.code == code, refusal.value
    assert str(refusal.value)
    return refusal.value


def test_the_table_names_every_measure_of_every_regulation():
    for name, rows in MEASURES.items():
        assert {sanction.key for sanction in read(POLICIES / f"{name}.yaml").sound().sanctions} == set(rows)


@pytest.mark.requirement(
    "wenling-25", "wenling-28", "qingyuan-6.2", "qingyuan-6.6", "wenzhou-21a", "wenzhou-21b", "wenzhou-22", "yiwu-7.2", "yiwu-7.5", "yiwu-7.6",
    "tacheng-32a", "tacheng-32b", "tacheng-33",
)  # fmt: skip
@pytest.mark.parametrize(("name", "key"), EVERY)
def test_each_measure_goes_along_its_chain_and_does_what_its_article_says(db, name, key):
    article, act, organs, takes_back, disclosed, credit, years = MEASURES[name][key]
    place = f.place(name)
    with scope(jurisdiction=place.jurisdiction):
        case, honour = _opened(place, key)
        assert (case.article, case.act, set(case.takes_back)) == (article, act, takes_back)
        assert organs is None or len(case.chain) == organs
        for position in range(1, len(case.chain)):
            case = walk(place, case, until=position)
            assert case.status == "open" and not Bar.objects.exists()
            assert honour is None or Honour.objects.get(pk=honour.pk).status == "valid"
        case = walk(place, case)
        assert case.status == "decided" and [step.role for step in case.steps.all()][-1] == "decide"
        if honour is not None:
            assert Honour.objects.get(pk=honour.pk).status == BECOMES.get(act, "valid")
        bar = Bar.objects.filter(case=case).first()
        assert (bar is None) == (years is None)
        if bar:
            assert bar.until == last_day_of(clock.today(), years) and bar.article == article
        left = consequences.state_of(case)
        assert (set(left["to_return"]), left["to_disclose"], left["to_credit"]) == (takes_back, disclosed, credit)
        assert Paper.objects.filter(kind="sanction", subject=f"awards.SanctionCase:{case.pk}", sign=True).exists()
        assert {event.article for event in AuditEvent.objects.filter(act__startswith="case.")} == {article}


def _opened(place, key):
    rule = next(s for s in place.policy.sanctions if s.key == key)
    if rule.act == "refuse_applications":
        stage, entries = f.before_approval(place, ["quality"])
        case = punishing.open_case(
            actor=place.person("office"),
            sanction=key,
            organisation=entries[0].organisation,
            round_=stage.round,
            findings="隐瞒事实",
        )
        return case, None
    honour = honour_of(place, amount=100)
    before = _refused_correction(place, honour) if key == "misuse_uncorrected" else None
    return open_case(place, honour, key, follows=before), honour


def _refused_correction(place, honour):
    case = walk(place, open_case(place, honour, "misuse"))
    return consequences.settle_correction(
        actor=place.person("office"), case=case, corrected=False, on=clock.today(), refused_in_writing=True
    )


#: (policy, sanction): years after the award within which it must have happened
WITHIN = {("wenling-2023", "accident"): 2, ("wenling-2023", "violation"): 2, ("wenling-2023", "breach"): 2, ("qingyuan-draft-2025", "accident"): 2,
          ("yiwu-2020", "accident"): 2, ("yiwu-2020", "serious_violation"): 2, ("tacheng-2023", "accident"): 5, ("tacheng-2023", "violation"): 5,
          ("tacheng-2023", "credit"): 5, ("tacheng-2023", "breach"): 5}  # fmt: skip


@pytest.mark.requirement("wenling-28", "qingyuan-6.6", "yiwu-7.6", "tacheng-33")
@pytest.mark.parametrize(("name", "key"), WITHIN)
def test_what_happens_on_the_last_day_counts_and_a_day_later_does_not(db, name, key):
    place = f.place(name)
    with scope(jurisdiction=place.jurisdiction):
        honour = honour_of(place, days_ago=366 * 6)
        last = last_day_of(honour.document_date, WITHIN[name, key])
        later = refused(
            "happened_too_late", lambda: open_case(place, honour, key, occurred_on=last + dt.timedelta(days=1))
        )
        assert later.article == MEASURES[name][key][0]
        before = honour.document_date - dt.timedelta(days=1)
        refused("happened_before_award", lambda: open_case(place, honour, key, occurred_on=before))
        refused("happened_day_missing", lambda: open_case(place, honour, key, occurred_on=None))
        refused(
            "happened_ahead", lambda: open_case(place, honour, key, occurred_on=clock.today() + dt.timedelta(days=1))
        )
        assert not SanctionCase.objects.exists()
        assert open_case(place, honour, key, occurred_on=last).status == "open"


@pytest.mark.requirement("wenling-28", "wenzhou-21b", "yiwu-7.6", "tacheng-33")
@pytest.mark.parametrize(
    ("name", "too_low", "enough"),
    [
        ("wenling-2023", "ordinary", "larger"), ("wenzhou-2020", "larger", "major"), ("yiwu-2020", "larger", "particularly_major"),
        ("tacheng-2023", "larger", "major"),
    ],
)  # fmt: skip
def test_an_accident_must_be_grave_enough(db, name, too_low, enough):
    place = f.place(name)
    with scope(jurisdiction=place.jurisdiction):
        honour = honour_of(place)
        refused("grade_missing", lambda: open_case(place, honour, "accident", grade=""))
        refused("grade_too_low", lambda: open_case(place, honour, "accident", grade=too_low))
        assert open_case(place, honour, "accident", grade=enough).grade == enough


@pytest.fixture
def yiwu(db):
    place = f.place("yiwu-2020")
    with scope(jurisdiction=place.jurisdiction):
        yield place


@pytest.mark.requirement("yiwu-7.5", "wenzhou-22", "wenling-27", "qingyuan-6.5", "tacheng-31")
def test_misuse_is_ordered_to_be_corrected_and_only_its_refusal_costs_the_title(yiwu):
    honour, office = honour_of(yiwu), yiwu.person("office")
    refused("correction_comes_first", lambda: open_case(yiwu, honour, "misuse_uncorrected"))
    case = open_case(yiwu, honour, "misuse")
    head = yiwu.person("office_head")
    refused(
        "correction_day_missing",
        lambda: punishing.take_step(actor=head, case=case, agreed=True, opinion="x", on=clock.today()),
    )
    case = walk(yiwu, case)
    settle = consequences.settle_correction
    refused("correction_still_running", lambda: settle(actor=office, case=case, corrected=False, on=clock.today()))
    refused("correction_comes_first", lambda: open_case(yiwu, honour, "misuse_uncorrected", follows=case))
    case = settle(actor=office, case=case, corrected=False, on=clock.today(), refused_in_writing=True)
    refused("no_correction_ordered", lambda: settle(actor=office, case=case, corrected=True, on=clock.today()))
    walk(yiwu, open_case(yiwu, honour, "misuse_uncorrected", follows=case))
    assert Honour.objects.get(pk=honour.pk).status == "revoked"


@pytest.mark.requirement("wenzhou-22")
def test_misuse_that_is_corrected_ends_there(db):
    place = f.place("wenzhou-2020")
    with scope(jurisdiction=place.jurisdiction):
        honour = honour_of(place)
        case = walk(place, open_case(place, honour, "misuse"))
        case = consequences.settle_correction(actor=place.person("office"), case=case, corrected=True, on=clock.today())
        assert case.corrected_on and Honour.objects.get(pk=honour.pk).status == "valid"


def test_only_the_organ_whose_turn_it_is_speaks_and_no_person_twice(yiwu):
    case = open_case(yiwu, honour_of(yiwu), "fraud")

    def step(actor, **more):
        return punishing.take_step(
            actor=actor, case=case, **{"agreed": True, "opinion": "x", "on": clock.today(), "number": "1", **more}
        )

    for organ in ("committee", "government"):
        refused("not_yours_to_do", lambda organ=organ: step(yiwu.speaker(organ)))
    refused("not_yours_to_do", lambda: step(yiwu.person("office")))
    refused("case_opinion_missing", lambda: step(yiwu.speaker("office"), opinion=" "))
    refused("case_day_wrong", lambda: step(yiwu.speaker("office"), on=clock.today() + dt.timedelta(days=1)))
    walk(yiwu, case, until=2)
    refused("case_day_wrong", lambda: step(yiwu.speaker("government"), on=clock.today() - dt.timedelta(days=1)))
    refused("document_number_missing", lambda: step(yiwu.speaker("government"), number=""))
    assert case.steps.count() == 2
    step(yiwu.speaker("government"))
    refused("case_not_open", lambda: step(yiwu.speaker("government", fresh=True)))


def test_who_opened_a_case_does_not_decide_it(db):
    place = f.place("wenling-2023")
    with scope(jurisdiction=place.jurisdiction):
        head = place.person("office_head")
        case = punishing.open_case(
            actor=head,
            honour=honour_of(place),
            sanction="accident",
            findings="x",
            occurred_on=clock.today(),
            grade="major",
        )
        refused(
            "case_same_person",
            lambda: punishing.take_step(actor=head, case=case, agreed=True, opinion="x", on=clock.today()),
        )


def test_an_organ_that_does_not_agree_ends_the_case_and_nothing_happens(yiwu):
    honour = honour_of(yiwu, amount=100)
    case = walk(yiwu, open_case(yiwu, honour, "fraud"), until=1)
    case = punishing.take_step(
        actor=yiwu.speaker("committee"), case=case, agreed=False, opinion="证据不足", on=clock.today()
    )
    assert case.status == "dropped" and Honour.objects.get(pk=honour.pk).status == "valid" and not Bar.objects.exists()


def test_a_case_needs_the_office_findings_and_an_honour_that_stands(yiwu):
    honour = honour_of(yiwu)
    values = {"honour": honour, "sanction": "fraud", "findings": "x"}
    refused("not_yours_to_do", lambda: punishing.open_case(actor=yiwu.person("supervisor"), **values))
    refused(
        "case_needs_findings", lambda: punishing.open_case(actor=yiwu.person("office"), **{**values, "findings": " "})
    )
    refused(
        "no_such_sanction", lambda: punishing.open_case(actor=yiwu.person("office"), **{**values, "sanction": "none"})
    )
    refused(
        "case_needs_honour", lambda: punishing.open_case(actor=yiwu.person("office"), sanction="fraud", findings="x")
    )
    case = open_case(yiwu, honour, "fraud")
    refused("case_open_already", lambda: open_case(yiwu, honour, "fraud"))
    walk(yiwu, case)
    refused("honour_already_ended", lambda: open_case(yiwu, honour, "accident"))


@pytest.mark.requirement("wenling-25", "qingyuan-6.2", "yiwu-7.2", "tacheng-32b")
def test_a_bonus_that_was_paid_is_reclaimed_and_one_that_was_not_is_kept(yiwu):
    office, today = yiwu.person("office"), clock.today()
    unpaid, paid = honour_of(yiwu, amount=100), honour_of(yiwu, amount=100)
    Payment.objects.filter(honour=paid).update(state="paid", paid_on=today)
    walk(yiwu, open_case(yiwu, unpaid, "fraud"))
    case = walk(yiwu, open_case(yiwu, paid, "fraud"))
    assert [Payment.objects.get(honour=h).state for h in (unpaid, paid)] == ["cancelled", "reclaim"]
    for item in ("certificate", "plaque", "bonus"):
        case = consequences.mark_returned(actor=office, case=case, item=item, on=today)
    assert Payment.objects.get(honour=paid).state == "reclaimed" and set(case.returned) == {
        "certificate",
        "plaque",
        "bonus",
    }
    refused("nothing_to_return", lambda: consequences.mark_returned(actor=office, case=case, item="plaque", on=today))


@pytest.mark.requirement("yiwu-7.5")
def test_a_paid_bonus_stays_where_the_article_does_not_take_it_back(yiwu):
    honour = honour_of(yiwu, amount=100)
    Payment.objects.filter(honour=honour).update(state="paid", paid_on=clock.today())
    walk(yiwu, open_case(yiwu, honour, "misuse_uncorrected", follows=_refused_correction(yiwu, honour)))
    assert Payment.objects.get(honour=honour).state == "paid"


@pytest.mark.requirement("qingyuan-6.2", "yiwu-7.2", "wenling-28", "tacheng-33")
def test_disclosure_and_credit_file_are_recorded_once_where_prescribed(yiwu):
    office, today = yiwu.person("office"), clock.today()
    case = walk(yiwu, open_case(yiwu, honour_of(yiwu), "fraud"))
    refused("statement_missing", lambda: consequences.disclose(actor=office, case=case, statement=" ", on=today))
    known = set(Notice.objects.values_list("pk", flat=True))
    case = consequences.disclose(actor=office, case=case, statement="经查实，撤销称号", on=today)
    notice = Notice.objects.exclude(pk__in=known).get()
    assert (notice.kind, notice.article, notice.body_zh) == ("revocation", case.article, "经查实，撤销称号")
    assert [line["organisation"] for line in notice.entries] == [case.honour.organisation_name]
    assert notice in Notice.objects.public(), "no rehearsal: everybody reads it"
    paper = Paper.objects.get(subject=name_of(notice))
    assert paper.context["signature"] == signer(yiwu.policy, yiwu.jurisdiction) != yiwu.jurisdiction.name_zh
    case = consequences.enter_credit_file(actor=office, case=case, reference="信用〔2026〕1", on=today)
    refused("nothing_to_disclose", lambda: consequences.disclose(actor=office, case=case, statement="x", on=today))
    refused("no_credit_entry", lambda: consequences.enter_credit_file(actor=office, case=case, reference="x", on=today))
    assert case.honour.events.filter(act="disclosed", public=True).exists()


@pytest.mark.requirement("yiwu-7.5")
def test_what_the_policy_has_announced_in_the_media_says_in_which(yiwu):
    honour, office, today = honour_of(yiwu), yiwu.person("office"), clock.today()
    case = walk(yiwu, open_case(yiwu, honour, "misuse_uncorrected", follows=_refused_correction(yiwu, honour)))
    told = {"actor": office, "case": case, "statement": "拒不改正，撤销称号", "on": today}
    before = Notice.objects.count()
    refused("media_missing", lambda: consequences.disclose(**told))
    assert Notice.objects.count() == before and not SanctionCase.objects.get(pk=case.pk).disclosed_on
    consequences.disclose(**told, also_in="义乌商报 3 月 1 日")
    assert Notice.objects.latest("pk").media == "义乌商报 3 月 1 日"


def test_the_database_keeps_one_open_case_per_ground(yiwu):
    case = open_case(yiwu, honour_of(yiwu), "fraud")
    case.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        case.save(force_insert=True)


def test_a_failure_halfway_leaves_the_honour_as_it_was(yiwu, monkeypatch):
    honour = honour_of(yiwu)
    case = walk(yiwu, open_case(yiwu, honour, "fraud"), until=2)
    monkeypatch.setattr(punishing, "record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        walk(yiwu, case)
    assert Honour.objects.get(pk=honour.pk).status == "valid" and case.steps.count() == 2 and not Bar.objects.exists()
