"""Tacheng, 2023: what the policy file says, and what its conditions, cycle and quota come to.

The marker stands where a row is proven by the policy alone (data, conditions, cycle, quotas, waiting periods). For other rules these tests
show the parameters; that they are enforced is proven where they are enforced.
"""

from __future__ import annotations

import datetime as dt

import pytest

from jurisdictions.calendar import lapse
from jurisdictions.policy import conditions, cycle, quota
from tests.jurisdictions import policies as p

TACHENG = p.policy("tacheng-2023")


def answer(key, **changes):
    return p.answer(TACHENG, key, **changes)


def test_the_file_has_no_problems():
    assert [str(problem) for problem in p.file("tacheng-2023").problems] == []


@pytest.mark.requirement("tacheng-2")
def test_one_prize_the_highest_honour():
    assert [prize.key for prize in TACHENG.prizes] == ["quality"]
    assert {principle.key: principle.article for principle in TACHENG.principles}["highest_honour"] == "2"


@pytest.mark.requirement("tacheng-3")
def test_no_fee_is_said_on_forms():
    no_fee = next(principle for principle in TACHENG.principles if principle.key == "no_fee")
    assert "form" in no_fee.shown_on
    fields = [field.key for section in TACHENG.forms[0].sections for field in section.fields]
    assert "declares_no_fee_known" in fields


@pytest.mark.requirement("tacheng-4")
@pytest.mark.parametrize(
    ("year", "prizes"), [(2022, []), (2023, ["quality"]), (2024, []), (2025, ["quality"]), (2026, [])]
)
def test_every_second_year(year, prizes):
    assert cycle.offered(TACHENG, year) == prizes
    assert cycle.next_year(TACHENG, 2025) == 2027
    assert TACHENG.cycle.alternates_with is not None
    assert TACHENG.cycle.base_year.assumed


@pytest.mark.requirement("tacheng-4")
def test_at_most_three_and_none_is_allowed():
    placed, refused = quota.fill([quota.Candidate(n, "quality") for n in range(5)], TACHENG.quotas)
    assert (len(placed), {(no.article, no.limit) for no in refused}) == (3, {("4", 3)})
    assert quota.fill([], TACHENG.quotas) == ([], [])
    assert TACHENG.prize("quality").may_stay_vacant


@pytest.mark.requirement("tacheng-5")
def test_the_criteria():
    assert TACHENG.standard is not None
    assert "19580" in TACHENG.standard.number
    assert "19579" in TACHENG.standard.title.zh
    assert TACHENG.sheet("excellence").total == 1000
    assert len(TACHENG.sheet("excellence").leaves()) == 23


@pytest.mark.requirement("tacheng-7")
def test_the_office_at_the_regulator():
    office = TACHENG.organ("office")
    assert office.article == "7"
    assert office.host is not None
    assert office.host.zh == "地区市场监督管理局"


@pytest.mark.requirement("tacheng-9")
@pytest.mark.parametrize("status", ["legal_person", "unincorporated", "branch", "internal_body", "dispatched_body"])
def test_legal_forms_that_may_apply(status):
    assert answer("legal_form", org_legal_status=status) is True
    assert status in TACHENG.prize("quality").legal_statuses


@pytest.mark.requirement("tacheng-9")
@pytest.mark.parametrize(
    ("status", "value"), [("natural_person", False), ("team", False), ("project", False), (None, None)]
)
def test_legal_forms_that_may_not(status, value):
    assert answer("legal_form", org_legal_status=status) is value


@pytest.mark.requirement("tacheng-9.2")
@pytest.mark.parametrize(
    ("since", "sectors", "value"),
    [
        ("2021-06-30", [], True), ("2021-07-01", [], False), ("2023-06-30", ["new_format"], True), ("2023-06-30", ["tourism"], False),
        ("2023-07-01", ["new_model"], False), ("2020-01-01", ["new_technology"], True), (None, [], None),
    ],
)  # fmt: skip
def test_five_years_or_three_in_new_fields(since, sectors, value):
    assert answer("years_running", org_operating_since=since, org_sectors=sectors) is value
    assert answer("set_up_here") is True
    assert answer("set_up_here", org_in_territory=False) is False


