"""Facts are told in words: labels and values in the reader's language, the policy's own names, no keys of the machine."""

from __future__ import annotations

import re

from django.utils.translation import override

from jurisdictions.policy import facts
from jurisdictions.policy.wording import in_words, label
from tests import worlds

#: What the kinds of stages write beside a decision, as a round played to its end holds it.
WRITTEN = {
    "number": "2026-0001", "version": 2, "sha256": "65ee", "deadline": "2026-04-01T15:59:59.999999+00:00", "body": "zeguo", "order": 1,
    "priority": False, "failing": ["good_credit"], "against": ["zeguo"], "sheets": ["88.0000"], "out_of": "100", "method": "mean",
    "score": "90.67", "rank": 1, "parts": [{"stage": "documents", "score": "90.67", "out_of": "100", "weight": "40"}],
    "for": 7, "abstained": 1, "invalid": 1, "recused": 1, "base": 7, "share": "1", "poll": 1, "date": "2026-04-15",
    "items": ["plaque", "certificate", "bonus"], "amount": "300000", "repeat": True, "first_day": "2025-03-03", "last_day": "2025-03-10",
    "counted": 5, "departure": "x", "departure_article": "8",
}  # fmt: skip
KEY = re.compile(r"[a-z]+(_[a-z]+)*")
CHINESE = re.compile(r"[一-鿿]")


def test_every_fact_is_told_without_keys(db):
    rules = worlds.load("wenling-2023").policy
    names = {"zeguo": "泽国镇"}
    with override("zh-hans"):
        told = in_words({**WRITTEN, "failing": [rules.conditions[0].key]}, rules, names)
        assert len(told) == len(WRITTEN)
        for words, value in told:
            assert CHINESE.search(words), words
            assert not KEY.fullmatch(value.replace("、", "")) or value == "x", (words, value)
        shown = dict(told)
        assert shown["单位"] == "泽国镇" and shown["截止时间" if "截止时间" in shown else "期限"].startswith(
            "2026年4月1日 23:59"
        )
        assert str(rules.conditions[0].text.zh) in shown.values()


def test_whatever_a_condition_may_read_has_its_words():
    with override("zh-hans"):
        for space, known in facts.FIXED.items():
            for key in known:
                assert CHINESE.search(label(f"{space}.{key}", {})), f"{space}.{key}"


def test_what_is_empty_is_not_told_and_a_fact_of_a_namespace_stands_by_itself():
    assert in_words({"a": "", "b": None, "c": []}) == []
    with override("en"):
        assert in_words({"org": {"size": "large", "listed": True}}) == [("Size", "large"), ("Listed company", "yes")]
    assert in_words("nothing") == []
