"""What a reviewer reads beside an item: the words that the applicant wrote of it, however the sheet divides the matter."""

from __future__ import annotations

import pytest

from applications.models import FiledVersion
from reviews.queries import answers
from tests.jurisdictions.policies import policy

SELF = {"self_top_leaders": "How leaders work.", "self_governance": "Who answers for what."}


@pytest.mark.parametrize("name", ["wenzhou-2020", "tacheng-2023"])
def test_a_chapter_of_the_on_site_sheet_gathers_what_was_written_below_it(name: str) -> None:
    rules = policy(name)
    asked = answers.asked(rules, "quality", rules.sheet("onsite"))
    read = answers.beside(FiledVersion(answers=SELF, secrets=["self_governance"]), asked)["leadership"]
    assert [(passage.text, passage.secret) for passage in read] == [(SELF["self_top_leaders"], False), (SELF["self_governance"], True)]  # fmt: skip
    assert read[0].heading.startswith("4.1.2 ")


def test_an_item_of_the_self_evaluation_stands_by_itself_without_a_heading() -> None:
    rules = policy("wenzhou-2020")
    asked = answers.asked(rules, "quality", rules.sheet("excellence"))
    read = answers.beside(FiledVersion(answers=SELF, secrets=[]), asked)
    assert [(passage.heading, passage.text) for passage in read["governance"]] == [("", SELF["self_governance"])]
    assert read["strategy_making"] == []


def test_what_the_form_never_asked_is_not_said_to_be_unanswered() -> None:
    rules = policy("tacheng-2023")
    assert answers.asked(rules, "quality", rules.sheet("defence")) == {}
