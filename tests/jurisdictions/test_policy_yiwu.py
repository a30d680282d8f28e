"""Yiwu, 2020 revision: what the policy file says, and what its conditions and rewards come to."""

from __future__ import annotations

import datetime as dt

import pytest

from jurisdictions.calendar import Calendar, derivation, effective_on, lapse, window
from jurisdictions.policy import cycle
from tests.jurisdictions import policies as p

YIWU = p.policy("yiwu-2020")


def answer(key, **changes):
    return p.answer(YIWU, key, **changes)


@pytest.mark.requirement("yiwu-1.1-3")
def test_two_prizes_for_organisations_in_four_fields():
    assert [prize.key for prize in YIWU.prizes] == ["quality", "innovation"]
    for prize in YIWU.prizes:
        assert set(prize.activities) == {"production", "construction", "services", "environment"}
        assert prize.article == "1.1-3"


@pytest.mark.requirement("yiwu-1.4")
def test_no_fee_is_shown_on_every_form():
    no_fee = next(said for said in YIWU.principles if said.key == "no_fee")
    assert {"form", "public"} <= set(no_fee.shown_on)
    assert no_fee.article == "1.4"


@pytest.mark.requirement("yiwu-1.5")
def test_every_year_at_most_three_and_two():
    assert YIWU.cycle.every_years == 1
    assert all(cycle.offered(YIWU, year) for year in (2021, 2022, 2026))
    assert p.placed(YIWU, "quality", *[[]] * 4) == (3, ["1.5"])
    assert p.placed(YIWU, "innovation", *[[]] * 3) == (2, ["1.5"])


@pytest.mark.requirement("yiwu-1.6")
def test_the_standard_in_force_is_named():
    standard = YIWU.standard
    assert standard is not None
    assert (standard.number, standard.article, standard.edition.assumed) == ("GB/T 19580", "1.6", True)
    assert "19579" in standard.title.zh


@pytest.mark.requirement("yiwu-1.7")
@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({"org_sectors": ["strategic_emerging"]}, "strategic_emerging"),
        ({"org_size": "small"}, "growing"),
        ({"org_sectors": ["information_economy"]}, "information_economy"),
        ({"org_sectors": ["agriculture"]}, "agriculture"),
        ({"form_brand_programmes": ["export_brand"]}, "export_brand"),
    ],
)
def test_what_is_encouraged_is_flagged(changes, flag):
    assert p.flags(YIWU, **changes) == {flag}
    assert {e.effect for e in YIWU.encouragements if e.article == "1.7"} == {"flag"}
    assert p.flags(YIWU) == set()


@pytest.mark.requirement("yiwu-2")
def test_the_committee_its_other_members_and_the_office():
    committee = YIWU.organ("committee")
    assert [seat.role for seat in committee.seats] == ["director", "member"]
    assert committee.members_approved_by == "government"
    assert YIWU.organ("office").host is not None
    assert YIWU.organ("office").seats[0].role == "director"


@pytest.mark.requirement("yiwu-2.1")
def test_what_only_the_committee_does():
    powers = {power.act for power in YIWU.organ("committee").powers}
    assert powers == {"decide_major_matter", "approve_rules", "review_results", "fix_list"}


@pytest.mark.requirement("yiwu-2.3")
def test_teams_of_three_to_five_with_an_industry_expert_and_a_plan():
    for key in ("documents", "onsite"):
        team = p.stage(YIWU, key).team
        assert (team.min, team.max, team.otherwise, team.industry_expert) == (3, 5, "refuse", True)
    plan = p.stage(YIWU, "onsite").plan
    assert (plan.article, plan.by.assumed) == ("2.3", True)


@pytest.mark.requirement("yiwu-4.2")
def test_the_form_asks_for_everything_and_pinzibiao_comes_first():
    for form in YIWU.forms:
        fields = {f.key: f for section in form.sections for f in section.fields}
        assert form.self_evaluation == "excellence"
        assert fields["self_evaluation_report"].required
        assert fields["declares_no_fee_known"].article == "1.4"
    assert "first_recommended" in p.flags(YIWU, form_brand_programmes=["pinzibiao"])
    assert [e.key for e in YIWU.encouragements if e.effect == "priority"] == ["first_recommended"]


@pytest.mark.requirement("yiwu-5.1")
def test_eligibility_with_the_departments_for_truth_and_completeness():
    stage = p.stage(YIWU, "eligibility")
    assert {"truth", "completeness"} <= set(stage.points)
    assert "form_true" in stage.consult.asks
    assert answer("form_verified", check_form_true=False) is False


@pytest.mark.requirement("yiwu-5.2")
def test_the_document_report_is_confirmed_and_the_others_hear():
    stage = p.stage(YIWU, "documents")
    assert (stage.confirm.article, stage.feedback, stage.report_article) == ("5.2", "feedback", "5.2")
    assert stage.shortlist.times_quota.assumed


@pytest.mark.requirement("yiwu-5.3")
def test_member_units_and_the_credit_centre_review_those_shortlisted():
    stage = p.stage(YIWU, "departments")
    assert set(stage.bodies) == {"department", "other"}
    assert {b["key"] for b in p.file("yiwu-2020").bodies if b["kind"] == "other"} == {"credit"}
    assert stage.credit_weight.assumed and stage.opinions.assumed
    assert p.order(YIWU).index("documents") < p.order(YIWU).index("departments")


