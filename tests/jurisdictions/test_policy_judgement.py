"""What a regulation leaves to people's judgement: who judges it, from which answers; and what is declared is also looked up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.jurisdictions import policies as p


def case(row: str, policy: str, condition: str, article: str, *evidence: str) -> object:
    return pytest.param(
        policy, condition, article, evidence, marks=pytest.mark.requirement(row), id=f"{row}-{condition}"
    )


def cases() -> Iterator[object]:
    leading = ("economics", "leading_results", "statistics_file")
    yield case("wenling-10.1-2", "wenling-2023", "advanced_methods", "10.1", "methods", *leading)
    yield case("wenling-10.1-2", "wenling-2023", "brand_and_innovation", "10.2", "innovation_and_brand", "honours_file")
    yield case("qingyuan-3.1.4-5", "qingyuan-draft-2025", "innovation_results", "3.1.4-5", "innovation_and_brand")
    yield case("wenzhou-11.4", "wenzhou-2020", "innovation_results", "11.4", "innovation_and_brand", "honours_file")
    yield case("yiwu-3.4", "yiwu-2020", "innovation_results", "3.4", "innovation_and_brand", "honours_file")
    yield case("tacheng-9.4-6", "tacheng-2023", "leading", "9.4", "leading_results", "economics")
    yield case("tacheng-9.4-6", "tacheng-2023", "culture", "9.5", "culture_and_strategy")
    yield case("tacheng-9.4-6", "tacheng-2023", "methods", "9.6", "methods")


@pytest.mark.parametrize(("policy", "condition", "article", "evidence"), list(cases()))
def test_reviewers_judge_it_from_answers_that_the_form_asks_for(policy, condition, article, evidence):
    given = p.policy(policy)
    found = next(c for c in given.conditions if c.key == condition)
    assert (found.article, found.judged_by, found.require) == (article, "reviewers", None)
    assert set(evidence) <= set(found.evidence)
    for prize in found.prizes or [prize.key for prize in given.prizes]:
        asked = {
            field.key
            for form in given.forms
            if not form.prizes or prize in form.prizes
            for section in form.sections
            for field in section.fields
        }
        assert set(found.evidence) <= asked, f"{prize}: asked nowhere"


@pytest.mark.parametrize(
    ("policy", "condition", "declared", "article"),
    [
        pytest.param("wenling-2023", "lawful", "compliance", "9.2", marks=pytest.mark.requirement("wenling-9.2")),
        pytest.param(
            "qingyuan-draft-2025", "compliance", "compliance", "3.1.2", marks=pytest.mark.requirement("qingyuan-3.1.2")
        ),
        pytest.param("wenzhou-2020", "compliance", "compliance", "11.2", marks=pytest.mark.requirement("wenzhou-11.2")),
        pytest.param("yiwu-2020", "compliance", "compliance", "3.2", marks=pytest.mark.requirement("yiwu-3.2")),
        pytest.param("tacheng-2023", "political", "political", "9.1", marks=pytest.mark.requirement("tacheng-9.1")),
    ],
)
def test_what_is_declared_is_asked_and_staff_verify_it(policy, condition, declared, article):
    given = p.policy(policy)
    found = next(c for c in given.conditions if c.key == condition)
    assert (found.article, found.judged_by) == (article, "staff")
    if found.require:
        assert (
            p.answer(given, condition, **{f"form_declares_{declared}": True, "check_complies_with_law": True}) is True
        )
        assert p.answer(given, condition, **{f"form_declares_{declared}": False}) is False
        assert p.answer(given, condition, **{f"form_declares_{declared}": None}) is not True
    else:
        assert f"declares_{declared}" in found.evidence


@pytest.mark.parametrize("policy", ["qingyuan-draft-2025", "wenzhou-2020", "yiwu-2020"])
def test_what_is_declared_does_not_stand_against_what_a_department_found(policy):
    assert p.answer(p.policy(policy), "compliance", check_complies_with_law=False) is False
    assert p.answer(p.policy(policy), "compliance", check_complies_with_law=None) is None


@pytest.mark.requirement("qingyuan-3.1.4-5")
def test_credit_is_a_bar_of_its_own():
    assert p.answer(p.policy("qingyuan-draft-2025"), "credit", check_credit_bad=True) is False


@pytest.mark.parametrize(
    ("policy", "set_up_in", "drafts"),
    [
        pytest.param("wenling-2023", "5", "5", marks=pytest.mark.requirement("wenling-5")),
        pytest.param("qingyuan-draft-2025", "2.1", "2.3", marks=pytest.mark.requirement("qingyuan-2.3b")),
        pytest.param("wenzhou-2020", "6", "8", marks=pytest.mark.requirement("wenzhou-8b")),
        pytest.param("yiwu-2020", "2", "2.2.1", marks=pytest.mark.requirement("yiwu-2.2.1")),
        pytest.param("tacheng-2023", "7", "7", marks=pytest.mark.requirement("tacheng-7b")),
    ],
)
def test_the_office_drafts_the_implementing_rules_which_are_the_values_left_open(policy, set_up_in, drafts):
    given = p.policy(policy)
    office = next(organ for organ in given.organs if organ.kind == "office")
    assert office.article == set_up_in
    assert {power.act: power.article for power in office.powers}["draft_rules"] == drafts
    assert p.assumed(given), "what the regulation leaves open is there to be set"
