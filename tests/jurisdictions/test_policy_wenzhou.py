"""Wenzhou, 2020 revision: what the policy file says, and what its conditions come to."""

from __future__ import annotations

import datetime as dt

import pytest

from jurisdictions.calendar import in_usual_months, lapse
from jurisdictions.policy import cycle
from tests.jurisdictions import policies as p

WENZHOU = p.policy("wenzhou-2020")


def answer(key, **changes):
    return p.answer(WENZHOU, key, **changes)


@pytest.mark.requirement("wenzhou-2")
def test_two_prizes_for_legal_persons_only():
    assert [prize.key for prize in WENZHOU.prizes] == ["quality", "innovation"]
    for prize in WENZHOU.prizes:
        assert (prize.legal_statuses, prize.legal_status_article) == (["legal_person"], "2")
    assert answer("legal_person") is True
    for other in ("unincorporated", "branch", "internal_body", "dispatched_body"):
        assert answer("legal_person", org_legal_status=other) is False


@pytest.mark.requirement("wenzhou-3")
def test_every_year_five_each_and_better_none_than_unworthy():
    assert WENZHOU.cycle.every_years == 1
    assert all(cycle.offered(WENZHOU, year) for year in (2021, 2022, 2026))
    for prize in ("quality", "innovation"):
        assert p.placed(WENZHOU, prize, *[[]] * 6) == (5, ["3"])
        assert p.placed(WENZHOU, prize) == (0, [])
    assert all(prize.may_stay_vacant for prize in WENZHOU.prizes)
    assert next(said for said in WENZHOU.principles if said.key == "better_none").article == "3"


@pytest.mark.requirement("wenzhou-4")
def test_the_standard_in_force_is_named():
    standard = WENZHOU.standard
    assert standard is not None
    assert (standard.number, standard.article, standard.edition.assumed) == ("GB/T 19580", "4", True)
    assert "19579" in standard.title.zh


@pytest.mark.requirement("wenzhou-5")
@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({"org_sectors": ["smart_equipment"]}, "smart_equipment"),
        ({"org_sectors": ["new_materials"]}, "new_materials"),
        ({"org_sectors": ["new_energy_vehicles"]}, "new_energy_vehicles"),
        ({"org_listed": True}, "listed"),
        ({"form_listing": "soon"}, "listed"),
        ({"form_brand_programmes": ["pinzibiao"]}, "pinzibiao"),
        ({"org_size": "medium"}, "growing"),
    ],
)
def test_what_is_encouraged_is_flagged(changes, flag):
    assert p.flags(WENZHOU, **changes) == {flag}
    assert {e.effect for e in WENZHOU.encouragements if e.article == "5"} == {"flag"}
    assert p.flags(WENZHOU) == set()


@pytest.mark.requirement("wenzhou-6")
def test_the_committees_seats_and_how_the_others_come_to_theirs():
    committee = WENZHOU.organ("committee")
    assert [seat.role for seat in committee.seats] == ["director", "deputy", "deputy", "member"]
    assert committee.members_approved_by == "government"
    director = WENZHOU.organ("office").seats[0]
    assert director.unit is not None
    assert "副局长" in director.unit.zh


@pytest.mark.requirement("wenzhou-7")
def test_what_only_the_committee_does():
    powers = {power.act for power in WENZHOU.organ("committee").powers}
    assert powers == {"decide_major_matter", "approve_rules", "hear_report", "review_results", "fix_list"}


@pytest.mark.requirement("wenzhou-9")
@pytest.mark.requirement("wenzhou-10")
def test_teams_of_three_to_five_qualified_experts():
    for key in ("documents", "onsite"):
        team = p.stage(WENZHOU, key).team
        assert (team.min, team.max, team.otherwise) == (3, 5, "reason")
        assert (
            set(team.qualifications["any"])
            == set(WENZHOU.qualifications)
            == {"provincial_reviewer", "national_reviewer"}
        )
        assert (team.article, team.qualification_article) == ("9", "10")


@pytest.mark.requirement("wenzhou-12")
@pytest.mark.parametrize(
    ("day", "usual"), [("2026-03-31", False), ("2026-04-01", True), ("2026-06-30", True), ("2026-07-01", False)]
)
def test_the_call_goes_out_in_the_second_quarter_or_with_a_reason(day, usual):
    call = WENZHOU.cycle.call_window
    assert call is not None
    assert (call.otherwise, call.article) == ("reason", "12")
    assert in_usual_months(dt.date.fromisoformat(day), call.months) is usual


@pytest.mark.requirement("wenzhou-13a")
def test_county_and_zone_offices_review_consult_and_recommend_their_own():
    stage = p.stage(WENZHOU, "recommendation")
    assert (stage.by, stage.own_by) == (["county_office", "zone_office"], ["territory"])
    assert stage.first_review and stage.consults
    offices = [b for b in p.file("wenzhou-2020").bodies if b["kind"] in stage.by]
    territories = [code for office in offices for code in office["territory"]]
    assert len(territories) == len(set(territories)) == len(offices)


@pytest.mark.requirement("wenzhou-13b")
def test_holders_of_a_county_award_come_first():
    assert p.stage(WENZHOU, "recommendation").ranks
    assert p.flags(WENZHOU, awards_county_level=True) == {"county_award"}
    assert [e.key for e in WENZHOU.encouragements if e.effect == "priority"] == ["county_award"]