@pytest.mark.requirement("yiwu-5.4")
def test_the_teams_opinion_is_due_seven_working_days_after_the_visit():
    stage = p.stage(YIWU, "onsite")
    due = window(
        Calendar(), after=dt.date(2026, 9, 29), length=stage.opinion_within.length.value, unit=stage.opinion_within.unit
    )
    assert due.last_day == dt.date(2026, 10, 14)
    assert stage.confirm.article == "5.4"


@pytest.mark.requirement("yiwu-5.5a")
def test_the_total_joins_documents_site_and_departments():
    inputs = {i.stage: i.weight for i in p.stage(YIWU, "composite").inputs}
    assert set(inputs) == {"documents", "onsite", "departments"}
    assert sum(w.value for w in inputs.values()) == 100
    assert all(w.assumed for w in inputs.values())


@pytest.mark.requirement("yiwu-5.5b")
def test_the_committee_and_representatives_vote_in_secret():
    vote = p.stage(YIWU, "vote")
    assert vote.electorate == ["committee", "panel"]
    assert [seat.key for seat in YIWU.organ("panel").seats] == ["enterprise", "association"]
    assert vote.secret.value and not vote.secret.assumed


def test_what_the_text_leaves_open_is_marked_assumed():
    assert {"vote.quorum", "vote.majority", "vote.method", "composite.weight"} <= p.assumed(YIWU)
    assert not {"vote.secret", "publicity.length", "onsite.length"} & p.assumed(YIWU)


def test_the_stages_in_order():
    assert p.order(YIWU) == [
        "call",
        "intake",
        "eligibility",
        "documents",
        "departments",
        "onsite",
        "composite",
        "vote",
        "publicity",
        "approval",
        "conferral",
    ]


@pytest.mark.requirement("yiwu-5.6")
def test_seven_days_in_the_main_media_and_a_report_to_the_committee():
    w = p.publicity_window(YIWU, "2026-09-28")
    assert (w.first_day, w.last_day) == (dt.date(2026, 9, 29), dt.date(2026, 10, 5))
    stage = p.stage(YIWU, "publicity")
    assert stage.report_to == "committee"
    assert "媒体" in stage.media.zh


@pytest.mark.requirement("yiwu-5.7")
def test_committee_review_comes_before_the_government():
    stage = p.stage(YIWU, "approval")
    assert (stage.by, stage.reviewed_by) == ("government", "committee")


@pytest.mark.requirement("yiwu-6.1")
@pytest.mark.parametrize(("prize", "amount"), [("quality", 1_000_000), ("innovation", 300_000)])
@pytest.mark.parametrize("ever", [[], ["innovation"], ["quality", "innovation"]])
def test_what_winners_get_whatever_they_won_before(prize, amount, ever):
    assert p.amount(YIWU, prize, awards_ever=ever) == amount
    assert {"plaque", "certificate", "bonus"} <= set(p.reward(YIWU, prize).items)


@pytest.mark.requirement("yiwu-7.2")
def test_fraud_bars_for_six_years():
    fraud = next(s for s in YIWU.sanctions if s.key == "fraud")
    assert (fraud.act, fraud.chain) == ("revoke", ["office", "committee", "government"])
    assert fraud.bar is not None
    assert (fraud.bar.unit, fraud.bar.length) == ("years", 6)
    assert set(fraud.takes_back) == {"plaque", "certificate", "bonus"}
    assert fraud.credit_file and fraud.disclose


@pytest.mark.requirement("yiwu-7.5")
def test_who_refuses_to_correct_misuse_loses_the_title_but_not_the_bonus():
    sanction = next(s for s in YIWU.sanctions if s.ground == "misuse_uncorrected")
    assert (sanction.act, sanction.chain) == ("revoke", ["office", "committee", "government"])
    assert set(sanction.takes_back) == {"plaque", "certificate"}
    assert sanction.media is not None
    assert next(s for s in YIWU.sanctions if s.ground == "misuse").act == "order_correction"


@pytest.mark.requirement("yiwu-7.6")
@pytest.mark.parametrize("ground", ["accident", "serious_violation"])
def test_two_years_of_good_conduct(ground):
    sanction = next(s for s in YIWU.sanctions if s.ground == ground)
    assert (sanction.within_years, sanction.act, sanction.disclose) == (2, "revoke", True)
    assert sanction.chain == ["office", "committee", "government"]  # as the text has it
    assert set(sanction.takes_back) == {"plaque", "certificate", "bonus"}


@pytest.mark.requirement("yiwu-7.7")
def test_breaches_of_those_who_take_part():
    assert YIWU.discipline is not None
    assert set(YIWU.discipline.acts) == {"criticise", "strike", "hand_over"}
    assert {who for u in YIWU.undertakings for who in u.who} == {"reviewer", "voter", "staff", "department"}


@pytest.mark.requirement("yiwu-8")
def test_in_force_thirty_days_after_publication_and_replaces_2018():
    assert effective_on(YIWU) == dt.date(2021, 3, 10)
    assert [s.day for s in derivation(YIWU)][-1] == dt.date(2021, 3, 10)
    assert lapse(YIWU, dt.date(2021, 3, 9)) == "not_yet"
    assert lapse(YIWU, dt.date(2021, 3, 10)) == ""
    assert [r.edition for r in YIWU.replaces] == ["2018"]
