"""Qingyuan, draft of 2025: what the policy file says, and what its conditions and rewards come to."""

from __future__ import annotations

import datetime as dt

import pytest

from jurisdictions.calendar import effective_on, lapse
from jurisdictions.policy import cycle
from tests.jurisdictions import policies as p

QINGYUAN = p.policy("qingyuan-draft-2025")


def answer(key, **changes):
    return p.answer(QINGYUAN, key, **changes)


@pytest.mark.requirement("qingyuan-1.1")
def test_two_prizes_for_organisations_in_four_fields():
    assert [prize.key for prize in QINGYUAN.prizes] == ["quality", "innovation"]
    for prize in QINGYUAN.prizes:
        assert set(prize.activities) == {"production", "construction", "services", "environment"}
        assert "enterprise" in prize.applicants
        assert "individual" not in prize.applicants


@pytest.mark.requirement("qingyuan-1.2")
def test_a_round_every_two_years_with_three_places_each():
    assert QINGYUAN.cycle.every_years == 2
    assert QINGYUAN.cycle.base_year.assumed
    assert [bool(cycle.offered(QINGYUAN, year)) for year in (2025, 2026, 2027)] == [True, False, True]
    for prize in ("quality", "innovation"):
        assert p.placed(QINGYUAN, prize, [], [], [], []) == (3, ["1.2"])


@pytest.mark.requirement("qingyuan-1.4")
def test_the_standard_in_force_is_named():
    standard = QINGYUAN.standard
    assert standard is not None
    assert (standard.number, standard.article, standard.edition.assumed) == ("GB/T 19580", "1.4", True)
    assert "19579" in standard.title.zh


@pytest.mark.requirement("qingyuan-1.5")
@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({"org_sectors": ["digital_economy"]}, "digital_economy"),
        ({"org_sectors": ["life_health"]}, "life_health"),
        ({"org_sectors": ["green_building"]}, "green_building"),
        ({"org_size": "small"}, "growing"),
        ({"form_brand_programmes": ["pinzibiao"]}, "pinzibiao"),
        ({"form_brand_programmes": ["export_brand"]}, "export_brand"),
    ],
)
def test_what_is_encouraged_is_flagged_and_never_a_bar(changes, flag):
    assert p.flags(QINGYUAN, **changes) == {flag}
    assert {e.effect for e in QINGYUAN.encouragements} == {"flag"}
    assert p.flags(QINGYUAN) == set()
    assert p.answers(QINGYUAN) == set()


@pytest.mark.requirement("qingyuan-2.1")
def test_the_committee_may_invite_and_the_office_sits_with_the_regulator():
    seats = QINGYUAN.organ("committee").seats
    assert [s.role for s in seats] == ["director", "member", "invited", "invited", "invited"]
    assert QINGYUAN.organ("office").host is not None
    assert [s.role for s in QINGYUAN.organ("office").seats] == ["director"]


@pytest.mark.requirement("qingyuan-2.2")
def test_what_only_the_committee_does():
    powers = {power.act for power in QINGYUAN.organ("committee").powers}
    assert powers == {"decide_major_matter", "approve_rules", "review_results", "fix_list"}


@pytest.mark.requirement("qingyuan-2.4")
def test_teams_of_three_or_more_with_an_industry_expert():
    for key in ("documents", "onsite"):
        team = p.stage(QINGYUAN, key).team
        assert (team.min, team.max, team.otherwise, team.industry_expert) == (3, None, "refuse", True)


@pytest.mark.requirement("qingyuan-3.2.2")
def test_the_form_asks_for_self_evaluation_report_and_evidence():
    for form in QINGYUAN.forms:
        fields = {f.key: f for section in form.sections for f in section.fields}
        assert form.self_evaluation == "excellence"
        assert fields["self_evaluation_report"].required
        assert fields["licence_file"].required
        assert fields["declares_truth"].must_accept


@pytest.mark.requirement("qingyuan-4.1")
def test_departments_verify_and_recommend():
    eligibility = p.stage(QINGYUAN, "eligibility")
    assert eligibility.consult.recommends
    assert set(eligibility.points) == {"conditions", "truth"}
    assert "form_true" in eligibility.consult.asks
    assert answer("form_verified", check_form_true=False) is False


@pytest.mark.requirement("qingyuan-4.3")
def test_the_applicant_confirms_the_onsite_report():
    assert p.stage(QINGYUAN, "onsite").confirm.article == "4.3"
    assert p.stage(QINGYUAN, "documents").confirm is None


@pytest.mark.requirement("qingyuan-4.4")
def test_documents_and_site_make_the_total_that_ranks_before_the_vote():
    inputs = {i.stage: i.weight.value for i in p.stage(QINGYUAN, "composite").inputs}
    assert set(inputs) == {"documents", "onsite"}
    assert sum(inputs.values()) == 100
    assert p.stage(QINGYUAN, "vote").electorate == ["committee"]


