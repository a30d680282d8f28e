"""What holds for the policy files of Qingyuan, Wenzhou and Yiwu alike."""

from __future__ import annotations

import pytest

from core.requirements import table
from jurisdictions.policy import Policy
from jurisdictions.policy.checks.articles import cited
from jurisdictions.policy.checks.walk import everything
from tests.jurisdictions.policies import answers, file, policy

NAMES = ("qingyuan-draft-2025", "wenzhou-2020", "yiwu-2020")


def articles(given: Policy) -> set[str]:
    """The articles of the jurisdiction's rows in the table of requirements, the letters behind them dropped."""
    return {row.article.rstrip("abc") for row in table() if row.jurisdiction == given.code}


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


def test_the_file_has_no_problems(name):
    assert [str(problem) for problem in file(name).problems] == []


def test_every_article_of_the_table_has_a_summary_in_both_languages(name):
    given = policy(name)
    missing = articles(given) - set(given.articles)
    assert not missing
    assert all(text.zh and text.en for text in given.articles.values())


def test_every_article_of_the_table_is_cited_by_something(name):
    given = policy(name)
    used = {number for _path, number in cited(given)}
    assert articles(given) <= used


def test_summaries_are_one_line(name):
    for text in policy(name).articles.values():
        assert len(text.zh) <= 40
        assert len(text.en) <= 110


def test_every_assumed_value_says_why_in_both_languages(name):
    for said in everything(policy(name)):
        held = getattr(said.model, said.name)
        if getattr(held, "assumed", False):
            assert held.reason.zh and held.reason.en, said.path


def test_a_spotless_organisation_passes_every_computed_condition(name):
    assert answers(policy(name)) == set()


def test_an_unknown_fact_never_passes(name):
    given = policy(name)
    assert "operating_three_years" in answers(given, org_operating_since=None)
    assert "registered_here" in answers(given, org_in_territory=None)
    assert "excellence" in answers(given, form_excellence_practised=None)
    assert "no_serious_violation" in answers(given, check_serious_violation=None)


def test_every_body_lies_in_the_territory(name):
    given = policy(name)
    for body in file(name).bodies:
        assert all(code.startswith(tuple(given.territory)) for code in body.get("territory", ())), body["key"]


def test_contact_data_is_invented(name):
    row = file(name).jurisdiction
    assert row["office_phone"].startswith("000-0000")
    assert row["office_email"].endswith(".example")


def test_there_are_bodies_for_every_stage_that_asks_bodies(name):
    kinds = {body["kind"] for body in file(name).bodies}
    asked = {kind for said in everything(policy(name)) if said.name in {"bodies", "by"} for kind in _kinds(said.value)}
    assert asked <= kinds


def _kinds(value: object) -> set[str]:
    return set(value) if isinstance(value, list) else set()
