"""Wenling, 2023 revision: what the policy file says, and what its conditions, cycle and quotas come to.

The marker stands where a row is proven by the policy alone (data, conditions, cycle, quotas, waiting periods). For other rules these tests
show the parameters; that they are enforced is proven where they are enforced.
"""

from __future__ import annotations

import datetime as dt

import pytest

from jurisdictions.calendar import lapse
from jurisdictions.policy import conditions, cycle, quota
from tests.jurisdictions import policies as p

WENLING = p.policy("wenling-2023")
CLOSES = "2026-06-30"


def answer(key, **changes):
    return p.answer(WENLING, key, **changes)


def test_the_file_has_no_problems():
    assert [str(problem) for problem in p.file("wenling-2023").problems] == []


@pytest.mark.requirement("wenling-2")
def test_two_prizes_and_who_each_is_for():
    quality, standards = WENLING.prize("quality"), WENLING.prize("standards")
    assert set(quality.activities) == {"production", "construction", "services", "environment"}
    assert set(standards.applicants) >= {"enterprise", "research_institute", "testing_body", "social_group"}
    for prize in (quality, standards):
        assert prize.article == "2"
        assert {"individual", "team", "project"}.isdisjoint(prize.applicants)
    assert "school" in quality.applicants
    assert "school" not in standards.applicants


@pytest.mark.requirement("wenling-3a")
@pytest.mark.parametrize(
    ("year", "prizes"),
    [
        (2023, []),
        (2024, ["quality"]),
        (2025, ["quality"]),
        (2026, ["standards"]),
        (2027, ["quality"]),
        (2029, ["standards"]),
    ],
)
def test_two_years_quality_then_one_year_standards(year, prizes):
    assert cycle.offered(WENLING, year) == prizes
    assert (WENLING.cycle.article, WENLING.cycle.every_years, WENLING.cycle.base_year.assumed) == ("3", 1, True)


@pytest.mark.requirement("wenling-3b")
def test_a_sixth_winner_and_an_eleventh_nomination_are_refused_with_the_article():
    winners = [quota.Candidate(n, "quality") for n in range(7)]
    placed, refused = quota.fill(winners, WENLING.quotas)
    assert [place.candidate.id for place in placed] == [0, 1, 2, 3, 4]
    assert {(no.article, no.quota.key, no.limit) for no in refused} == {("3", "winners", 5)}
    nominated = [quota.Candidate(n, "quality_nomination") for n in range(12)]
    placed, refused = quota.fill(nominated, WENLING.quotas)
    assert (len(placed), {no.article for no in refused}) == (10, {"3"})


@pytest.mark.requirement("wenling-3b")
def test_a_list_made_by_hand_that_goes_over_is_named_with_its_limit():
    six = [quota.Place(quota.Candidate(n, "standards")) for n in range(6)]
    assert [(over.key, limit, got) for over, limit, got in quota.exceeded(six, WENLING.quotas)] == [("winners", 5, 6)]
    assert quota.exceeded(six[:5], WENLING.quotas) == []


@pytest.mark.requirement("wenling-3b")
def test_the_number_of_nominations_is_set_for_each_round_and_never_over_ten():
    this_round = next(q for q in WENLING.quotas if q.key == "nominations_this_round")
    assert this_round.max is not None
    assert this_round.max.assumed
    fewer = this_round.model_copy(update={"max": this_round.max.model_copy(update={"value": 4})})
    quotas = [fewer if q.key == this_round.key else q for q in WENLING.quotas]
    placed, _refused = quota.fill([quota.Candidate(n, "quality_nomination") for n in range(9)], quotas)
    assert len(placed) == 4
    legal = next(q for q in WENLING.quotas if q.key == "nominations")
    assert legal.max is not None
    assert (legal.max.value, legal.max.assumed, this_round.inside) == (10, False, "nominations")


@pytest.mark.requirement("wenling-4")
def test_the_committee_and_its_seats():
    committee = WENLING.organ("committee")
    assert [(seat.role, seat.count) for seat in committee.seats] == [
        ("director", 1),
        ("deputy", 1),
        ("deputy", 1),
        ("member", None),
    ]
    assert committee.article == "4"