@pytest.mark.requirement("tacheng-9.3")
@pytest.mark.parametrize(
    ("key", "changes", "value"),
    [
        ("no_major_accident", {}, True), ("no_major_accident", {"form_accident_grade_3y": "larger"}, True),
        ("no_major_accident", {"check_accident_grade": "major"}, False), ("no_major_accident", {"check_accident_grade": None}, None),
        ("no_violation", {"form_violation_3y": False, "check_violation": False}, True),
        ("no_violation", {"form_violation_3y": True, "check_violation": None}, False), ("no_violation", {"form_violation_3y": False}, None),
    ],
)  # fmt: skip
def test_no_major_accident_and_no_related_violation(key, changes, value):
    assert answer(key, **changes) is value


@pytest.mark.requirement("tacheng-9.7")
@pytest.mark.parametrize(
    ("size", "flagged"), [("small", {"small_and_growing"}), ("medium", {"small_and_growing"}), ("large", set())]
)
def test_small_and_medium_organisations_are_flagged(size, flagged):
    assert p.flags(TACHENG, org_size=size) == flagged


WON = {"prize": "quality", "year": 2023, "jurisdiction": "tacheng", "decided_on": "2023-12-20", "revoked": False}


@pytest.mark.requirement("tacheng-10")
@pytest.mark.parametrize(
    ("on", "same", "outcome"),
    [
        ("2025-06-30", True, [True]), ("2025-06-30", None, [False]), ("2025-06-30", False, []),
        ("2028-12-19", True, [True]), ("2028-12-20", True, []),
    ],
)  # fmt: skip
def test_the_same_achievements_wait_five_years(on, same, outcome):
    day = dt.date.fromisoformat(on)
    waits = conditions.waiting_period_blocks(TACHENG, "quality", [WON], day.year, on=day, same_achievements=same)
    assert [wait.certain for wait in waits] == outcome
    assert {wait.article for wait in waits} <= {"10"}
    assert all(wait.free_from == dt.date(2028, 12, 20) for wait in waits)


def test_a_departure_from_articles_12_to_14_needs_a_reason():
    for key in ("internal_publicity", "audit"):
        stage = p.stage(TACHENG, key)
        assert (stage.departure, stage.departure_article) == ("reason", "11")


def test_five_working_days_inside_the_organisation_or_its_parent():
    stage = p.stage(TACHENG, "internal_publicity")
    assert (stage.window.length.value, stage.window.unit) == (5, "working")
    assert set(stage.parent_for) == {"branch", "internal_body", "dispatched_body"}
    assert p.publicity_window(TACHENG, "2025-09-26", "internal_publicity").last_day == dt.date(2025, 10, 10)


def test_state_secrets_are_declared_and_trade_secrets_marked():
    intake = p.stage(TACHENG, "application")
    assert (intake.state_secrets_article, intake.secrets_article) == ("13", "13")
    fields = {field.key: field for section in TACHENG.forms[0].sections for field in section.fields}
    assert fields["declares_no_state_secrets"].must_accept
    assert fields["declares_no_state_secrets"].refusal
    assert TACHENG.forms[0].self_evaluation == "excellence"


def test_department_or_county_checks_and_publishes():
    stage = p.stage(TACHENG, "audit")
    assert set(stage.by) == {"department", "county_regulator"}
    assert set(stage.points) == {"conditions", "completeness", "truth", "accuracy", "legality"}
    assert {"abnormal_operation", "serious_offender"} <= set(stage.checks)
    assert (stage.consults, stage.window.length.value, stage.window.unit, stage.window_article) == (
        True,
        5,
        "working",
        "14",
    )


