"""Making and opening rounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope

from audit.models import AuditEvent
from awards.rehearsing import cast as casting
from core import clock as core_clock
from jurisdictions import roles
from jurisdictions.models import PolicyDocument, Role
from jurisdictions.rules import forget
from rounds import engine
from rounds.models import Round, RoundStage
from tests.refusing import refused
from tests.worlds import World

LONG_AGO = dt.date(2010, 1, 1)
Load = Callable[[str], PolicyDocument]


def office_of(document: PolicyDocument, role: str = Role.OFFICE):  # type: ignore[no-untyped-def]
    """A real member of the office (not of a rehearsal)."""
    from accounts.models import User

    user = User.objects.create_user(f"{role}@{document.jurisdiction.code}.example", name=role)
    roles.begin(actor=casting.director(), user=user, role=role, jurisdiction=document.jurisdiction, since=LONG_AGO)
    return user


def create(document: PolicyDocument, actor, year: int, **more) -> Round:  # type: ignore[no-untyped-def]
    with scope(jurisdiction=document.jurisdiction):
        return engine.create_round(actor=actor, jurisdiction=document.jurisdiction, policy=document, year=year, **more)


@pytest.mark.requirement("wenling-3a")
@pytest.mark.parametrize(
    ("year", "prize", "wrong"),
    [(2024, "quality", "standards"), (2025, "quality", "standards"), (2026, "standards", "quality")],
)
def test_a_three_year_rotation_offers_only_the_prize_whose_turn_it_is(
    load: Load, year: int, prize: str, wrong: str
) -> None:
    document = load("wenling-2023")
    office = office_of(document)
    assert create(document, office, year, kind="rehearsal").prizes == [prize]
    with refused("prize_not_on_offer") as refusal:
        create(document, office, year, kind="rehearsal", prizes=[wrong])
    assert refusal.value.article == document.policy.cycle.article


@pytest.mark.requirement("qingyuan-1.2")
@pytest.mark.requirement("tacheng-4")
@pytest.mark.parametrize(("policy", "held"), [("qingyuan-draft-2025", 2025), ("tacheng-2023", 2025)])
def test_a_two_year_cycle_refuses_the_year_between(load: Load, policy: str, held: int) -> None:
    document = load(policy)
    office = office_of(document)
    assert create(document, office, held, kind="rehearsal").year == held
    with refused("not_this_year") as refusal:
        create(document, office, held + 1, kind="rehearsal")
    assert refusal.value.article == document.policy.cycle.article


@pytest.mark.requirement("wenzhou-3")
@pytest.mark.requirement("yiwu-1.5")
@pytest.mark.parametrize("policy", ["wenzhou-2020", "yiwu-2020"])
def test_a_yearly_award_is_offered_every_year(load: Load, policy: str) -> None:
    document = load(policy)
    office = office_of(document)
    for year in (2025, 2026, 2027):
        assert len(create(document, office, year, kind="rehearsal").prizes) == 2


@pytest.mark.requirement("qingyuan-7.2")
def test_a_draft_edition_runs_rehearsals_but_no_binding_round(load: Load) -> None:
    document = load("qingyuan-draft-2025")
    office = office_of(document)
    assert create(document, office, 2025, kind="rehearsal").is_rehearsal
    with refused("policy_is_a_draft"):
        create(document, office, 2025)


@pytest.mark.requirement("wenzhou-26")
def test_no_binding_round_outside_the_time_in_force(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    document = load("wenzhou-2020")
    office = office_of(document)
    for day in (dt.date(2020, 11, 30), dt.date(2030, 12, 2)):
        monkeypatch.setattr(core_clock, "now", lambda day=day: core_clock.start_of_day(day))
        forget(office)
        with refused("policy_not_in_force") as refusal:
            create(document, office, day.year)
        assert refusal.value.article == "26"
    monkeypatch.setattr(core_clock, "now", lambda: core_clock.start_of_day(dt.date(2030, 12, 1)))
    assert create(document, office, 2030).kind == "binding"


def test_a_second_binding_round_of_a_year_is_refused_and_the_database_agrees(load: Load) -> None:
    document = load("yiwu-2020")
    office = office_of(document)
    first = create(document, office, 2026)
    with refused("round_exists"):
        create(document, office, 2026)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(jurisdiction=document.jurisdiction, policy=document, year=2026, created_by=office)
    assert first.status == "draft"


def test_a_binding_round_has_no_clock_of_its_own(load: Load) -> None:
    document = load("yiwu-2020")
    office = office_of(document)
    with refused("clock_of_binding_round"):
        create(document, office, 2026, starts_at=core_clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(
            jurisdiction=document.jurisdiction,
            policy=document,
            year=2027,
            created_by=office,
            clock_offset=dt.timedelta(days=1),
        )


@pytest.mark.requirement("wenzhou-12")
def test_a_call_outside_the_second_quarter_needs_a_recorded_reason(load: Load) -> None:
    document = load("wenzhou-2020")
    office, head = office_of(document), office_of(document, Role.OFFICE_HEAD)
    starts = core_clock.start_of_day(dt.date(2026, 8, 3))
    round_ = create(document, office, 2026, kind="rehearsal", starts_at=starts)
    with scope(jurisdiction=document.jurisdiction):
        with refused("call_month_unusual") as refusal:
            engine.open_round(actor=head, round_=round_, closes_on=dt.date(2026, 9, 30))
        assert (refusal.value.article, refusal.value.field) == ("12", "reason")
        opened = engine.open_round(actor=head, round_=round_, closes_on=dt.date(2026, 9, 30), reason="平台升级")
    assert opened.departures == [{"article": "12", "reason": "平台升级"}]


@pytest.mark.requirement("qingyuan-1.4")
@pytest.mark.requirement("wenzhou-4")
@pytest.mark.requirement("yiwu-1.6")
@pytest.mark.requirement("tacheng-5")
@pytest.mark.parametrize("policy", ["qingyuan-draft-2025", "wenzhou-2020", "yiwu-2020", "tacheng-2023"])
def test_the_edition_of_the_criteria_standard_is_recorded_on_the_round(load: Load, policy: str) -> None:
    document = load(policy)
    office, head = office_of(document), office_of(document, Role.OFFICE_HEAD)
    round_ = create(document, office, 2025, kind="rehearsal", starts_at=core_clock.start_of_day(dt.date(2025, 4, 7)))
    with scope(jurisdiction=document.jurisdiction):
        opened = engine.open_round(actor=head, round_=round_, closes_on=dt.date(2025, 6, 30))
    assert opened.standard_edition.replace(" ", "").startswith("GB/T19580-")


def test_opening_freezes_the_rules_and_writes_one_event_in_the_same_transaction(load: Load) -> None:
    document = load("yiwu-2020")
    office, head = office_of(document), office_of(document, Role.OFFICE_HEAD)
    round_ = create(document, office, 2026, kind="rehearsal", starts_at=core_clock.start_of_day(dt.date(2026, 3, 2)))
    with scope(jurisdiction=document.jurisdiction):
        with refused("not_yours_to_do"):
            engine.open_round(actor=office, round_=round_, closes_on=dt.date(2026, 4, 30))
        opened = engine.open_round(actor=head, round_=round_, closes_on=dt.date(2026, 4, 30))
        assert len(opened.rules_sha256) == 64
        assert AuditEvent.objects.filter(act="round.opened", subject=f"rounds.Round:{round_.pk}").count() == 1
        assert RoundStage.objects.filter(round=round_).count() == len(document.policy.stages)
        with refused("round_is_not_a_draft"):
            engine.open_round(actor=head, round_=opened, closes_on=dt.date(2026, 4, 30))
        with refused("round_is_not_a_draft"):
            engine.adjust(actor=office, round_=opened, values={}, reason="x")


def test_assumed_values_can_be_set_before_opening_and_nothing_else(load: Load) -> None:
    from rounds.rulebook import assumed

    document = load("yiwu-2020")
    office = office_of(document)
    round_ = create(document, office, 2026, kind="rehearsal")
    path, setting = next(
        (p, s) for p, s in assumed(document.document) if isinstance(s["value"], int) and p.startswith("stages")
    )
    with scope(jurisdiction=document.jurisdiction):
        adjusted = engine.adjust(actor=office, round_=round_, values={path: setting["value"] + 1}, reason="评委会决定")
        assert dict(assumed(adjusted.rules.model_dump(mode="json")))[path]["value"] == setting["value"] + 1
        for wrong in ("title.zh", "stages.0.key", "no.such.path"):
            with refused("value_is_not_assumed"):
                engine.adjust(actor=office, round_=round_, values={wrong: "x"}, reason="x")
        with refused("reason_missing"):
            engine.adjust(actor=office, round_=round_, values={path: 1}, reason=" ")


def test_a_day_too_early_for_filing_is_refused_beside_its_field(world: World) -> None:
    round_ = engine.create_round(
        actor=world.cast.office, jurisdiction=world.jurisdiction, policy=world.document, year=2024, kind="rehearsal",
        starts_at=core_clock.start_of_day(dt.date(2024, 3, 4)),
    )  # fmt: skip
    with refused("filing_day_too_early") as refusal:
        engine.open_round(actor=world.cast.office_head, round_=round_, closes_on=dt.date(2024, 3, 4))
    assert refusal.value.field == "closes_on"
    assert not RoundStage.objects.filter(round=round_).exists()