def test_what_the_committee_alone_may_do():
    powers = {power.act: power.article for power in WENLING.organ("committee").powers}
    assert {powers[act] for act in ("decide_major_matter", "issue_rules", "review_results", "fix_list")} == {"4"}
    assert powers["order_correction"] == "24"
    approval = p.stage(WENLING, "approval")
    assert (approval.reviewed_by, approval.review_article) == ("committee", "4")


def test_the_office_sits_at_the_regulator():
    office = WENLING.organ("office")
    assert (office.article, [seat.role for seat in office.seats]) == ("5", ["director", "deputy"])


def test_a_team_of_three_or_a_recorded_reason():
    for key in ("documents", "onsite"):
        team = p.stage(WENLING, key).team
        assert (team.min, team.max, team.otherwise, team.article) == (3, None, "reason", "6")


def test_the_plan_of_a_visit_needs_an_approval():
    plan = p.stage(WENLING, "onsite").plan
    assert (plan.article, plan.by.value, plan.by.assumed) == ("6", "office", True)


def test_reviewers_are_qualified_for_their_prize():
    for key in ("documents", "onsite"):
        team = p.stage(WENLING, key).team
        assert team.qualifications == {
            "quality": ["provincial_reviewer", "provincial_trainee"],
            "standards": ["provincial_standards_expert"],
        }
        assert team.qualification_article == "7"


def test_each_recommends_its_own():
    stage = p.stage(WENLING, "recommendation")
    assert set(stage.by) == {"department", "town", "association"}
    assert set(stage.own_by) == {"sector", "territory", "membership"}
    assert stage.also == ["8"]


@pytest.mark.requirement("wenling-9.1")
@pytest.mark.parametrize(
    ("changes", "value"),
    [
        ({}, True),
        ({"org_in_territory": False}, False),
        ({"org_operating": False}, False),
        ({"org_in_territory": None}, None),
    ],
)
def test_operates_inside_the_city(changes, value):
    assert answer("operates_here", **changes) is value


@pytest.mark.requirement("wenling-9.3")
@pytest.mark.parametrize(
    ("key", "changes", "value"),
    [
        ("good_credit", {}, True), ("good_credit", {"check_credit_bad": True}, False), ("good_credit", {"check_credit_bad": None}, None),
        ("no_failed_spot_check", {}, True), ("no_failed_spot_check", {"form_spot_check_failed_3y": True}, False),
        ("no_failed_spot_check", {"check_spot_check_failed": True}, False), ("no_failed_spot_check", {"check_spot_check_failed": None}, None),
        ("no_failed_spot_check", {"form_spot_check_failed_3y": True, "check_spot_check_failed": None}, False),
        ("no_larger_accident", {}, True), ("no_larger_accident", {"form_accident_grade_3y": "ordinary"}, True),
        ("no_larger_accident", {"form_accident_grade_3y": "larger"}, False), ("no_larger_accident", {"check_accident_grade": "major"}, False),
        ("no_larger_accident", {"form_accident_grade_3y": None}, None),
        ("no_serious_violation", {}, True), ("no_serious_violation", {"check_serious_violation": True}, False),
    ],
)  # fmt: skip
def test_credit_spot_checks_accidents_violations(key, changes, value):
    assert answer(key, **changes) is value


@pytest.mark.requirement("wenling-10.3")
@pytest.mark.parametrize(
    ("cqo", "veto", "value"),
    [(True, True, True), (True, False, False), (False, None, False), (None, None, None), (True, None, None)],
)
def test_a_chief_quality_officer_with_a_veto(cqo, veto, value):
    assert answer("chief_quality_officer", form_has_cqo=cqo, form_cqo_veto=veto) is value