def test_a_formal_check_of_three_things():
    assert set(p.stage(TACHENG, "formal_check").points) == {"conditions", "procedure", "completeness"}


def test_consultation_acceptance_and_its_publicity():
    stage = p.stage(TACHENG, "acceptance")
    assert (stage.consult.article, stage.failed_told, stage.failed_article) == ("16", "papers_returned", "17")
    window = p.stage(TACHENG, "acceptance_publicity").window
    assert (window.length.value, window.unit) == (5, "working")


@pytest.mark.requirement("tacheng-18")
def test_material_then_defence_then_visit():
    reviews = [(s.mode, s.article) for s in TACHENG.stages if s.kind == "team_review"]
    assert reviews == [("documents", "19"), ("defence", "20"), ("onsite", "21")]


def test_review_comes_after_the_acceptance_publicity():
    order = p.order(TACHENG)
    assert order.index("acceptance") + 1 == order.index("acceptance_publicity") == order.index("documents") - 1


def test_the_head_defends_and_is_scored():
    defence = p.stage(TACHENG, "defence")
    assert defence.head_present
    assert TACHENG.sheet(defence.sheets["quality"]).total == 100


def test_member_units_vote_and_the_proposal_is_published():
    vote = p.stage(TACHENG, "vote")
    assert (vote.electorate, vote.unit_votes.value, vote.unit_votes.assumed) == (["leading_group"], True, True)
    window = p.stage(TACHENG, "result_publicity").window
    assert (window.length.value, window.unit) == (5, "working")


def test_what_an_objection_must_have_and_what_follows():
    rules = TACHENG.objections
    assert set(rules.person_gives) == {"name", "signature", "phone", "address", "identity_proof"}
    assert set(rules.unit_gives) == {"domicile", "phone", "address", "seal"}
    assert (rules.written, rules.needs_proof, rules.anonymous, rules.article) == (True, True, "refused", "23")
    assert (rules.examine_within.value, rules.examine_unit, rules.receipt, rules.examine_article) == (
        5,
        "working",
        True,
        "24",
    )
    assert (rules.outcome_in_writing, set(rules.notify), rules.outcome_article) == (
        True,
        {"organisation", "auditing_body"},
        "26",
    )


def test_the_administration_decides():
    assert (p.stage(TACHENG, "approval").by, p.stage(TACHENG, "approval").article) == ("administration", "27")


def test_no_bonus():
    assert p.reward(TACHENG, "quality").yuan is None
    assert "bonus" not in p.reward(TACHENG, "quality").items


def test_sanctions():
    found = {s.ground: s for s in TACHENG.sanctions}
    papers, fraud = found["false_application"], found["fraud"]
    assert papers.bar is not None
    assert fraud.bar is not None
    assert (papers.act, papers.bar.length, fraud.act, fraud.bar.length) == ("refuse_applications", 5, "revoke", 10)
    within = [s for s in TACHENG.sanctions if s.article == "33"]
    assert {s.ground for s in within} == {"accident", "serious_violation", "bad_credit", "breach_of_rules"}
    assert {(s.within_years, s.disclose, s.act) for s in within} == {(5, True, "revoke")}
    assert found["accident"].min_grade == "major"


def test_discipline():
    assert TACHENG.discipline is not None
    assert set(TACHENG.discipline.acts) == {"deal_under_rules", "strike", "hand_over", "disclose"}


def test_recusal_covers_all_who_take_part():
    assert set(TACHENG.recusal.covers.value) == {"reviewer", "voter", "staff", "department", "recommender"}
    assert not TACHENG.recusal.covers.assumed


@pytest.mark.requirement("tacheng-38")
def test_in_force_from_its_publication():
    assert lapse(TACHENG, dt.date(2023, 9, 6)) == "not_yet"
    assert lapse(TACHENG, dt.date(2023, 9, 7)) == ""


def test_duties_of_the_table_are_named():
    assert {duty.article for duty in TACHENG.duties} >= {"9.4", "29", "30", "31", "36"}
