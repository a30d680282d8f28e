"""Bodies see and recommend only their own, after the first review and the consultation that the policy asks for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django_scopes import scope

from applications.domain import owning, recommending
from applications.domain.assessing import Found
from applications.models.opinions import Charge, Recommendation
from applications.queries.office import own_entries, recommendations_of
from audit.models import AuditEvent
from rounds import engine
from rounds.kinds import kind_of
from rounds.models import EntryUserObjectPermission, StageEntry
from tests.applications import office_world
from tests.applications.office_world import OfficeWorld
from tests.refusing import refused

pytestmark = pytest.mark.django_db
CONSULTED = [{"whom": "税务局", "outcome": "无异议"}]


@pytest.fixture
def wenling() -> Iterator[OfficeWorld]:
    document = office_world.load("wenling-2023")
    with scope(jurisdiction=document.jurisdiction):
        yield office_world.build(document)


@pytest.fixture
def wenzhou() -> Iterator[OfficeWorld]:
    document = office_world.load("wenzhou-2020")
    with scope(jurisdiction=document.jurisdiction):
        yield office_world.build(document)


def charged(row: StageEntry) -> set[str]:
    return set(Charge.objects.filter(stage_entry=row).values_list("body__key", flat=True))


@pytest.mark.requirement("wenling-8")
def test_own_by_territory_sector_and_choice(wenling: OfficeWorld) -> None:
    wenling.body("t-town", "town", territory=["331081101"])
    wenling.body("t-dept", "department", sectors=["marine"])
    wenling.body("t-assoc", "association")
    stage = wenling.open("recommendation")
    association = wenling.body("t-assoc", "association")
    town, sector, member, nobody = wenling.enter(
        stage,
        [
            {"org": {"region": "331081101200"}},
            {"org": {"region": "331099", "sectors": ["marine"]}},
            {"org": {"region": "331099"}, "body": association},
            {"org": {"region": "331099"}},
        ],
    )
    assert charged(town) == {"t-town"}
    assert charged(sector) == {"t-dept"}
    assert charged(member) == {"t-assoc"}
    assert charged(nobody) == set()
    codes = {blocker.code for blocker in kind_of(stage).blockers(stage)}
    assert codes == {"own_entries_wait", "assign_body"}


@pytest.mark.requirement("wenling-8")
def test_each_sees_and_recommends_only_its_own(wenling: OfficeWorld) -> None:
    one, two = (
        wenling.body("b-one", "town", territory=["331081101"]),
        wenling.body("b-two", "town", territory=["331081102"]),
    )
    stage = wenling.open("recommendation")
    mine, theirs = wenling.enter(stage, [{"org": {"region": "331081101"}}, {"org": {"region": "331081102"}}])
    officer, other = wenling.officer(one), wenling.officer(two)
    assert list(own_entries(officer, stage, [one.pk])) == [mine]
    granted = EntryUserObjectPermission.objects.filter(permission__codename="recommend_entry")
    assert set(granted.values_list("user", "content_object")) == {
        (officer.pk, mine.entry_id),
        (other.pk, theirs.entry_id),
    }
    before = AuditEvent.objects.count()
    for stranger in (other, wenling.office, wenling.person("nobody")):
        with refused("not_your_own", article=stage.article):
            recommending.recommend(actor=stranger, stage_entry=mine)
    assert AuditEvent.objects.count() == before
    recommending.recommend(actor=officer, stage_entry=mine, reason="同意")
    assert wenling.fresh(mine).status == "advanced"
    with refused("entry_not_pending"):
        recommending.recommend(actor=officer, stage_entry=mine)


def test_recused_officer_is_shut_out(wenling: OfficeWorld) -> None:
    town = wenling.body("b-one", "town", territory=["331081101"])
    stage = wenling.open("recommendation")
    (row,) = wenling.enter(stage, [{"org": {"region": "331081101"}}])
    officer = wenling.officer(town)
    engine.recuse(actor=officer, entry=wenling.fresh(row).entry, user=officer, reason="亲属任职")
    assert list(own_entries(officer, stage, [town.pk])) == []
    with refused("not_your_own"):
        recommending.recommend(actor=officer, stage_entry=row)
    assert not EntryUserObjectPermission.objects.filter(user=officer).exists()


def test_declined_by_all_stops_with_reason(wenling: OfficeWorld) -> None:
    town = wenling.body("b-one", "town", territory=["331081101"])
    dept = wenling.body("b-dept", "department", sectors=["marine"])
    stage = wenling.open("recommendation")
    (row,) = wenling.enter(stage, [{"org": {"region": "331081101", "sectors": ["marine"]}}])
    assert charged(row) == {"b-one", "b-dept"}
    with refused("reason_missing"):
        recommending.decline(actor=wenling.officer(town), stage_entry=row, reason=" ")
    recommending.decline(actor=wenling.officer(town), stage_entry=row, reason="不予推荐")
    assert wenling.fresh(row).status == "pending"
    with refused("body_has_spoken"):
        recommending.recommend(actor=wenling.officer(town), stage_entry=row)
    recommending.decline(actor=wenling.officer(dept), stage_entry=row, reason="材料不实")
    settled = wenling.fresh(row)
    assert (settled.status, settled.reason, settled.article) == ("stopped", "材料不实", stage.article)
    assert settled.entry.status == "stopped"


def test_office_assigns_what_no_body_owns(wenling: OfficeWorld) -> None:
    town = wenling.body("b-one", "town", territory=["331081101"])
    stage = wenling.open("recommendation")
    (row,) = wenling.enter(stage, [{"org": {"region": "110101"}}])
    county = wenling.body("b-county", "county_office", territory=["11"])
    with refused("not_yours_to_do"):
        owning.assign(actor=wenling.officer(town), stage_entry=row, body=town, reason="x")
    with refused("reason_missing"):
        owning.assign(actor=wenling.office, stage_entry=row, body=town, reason="")
    with refused("body_does_not_recommend"):
        owning.assign(actor=wenling.office, stage_entry=row, body=county, reason="x")
    owning.assign(actor=wenling.office, stage_entry=row, body=town, reason="注册地在外，主要经营在本镇")
    recommending.recommend(actor=wenling.officer(town), stage_entry=row)
    assert wenling.fresh(row).status == "advanced"


def test_late_bodies_hold_the_stage_up_and_are_named_to_the_office(wenling: OfficeWorld) -> None:
    town = wenling.body("b-one", "town", territory=["331081101"])
    stage = wenling.open("recommendation")
    (row,) = wenling.enter(stage, [{"org": {"region": "331081101"}}])
    stage.deadline = engine_now(wenling) - office_world.NINE
    stage.save(update_fields=["deadline"])
    stage = wenling.stage(stage.key)
    assert {todo.code for todo in kind_of(stage).todos(stage)} == {"own_entries_wait", "bodies_late"}
    assert "b-one（1）" in str(kind_of(stage).blockers(stage)[0].text)
    with refused("stage_blocked"):
        engine.close_stage(actor=wenling.head, stage=stage)
    recommending.recommend(actor=wenling.officer(town), stage_entry=row)
    assert kind_of(stage).blockers(stage) == []
    engine.close_stage(actor=wenling.head, stage=stage)
    assert not EntryUserObjectPermission.objects.filter(permission__codename="recommend_entry").exists()


def engine_now(world: OfficeWorld):  # type: ignore[no-untyped-def]
    from rounds import clock

    return clock.now(world.round)


COUNTY = {"operating_since": "2000-01-01", "region": "330303"}
ANSWERS = {
    "excellence_practised": True, "excellence_since": "2010-01-01", "declares_compliance": True, "spot_check_failed_3y": False,
    "accident_grade_3y": "none", "major_complaint_3y": False, "serious_violation_3y": False,
}  # fmt: skip


@pytest.mark.requirement("wenzhou-13a")
def test_first_review_and_consultation_come_before_recommending(wenzhou: OfficeWorld) -> None:
    county = wenzhou.body("c-one", "county_office", territory=["330399"])
    stage = wenzhou.open("recommendation")
    (row,) = wenzhou.enter(stage, [{"org": {"region": "330399"}, "answers": ANSWERS}])
    officer = wenzhou.officer(county)
    with refused("first_review_missing", article="13"):
        recommending.recommend(actor=officer, stage_entry=row)
    work = recommending.review(actor=officer, stage_entry=row, findings={})
    assert set(work.findings.values().__iter__().__next__()) == {"finding", "note", "computed"}
    with refused("nobody_consulted", article="13"):
        recommending.recommend(actor=officer, stage_entry=row)
    with refused("consultation_not_told"):
        recommending.consulted(actor=officer, stage_entry=row, outcomes=[{"whom": "税务局", "outcome": ""}])
    recommending.consulted(actor=officer, stage_entry=row, outcomes=CONSULTED)
    recommending.recommend(actor=officer, stage_entry=row)
    assert wenzhou.fresh(row).status == "advanced"


@pytest.mark.requirement("wenzhou-13a")
def test_first_review_that_finds_a_condition_not_met_forbids_recommending(wenzhou: OfficeWorld) -> None:
    county = wenzhou.body("c-one", "county_office", territory=["330399"])
    stage = wenzhou.open("recommendation")
    (row,) = wenzhou.enter(stage, [{"org": {"region": "330399"}, "answers": ANSWERS | {"excellence_practised": False}}])
    officer = wenzhou.officer(county)
    assert wenzhou.state(row, "excellence") == "not_met"
    with refused("contrary_needs_note"):
        recommending.review(actor=officer, stage_entry=row, findings={"excellence": Found("met")})
    recommending.review(actor=officer, stage_entry=row, findings={"excellence_two_years": Found("not_met", "未实施")})
    recommending.consulted(actor=officer, stage_entry=row, outcomes=CONSULTED)
    with refused("first_review_failed"):
        recommending.recommend(actor=officer, stage_entry=row)
    recommending.decline(actor=officer, stage_entry=row, reason="未实施卓越绩效管理")
    assert wenzhou.fresh(row).status == "stopped"


@pytest.mark.requirement("wenzhou-13a")
def test_unknown_in_the_first_review_must_be_found(wenzhou: OfficeWorld) -> None:
    county = wenzhou.body("c-one", "county_office", territory=["330399"])
    stage = wenzhou.open("recommendation")
    unanswered = {key: value for key, value in ANSWERS.items() if key != "excellence_since"}
    (row,) = wenzhou.enter(stage, [{"org": {"region": "330399"}, "answers": unanswered}])
    officer = wenzhou.officer(county)
    assert wenzhou.state(row, "excellence_two_years") == "unknown"
    assert wenzhou.state(row, "no_larger_accident") == "later"  # the city office establishes it in article 14
    with refused("first_review_incomplete"):
        recommending.review(actor=officer, stage_entry=row, findings={})
    with refused("unknown_needs_note"):
        recommending.review(actor=officer, stage_entry=row, findings={"excellence_two_years": Found("left")})
    recommending.review(
        actor=officer, stage_entry=row, findings={"excellence_two_years": Found("left", "证书在补办，请市评审办核")}
    )


@pytest.mark.requirement("wenzhou-13b")
def test_county_award_holders_are_recommended_first(wenzhou: OfficeWorld) -> None:
    county = wenzhou.body("c-one", "county_office", territory=["330399"])
    stage = wenzhou.open("recommendation")
    plain, second, first = wenzhou.enter(
        stage,
        [
            {"org": {"region": "330399"}, "answers": ANSWERS, "flags": flags}
            for flags in ([], ["county_award"], ["county_award"])
        ],
    )
    officer = wenzhou.officer(county)
    assert list(own_entries(officer, stage, [county.pk]).order_by("-first", "pk")) == [second, first, plain]
    for row in (plain, first, second):
        recommending.review(actor=officer, stage_entry=row, findings={})
        recommending.consulted(actor=officer, stage_entry=row, outcomes=CONSULTED)
    with refused("priority_waits", article="13"):
        recommending.recommend(actor=officer, stage_entry=plain)
    recommending.recommend(actor=officer, stage_entry=plain, overtaking="另两家仍在补充材料")
    recommending.recommend(actor=officer, stage_entry=first)
    recommending.recommend(actor=officer, stage_entry=second)
    assert [row.stage_entry for row in recommendations_of(stage, [county.pk])] == [first, second, plain]
    with refused("priority_comes_first"):
        recommending.reorder(
            actor=officer, stage=stage, body=county, entries=[plain.entry_id, first.entry_id, second.entry_id]
        )
    recommending.reorder(
        actor=officer, stage=stage, body=county, entries=[second.entry_id, first.entry_id, plain.entry_id]
    )
    assert [row.stage_entry for row in recommendations_of(stage, [county.pk])] == [second, first, plain]
    assert Recommendation.objects.get(stage_entry=plain).overtaking


@pytest.mark.requirement("wenzhou-13c")
def test_units_directly_under_the_city_or_province_skip_the_county(wenzhou: OfficeWorld) -> None:
    wenzhou.body("c-one", "county_office", territory=["330399"])
    stage = wenzhou.open("recommendation")
    rows = wenzhou.enter(
        stage, [{"org": {"region": "330399", "subordination": s}} for s in ("", "county", "city", "province")]
    )
    assert [row.status for row in rows] == ["pending", "pending", "skipped", "skipped"]


@pytest.mark.requirement("wenzhou-13a")
def test_the_narrowest_territory_wins(wenzhou: OfficeWorld) -> None:
    wenzhou.body("c-county", "county_office", territory=["330399"])
    wenzhou.body("c-zone", "zone_office", territory=["330399400"])
    stage = wenzhou.open("recommendation")
    inside, outside = wenzhou.enter(stage, [{"org": {"region": "330399400"}}, {"org": {"region": "330399100"}}])
    assert (charged(inside), charged(outside)) == ({"c-zone"}, {"c-county"})