@pytest.mark.requirement("wenling-10.4")
@pytest.mark.parametrize(
    ("key", "changes", "value"),
    [
        ("land_productivity", {"form_land_grade": "B"}, True), ("land_productivity", {"form_land_grade": "C"}, False),
        ("land_productivity", {"form_land_grade": None}, None), ("land_productivity", {"org_kind": "school"}, p.SKIPPED),
        ("land_productivity", {"org_industry": "E"}, p.SKIPPED),
        ("farm_production", {}, p.SKIPPED), ("farm_production", {"org_kind": "farm", "form_farm_grade": "B"}, True),
        ("farm_production", {"org_industry": "A", "form_farm_grade": "C"}, False),
        ("farm_production", {"org_industry": "A", "form_farm_grade": "A"}, True),
    ],
)  # fmt: skip
def test_grades_of_land_and_farm(key, changes, value):
    assert answer(key, **changes) == value


@pytest.mark.requirement("wenling-10.3", "wenling-10.4")
def test_the_quality_award_alone_asks_for_them():
    keys = {condition.key for condition in WENLING.conditions_for("standards")}
    assert keys.isdisjoint(
        {"chief_quality_officer", "land_productivity", "farm_production", "advanced_methods", "brand_and_innovation"}
    )
    assert "standards_work" not in {condition.key for condition in WENLING.conditions_for("quality")}


def standard(level, since="2020-01-01", **more):
    return {"level": level, "role": "led", "in_force_since": since, "self_declared": False, **more}


STANDARDS = [
    ("international", [standard("iso")], [], True), ("international", [standard("itu", since="2026-06-01")], [], True),
    ("international", [standard("iso", role="took_part")], [], False),
    ("national_industry_local", [standard("local", since="2025-06-30")], [], True),
    ("national_industry_local", [standard("national", since="2025-07-01")], [], False),
    ("national_industry_local", [standard("industry", role="took_part")], [], False),
    ("group_enterprise", [standard("group", self_declared=True)], [], True),
    ("group_enterprise", [standard("enterprise", self_declared=True, role="took_part")], [], True),
    ("group_enterprise", [standard("group")], [], False),
    ("group_enterprise", [standard("enterprise", since="2025-07-01", self_declared=True)], [], False),
    ("pilot", [], [{"level": "provincial", "role": "main", "accepted_on": "2024-01-01"}], True),
    ("pilot", [], [{"level": "provincial", "role": "main", "accepted_on": "2026-07-01"}], False),
    ("pilot", [], [{"level": "national", "role": "main", "accepted_on": ""}], False),
    ("pilot", [], [{"level": "national", "role": "took_part", "accepted_on": "2024-01-01"}], False),
    ("pilot", [], [{"level": "other", "role": "main", "accepted_on": "2024-01-01"}], False),
]  # fmt: skip


@pytest.mark.requirement("wenling-11")
@pytest.mark.parametrize(("ground", "standards", "pilots", "value"), STANDARDS)
def test_one_of_four_grounds_with_its_year(ground, standards, pilots, value):
    asked = next(c for c in WENLING.conditions if c.key == "standards_work")
    found = conditions.assess(asked, p.facts(form_standards=standards, form_pilots=pilots, round_closes_on=CLOSES))
    assert found.grounds[ground] is value
    assert found.value is value  # the other grounds do not hold here
    assert asked.article == "11"


@pytest.mark.requirement("wenling-11")
def test_one_ground_is_enough_and_none_is_too_few():
    asked = next(c for c in WENLING.conditions if c.key == "standards_work")
    one = p.facts(form_standards=[standard("iso")], form_pilots=None)
    assert conditions.assess(asked, one).value is True
    assert conditions.assess(asked, p.facts(form_standards=[], form_pilots=[])).value is False
    assert conditions.assess(asked, p.facts(form_standards=[], form_pilots=None)).value is None


@pytest.mark.requirement("wenling-12")
def test_nine_stages_in_order():
    steps = [
        ("notice", "发布通告"), ("application", "申报"), ("recommendation", "推荐"), ("eligibility", "资格审查"), ("documents", "资料评审"),
        ("onsite", "现场评审"), ("composite", "综合评价"), ("vote", "审查表决"), ("publicity", "初选公示"), ("approval", "审定批准"),
    ]  # fmt: skip
    assert [(stage.key, stage.name.zh) for stage in WENLING.stages if stage.kind != "conferral"] == [
        (key, name) if key != "vote" else ("vote", "审查表决") for key, name in steps
    ]