def test_the_stages_in_order():
    assert p.order(QINGYUAN) == [
        "call",
        "intake",
        "eligibility",
        "documents",
        "onsite",
        "composite",
        "vote",
        "publicity",
        "approval",
        "conferral",
    ]


def test_what_the_text_leaves_open_is_marked_assumed():
    assert {"vote.quorum", "vote.majority", "vote.secret", "composite.weight"} <= p.assumed(QINGYUAN)
    assert "publicity.length" not in p.assumed(QINGYUAN)


@pytest.mark.requirement("qingyuan-4.5")
def test_seven_days_on_the_portal_and_a_report_to_the_committee():
    w = p.publicity_window(QINGYUAN, "2026-09-28")
    assert (w.first_day, w.last_day) == (dt.date(2026, 9, 29), dt.date(2026, 10, 5))
    assert p.stage(QINGYUAN, "publicity").report_to == "committee"
    assert "门户网站" in p.stage(QINGYUAN, "publicity").media.zh


@pytest.mark.requirement("qingyuan-4.6")
def test_committee_review_comes_before_the_government():
    approval = p.stage(QINGYUAN, "approval")
    assert (approval.by, approval.reviewed_by) == ("government", "committee")


@pytest.mark.requirement("qingyuan-5.1")
@pytest.mark.parametrize(
    ("prize", "ever", "amount"),
    [
        ("quality", [], 200_000),
        ("quality", ["innovation"], 150_000),
        ("innovation", [], 50_000),
        ("innovation", ["quality"], 50_000),
    ],
)
def test_what_a_first_winner_gets(prize, ever, amount):
    given = p.reward(QINGYUAN, prize, awards_ever=ever)
    assert p.amount(QINGYUAN, prize, awards_ever=ever) == amount
    assert given.article == "5.1"
    assert set(given.items) == {"plaque", "certificate", "bonus"}


@pytest.mark.requirement("qingyuan-5.3b")
@pytest.mark.parametrize("ever", [["quality"], ["quality", "innovation"]])
def test_a_quality_holder_winning_again_gets_papers_only_and_takes_no_place(ever):
    given = p.reward(QINGYUAN, "quality", awards_ever=ever)
    assert (given.amount, given.items) == (None, ["certificate", "plaque"])
    first: list[list[str]] = [[], [], []]
    assert p.placed(QINGYUAN, "quality", *first, ever) == (4, [])
    assert p.placed(QINGYUAN, "quality", *first, ["innovation"]) == (3, ["1.2"])


@pytest.mark.requirement("qingyuan-5.3b")
def test_an_innovation_holder_winning_again_takes_a_place():
    given = p.reward(QINGYUAN, "innovation", awards_ever=["innovation"])
    assert (given.amount, given.items) == (None, ["certificate", "plaque"])
    assert p.placed(QINGYUAN, "innovation", [], [], [], ["innovation"]) == (3, ["1.2"])


@pytest.mark.requirement("qingyuan-5.3a")
def test_validity_and_when_holders_may_apply_again():
    assert QINGYUAN.prize("quality").validity_years == 5
    assert QINGYUAN.prize("innovation").validity_years is None
    assert p.waits(QINGYUAN, "quality", won="quality", in_year=2025, year=2028) == ["quality_four_years"]
    assert p.waits(QINGYUAN, "quality", won="quality", in_year=2025, year=2029) == []
    assert p.waits(QINGYUAN, "quality", won="innovation", in_year=2025, year=2025) == ["innovation_one_year"]
    assert p.waits(QINGYUAN, "quality", won="innovation", in_year=2025, year=2026) == []


@pytest.mark.requirement("qingyuan-6.2")
def test_fraud_goes_through_three_organs_and_into_the_credit_file():
    fraud = next(s for s in QINGYUAN.sanctions if s.key == "fraud")
    assert (fraud.act, fraud.chain) == ("revoke", ["office", "committee", "government"])
    assert set(fraud.takes_back) == {"plaque", "certificate", "bonus"}
    assert fraud.credit_file and fraud.disclose and fraud.bar is None


@pytest.mark.requirement("qingyuan-6.6")
def test_an_accident_within_two_years():
    accident = next(s for s in QINGYUAN.sanctions if s.key == "accident")
    assert (accident.within_years, accident.chain, accident.disclose) == (2, ["office", "government"], True)


@pytest.mark.requirement("qingyuan-6.7")
def test_breaches_of_those_who_take_part():
    assert QINGYUAN.discipline is not None
    assert set(QINGYUAN.discipline.acts) == {"criticise", "strike", "hand_over"}
    assert {who for u in QINGYUAN.undertakings for who in u.who} == {"reviewer", "voter", "staff", "department"}


@pytest.mark.requirement("qingyuan-7.2")
def test_a_draft_whose_day_is_open_replaces_the_trial_of_2011():
    assert QINGYUAN.status == "draft"
    assert effective_on(QINGYUAN) is None
    assert lapse(QINGYUAN, dt.date(2026, 1, 1)) == "draft"
    assert [r.edition for r in QINGYUAN.replaces] == ["2011"]
