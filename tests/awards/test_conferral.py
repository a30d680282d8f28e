"""Honours, rewards, papers: what each regulation gives to whom."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import pytest
from django_scopes import scope
from pypdf import PdfReader

from awards.domain.paying import mark_paid
from awards.models import Honour, Payment
from awards.queries.lineup import over
from awards.queries.rewards import granted
from core import clock
from core.refusals import Refused
from documents import papers
from documents.models import Paper
from notifications.models import Message
from rounds import engine
from rounds.models import Entry, Round
from tests.awards import factories as f

pytestmark = pytest.mark.django_db

PAPERS = ("decision", "certificate", "budget")
BOTH = {"plaque", "certificate", "bonus"}
#: (policy, prize): (bonus, what is given, article), as the policy files say
REWARDS = {
    ("wenling-2023", "quality"): (500000, BOTH, "22"),
    ("wenling-2023", "quality_nomination"): (None, {"certificate"}, "22"),
    ("qingyuan-draft-2025", "quality"): (200000, BOTH, "5.1"),
    ("qingyuan-draft-2025", "innovation"): (50000, BOTH, "5.1"),
    ("wenzhou-2020", "quality"): (None, {"circular"}, "20"),
    ("wenzhou-2020", "innovation"): (None, {"circular"}, "20"),
    ("yiwu-2020", "quality"): (1000000, BOTH | {"circular"}, "6.1"),
    ("yiwu-2020", "innovation"): (300000, BOTH | {"circular"}, "6.1"),
    ("tacheng-2023", "quality"): (None, {"certificate", "plaque"}, "28"),
}


@pytest.mark.requirement(
    "wenling-22", "qingyuan-5.1", "qingyuan-5.1b", "wenzhou-20", "yiwu-6.1", "yiwu-6.1b", "tacheng-28", "wenling-19b"
)
@pytest.mark.parametrize(("name", "prize"), REWARDS)
def test_each_honour_brings_what_its_article_says(db, name, prize):
    amount, items, article = REWARDS[name, prize]
    place = f.place(name)
    with scope(jurisdiction=place.jurisdiction):
        stage, entries = f.before_approval(place, [prize])
        f.confer(place, stage)
        honour = Honour.objects.get(entry=entries[0])
        assert (honour.amount, set(honour.items), honour.article) == (
            None if amount is None else Decimal(amount),
            items,
            article,
        )
        assert (honour.prize, honour.year, honour.document_number, honour.repeat) == (
            prize,
            stage.round.year,
            "政发〔2026〕8号",
            False,
        )
        assert honour.world == stage.round and honour.serial.startswith("R-")
        assert Payment.objects.filter(honour=honour).exists() == bool(amount)
        assert Paper.objects.filter(kind="certificate").exists() == ("certificate" in items)
        assert Paper.objects.get(kind="decision").number == "政发〔2026〕8号"
        assert Paper.objects.filter(kind="budget").exists() == bool(amount)
        entry, round_ = Entry.objects.get(pk=entries[0].pk), Round.objects.get(pk=stage.round_id)
        assert (entry.status, round_.status) == ("honoured", "closed")
        assert Message.objects.get(kind="award.conferred").to == f.owner_of(honour.organisation)


@pytest.mark.requirement("wenling-22", "tacheng-28")
def test_the_certificate_and_the_decision_say_who_won_what(db):
    place = f.place("wenling-2023")
    with scope(jurisdiction=place.jurisdiction):
        stage, _entries = f.before_approval(place, ["quality", "quality_nomination"])
        f.confer(place, stage)
        honour = Honour.objects.get(prize="quality")
        for paper in Paper.objects.filter(kind__in=PAPERS):
            papers.make(paper.pk)
        certificate = Paper.objects.get(kind="certificate", number=honour.serial)
        text = _text(certificate)
        for words in (
            "荣誉证书",
            honour.organisation_name,
            honour.prize_zh,
            honour.serial,
            "温岭市人民政府",
            "政发〔2026〕8号",
        ):
            assert words in text, words
        assert certificate.signed and certificate.pages == 1
        decision = _text(Paper.objects.get(kind="decision"))
        assert all(h.organisation_name in decision and h.prize_zh in decision for h in Honour.objects.all())


@pytest.mark.requirement("wenling-23", "qingyuan-5.2", "yiwu-6.2")
def test_the_amounts_payable_are_reported(db):
    place = f.place("yiwu-2020")
    with scope(jurisdiction=place.jurisdiction):
        stage, _entries = f.before_approval(place, ["quality", "innovation"])
        f.confer(place, stage)
        report = papers.make(Paper.objects.get(kind="budget").pk)
        assert report is not None
        text = _text(report)
        assert "1,000,000.00" in text and "300,000.00" in text and "1,300,000.00" in text and "6.2" in text


@pytest.mark.requirement("qingyuan-5.1", "qingyuan-5.3b")
@pytest.mark.parametrize(
    ("won", "prize", "amount", "items", "repeat"),
    [
        ("innovation", "quality", 150000, BOTH, False),
        ("quality", "quality", None, {"certificate", "plaque"}, True),
        ("innovation", "innovation", None, {"certificate", "plaque"}, True),
        ("quality", "innovation", 50000, BOTH, False),
    ],
)
def test_what_was_won_before_changes_the_reward(db, won, prize, amount, items, repeat):
    place = f.place("qingyuan-draft-2025")
    with scope(jurisdiction=place.jurisdiction):
        stage, entries = f.before_approval(place, [prize])
        f.earlier(place, entries[0].organisation, won, date=dt.date(stage.round.year - 4, 6, 1), world=stage.round)
        f.confer(place, stage)
        honour = Honour.objects.get(entry=entries[0])
        assert (honour.amount, set(honour.items), honour.repeat) == (
            None if amount is None else Decimal(amount),
            items,
            repeat,
        )


@pytest.mark.requirement("qingyuan-5.3b")
def test_a_quality_winner_that_wins_again_is_outside_the_quota_an_innovation_winner_inside(db):
    place = f.place("qingyuan-draft-2025")
    with scope(jurisdiction=place.jurisdiction):
        for prize, outside in (("quality", True), ("innovation", False)):
            stage, entries = f.before_approval(place, [prize] * 4)
            from awards.queries.lineup import lineup

            assert [got for _quota, _limit, got in over(stage, lineup(stage))] == [4]
            f.earlier(
                place, entries[0].organisation, prize, date=dt.date(stage.round.year - 4, 6, 1), world=stage.round
            )
            assert not over(stage, lineup(stage)) if outside else over(stage, lineup(stage))


@pytest.mark.requirement("qingyuan-5.3a")
def test_the_quality_award_is_valid_for_five_years_and_others_have_no_end(db):
    place = f.place("qingyuan-draft-2025")
    with scope(jurisdiction=place.jurisdiction):
        stage, _entries = f.before_approval(place, ["quality", "innovation"])
        f.confer(place, stage)
        quality, innovation = Honour.objects.get(prize="quality"), Honour.objects.get(prize="innovation")
        assert innovation.valid_until is None and quality.validity_article == "5.3"
        assert quality.valid_until == quality.document_date.replace(year=quality.document_date.year + 5) - dt.timedelta(
            days=1
        )


def test_a_reward_that_nobody_can_choose_yet_blocks(db, monkeypatch):
    place = f.place("wenling-2023")
    with scope(jurisdiction=place.jurisdiction):
        stage, _entries = f.before_approval(place, ["quality"])
        f.approve_all(place, stage)
        conferral = engine.open_next(actor=place.person("office"), round_=stage.round)
        from awards.queries import rewards
        from jurisdictions.policy.conditions import Undecided

        def undecided(prize, facts):
            raise Undecided(("form.x",))

        monkeypatch.setattr(rewards, "reward_for", undecided)
        assert granted(conferral)[0].unknown == ("form.x",)
        with pytest.raises(Refused) as refusal:
            engine.prepare(actor=place.person("office"), stage=conferral)
        assert refusal.value.code == "stage_blocked" and not Honour.objects.exists()


def test_a_failure_halfway_gives_no_honour(db, monkeypatch):
    from awards.domain import conferring

    place = f.place("wenling-2023")
    with scope(jurisdiction=place.jurisdiction):
        stage, _entries = f.before_approval(place, ["quality"])
        f.approve_all(place, stage)
        conferral = engine.open_next(actor=place.person("office"), round_=stage.round)
        decision = engine.prepare(actor=place.person("office"), stage=conferral)
        monkeypatch.setattr(conferring, "record", lambda *a, **k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            engine.release(actor=place.person("office_head"), decision=decision)
        assert (
            not Honour.objects.exists()
            and not Paper.objects.filter(kind__in=PAPERS).exists()
            and not Payment.objects.exists()
        )


@pytest.mark.requirement("wenling-23")
def test_a_bonus_is_paid_once_by_the_office(db):
    place = f.place("wenling-2023")
    with scope(jurisdiction=place.jurisdiction):
        stage, _entries = f.before_approval(place, ["quality"])
        f.confer(place, stage)
        payment, today = Payment.objects.get(), clock.today()
        for actor, on, code in (
            (place.person("approver"), today, "not_yours_to_do"),
            (place.person("office"), today + dt.timedelta(days=9), "document_date_ahead"),
            (place.person("office"), today - dt.timedelta(days=9), "case_day_wrong"),
        ):
            with pytest.raises(Refused) as refusal:
                mark_paid(actor=actor, payment=payment, on=on)
            assert refusal.value.code == code
        assert mark_paid(actor=place.person("office"), payment=payment, on=today).state == "paid"
        with pytest.raises(Refused):
            mark_paid(actor=place.person("office"), payment=payment, on=today)


def _text(paper: Paper) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.attachment()[1])).pages).replace(" ", "")


def test_an_honour_is_not_turned_by_a_counter_decision(db):
    place = f.place("wenling-2023")
    with scope(jurisdiction=place.jurisdiction):
        stage, entries = f.before_approval(place, ["quality"])
        following = f.confer(place, stage)
        row = following.entries.get(entry=entries[0])
        with pytest.raises(Refused) as refusal:
            engine.counter(actor=place.person("office_head"), stage_entry=row, outcome="stopped", reason="x")
        assert refusal.value.code == "counter_after_honour" and Honour.objects.get().status == "valid"