def test_a_form_for_each_prize_with_truth_and_secrets():
    assert WENLING.form_for("quality") is not WENLING.form_for("standards")
    intake = p.stage(WENLING, "application")
    assert (intake.secrets_article, intake.truth_article) == ("14", "14")
    for form in WENLING.forms:
        fields = {field.key: field for section in form.sections for field in section.fields}
        assert fields["declares_truth"].must_accept
        assert {field.type for field in fields.values()} >= {"files"}


def test_the_applicant_confirms_the_report_of_the_visit():
    confirm = p.stage(WENLING, "onsite").confirm
    assert (confirm.by, confirm.article) == ("applicant", "17")


def test_heads_are_heard_and_ballots_scored():
    vote = p.stage(WENLING, "vote")
    assert (vote.method.value, vote.method.assumed, vote.hears_heads, vote.electorate) == (
        "score",
        False,
        True,
        ["committee"],
    )


def test_the_nomination_is_for_those_who_reached_the_vote():
    for prize, of in (("quality_nomination", "quality"), ("standards_nomination", "standards")):
        given = WENLING.prize(prize)
        assert (given.fallback_for, given.fallback_stage, given.is_applied_for) == ([of], "vote", False)


def test_seven_days_of_publicity_then_a_report_to_the_committee():
    stage = p.stage(WENLING, "publicity")
    assert (stage.window.length.value, stage.window.length.assumed, stage.window.unit) == (7, False, "calendar")
    assert (stage.report_to, stage.report_article) == ("committee", "20")
    assert p.publicity_window(WENLING, "2026-03-02").last_day == dt.date(2026, 3, 9)


def test_the_city_government_approves():
    assert (p.stage(WENLING, "approval").by, WENLING.organ("government").kind) == ("government", "approver")


def test_what_winners_and_nominees_get():
    assert set(p.reward(WENLING, "quality").items) == {"plaque", "certificate", "bonus"}
    assert p.reward(WENLING, "quality_nomination").items == ["certificate"]
    assert p.reward(WENLING, "standards_nomination").yuan is None
    given = p.reward(WENLING, "standards")
    assert given.amount is not None
    assert given.amount.assumed


def test_recusal_is_for_reviewers_and_wider_by_assumption():
    assert WENLING.recusal.covers.assumed
    assert "reviewer" in WENLING.recusal.covers.value
    assert [u.key for u in WENLING.undertakings if "reviewer" in u.who] == ["secrecy", "discipline"]


def test_fraud_revokes_reclaims_and_bars_for_five_years():
    fraud = next(s for s in WENLING.sanctions if s.ground == "fraud")
    assert (fraud.article, fraud.act, fraud.takes_back) == ("25", "revoke", ["bonus"])
    assert fraud.bar is not None
    assert (fraud.bar.unit, fraud.bar.length) == ("years", 5)


def test_within_two_years_publicity_of_the_honour_stops():
    stops = {s.ground: s for s in WENLING.sanctions if s.article == "28"}
    assert set(stops) == {"accident", "serious_violation", "breach_of_rules"}
    assert {(s.act, s.within_years, s.disclose, s.bar) for s in stops.values()} == {("stop_publicity", 2, True, None)}
    assert stops["accident"].min_grade == "larger"


def test_breaches_of_those_who_take_part():
    assert WENLING.discipline is not None
    assert (WENLING.discipline.article, set(WENLING.discipline.acts)) == ("29", {"criticise", "strike", "hand_over"})


@pytest.mark.requirement("wenling-30")
def test_in_force_from_its_issue_and_what_it_replaces():
    assert lapse(WENLING, dt.date(2023, 10, 15)) == "not_yet"
    assert lapse(WENLING, dt.date(2023, 10, 16)) == ""
    assert [old.edition for old in WENLING.replaces] == ["2021"]


def test_duties_of_the_table_are_named():
    assert {duty.article for duty in WENLING.duties} == {"5", "9.2", "10.1", "23", "26", "27"}