@pytest.mark.requirement("wenzhou-13c")
@pytest.mark.parametrize(
    ("under", "through"),
    [("city", False), ("province", False), ("prefecture", False), ("county", True), ("", True), (None, True)],
)
def test_units_directly_under_city_or_province_skip_the_county(under, through):
    assert p.goes_through(WENZHOU, "recommendation", org_subordination=under) is through
    assert p.goes_through(WENZHOU, "eligibility", org_subordination=under)


@pytest.mark.requirement("wenzhou-14")
def test_those_who_fail_eligibility_are_told_in_writing():
    stage = p.stage(WENZHOU, "eligibility")
    assert (stage.failed_told, stage.failed_article) == ("in_writing", "14")
    assert answer("form_verified", check_form_true=False) is False


@pytest.mark.requirement("wenzhou-15")
def test_at_most_twenty_go_onsite_and_the_others_are_told_in_writing():
    stage = p.stage(WENZHOU, "documents")
    assert (stage.shortlist.max.value, stage.shortlist.per, stage.shortlist.max.assumed) == (20, "round", False)
    assert (stage.feedback, stage.report_article) == ("in_writing", "15")


@pytest.mark.requirement("wenzhou-16a")
def test_the_onsite_report_is_fed_back_on_the_spot_and_signed_by_the_head():
    confirm = p.stage(WENZHOU, "onsite").confirm
    assert (confirm.by, confirm.on_the_spot, confirm.article) == ("head", True, "16")


@pytest.mark.requirement("wenzhou-16b")
def test_at_most_ten_candidates():
    shortlist = p.stage(WENZHOU, "onsite").shortlist
    assert (shortlist.max.value, shortlist.per, shortlist.article) == (10, "round", "16")


@pytest.mark.requirement("wenzhou-17")
def test_a_plenary_meeting_a_report_and_a_secret_ballot():
    vote = p.stage(WENZHOU, "vote")
    assert vote.plenary and vote.hears_report
    assert vote.secret.value and not vote.secret.assumed
    assert vote.electorate == ["committee"]


def test_what_the_text_leaves_open_is_marked_assumed():
    assert {"vote.quorum", "vote.majority", "vote.method"} <= p.assumed(WENZHOU)
    assert not {"vote.secret", "documents.max", "onsite.max", "publicity.length"} & p.assumed(WENZHOU)


def test_the_stages_in_order():
    assert p.order(WENZHOU) == [
        "call",
        "intake",
        "recommendation",
        "eligibility",
        "documents",
        "onsite",
        "vote",
        "publicity",
        "approval",
        "conferral",
    ]


@pytest.mark.requirement("wenzhou-18")
def test_seven_days_and_a_report_to_the_committee():
    w = p.publicity_window(WENZHOU, "2026-09-28")
    assert (w.first_day, w.last_day) == (dt.date(2026, 9, 29), dt.date(2026, 10, 5))
    stage = p.stage(WENZHOU, "publicity")
    assert (stage.report_to, stage.report_article) == ("committee", "18")


@pytest.mark.requirement("wenzhou-19")
def test_the_committee_fixes_the_list_before_the_government_approves():
    stage = p.stage(WENZHOU, "approval")
    assert (stage.by, stage.reviewed_by) == ("government", "committee")


@pytest.mark.parametrize("prize", ["quality", "innovation"])
def test_there_is_no_fixed_bonus(prize):
    assert p.amount(WENZHOU, prize) is None
    assert "bonus" not in p.reward(WENZHOU, prize).items


@pytest.mark.requirement("wenzhou-21a")
def test_who_is_no_longer_fit_loses_the_title():
    sanction = next(s for s in WENZHOU.sanctions if s.ground == "no_longer_fit")
    assert (sanction.act, sanction.chain, sanction.bar) == ("withdraw", ["office", "government"], None)


@pytest.mark.requirement("wenzhou-21b")
def test_revocation_bars_for_five_years():
    revoked = {s.ground: s for s in WENZHOU.sanctions if s.act == "revoke"}
    assert set(revoked) == {"fraud", "accident", "serious_violation"}
    for sanction in revoked.values():
        assert sanction.bar is not None
        assert (sanction.bar.unit, sanction.bar.length) == ("years", 5)
        assert (sanction.chain, sanction.within_years) == (["office", "government"], None)
    assert revoked["accident"].min_grade == "major"


@pytest.mark.requirement("wenzhou-22")
def test_misuse_is_ordered_to_be_corrected():
    assert [(s.act, s.article) for s in WENZHOU.sanctions if s.ground == "misuse"] == [("order_correction", "22")]


@pytest.mark.requirement("wenzhou-24")
def test_everyone_involved_signs_and_steps_aside():
    assert {who for u in WENZHOU.undertakings for who in u.who} == {"reviewer", "voter", "staff", "department"}
    assert set(WENZHOU.recusal.covers.value) == {"reviewer", "voter", "staff", "department", "recommender"}
    assert not WENZHOU.recusal.covers.assumed


@pytest.mark.requirement("wenzhou-26")
@pytest.mark.parametrize(
    ("day", "why"), [("2020-11-30", "not_yet"), ("2020-12-01", ""), ("2030-12-01", ""), ("2030-12-02", "expired")]
)
def test_in_force_for_ten_years_and_replaces_2012(day, why):
    assert lapse(WENZHOU, dt.date.fromisoformat(day)) == why
    assert [r.edition for r in WENZHOU.replaces] == ["2012"]
