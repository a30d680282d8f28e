"""Assumed values as questions: all of them labelled, and what is typed comes back as the value the policy expects."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from jurisdictions.policy.loader import read
from rounds.assumptions import changes, questions
from rounds.assumptions.words import PARAMETERS, VALUES
from tests.worlds import POLICIES

FILES = sorted(path.name for path in POLICIES.glob("*.yaml"))


def asked(name: str):  # type: ignore[no-untyped-def]
    file = read(POLICIES / name)
    return questions(file.sound(), file.document)


def as_typed(questions_) -> QueryDict:  # type: ignore[no-untyped-def]
    data = QueryDict(mutable=True)
    for question in questions_:
        for leaf in question.leaves:
            if leaf.kind == "choices":
                data.setlist(leaf.name, leaf.value)
            else:
                data[leaf.name] = ("yes" if leaf.value else "no") if leaf.kind == "yes_no" else str(leaf.value)
    return data


@pytest.mark.parametrize("name", FILES)
def test_every_assumed_value_has_words_and_a_control(name: str) -> None:
    for question in asked(name):
        last = question.path.split(".")[-1]
        assert last in PARAMETERS, question.path
        assert question.where and question.reason.zh
        for leaf in question.leaves:
            assert leaf.name.split(".")[-1].rpartition("#")[2] in PARAMETERS or last == "opinions", leaf.name
            assert all(key in VALUES for key, _words in leaf.choices), leaf.choices


@pytest.mark.parametrize("name", FILES)
def test_what_is_shown_and_sent_back_unchanged_changes_nothing(name: str) -> None:
    found = asked(name)
    assert changes(found, as_typed(found)) == {}


def test_one_part_changed_gives_the_whole_value_back() -> None:
    found = asked("qingyuan-draft-2025.yaml")
    path = next(q.path for q in found if q.path.endswith(".quorum"))
    data = as_typed(found)
    data[f"{path}#ratio"] = "3/4"
    assert changes(found, data) == {path: {"base": "eligible", "ratio": "3/4"}}
