"""Every message can be read in either language: title and body are translated, with the same facts in both."""

from __future__ import annotations

import re

from django.utils.translation import override

from notifications import texts

HAN = re.compile("[\u4e00-\u9fff]")
FACT = re.compile(r"\{(\w+)\}")


def test_every_message_is_written_in_both_languages_with_the_same_facts() -> None:
    wrong = {}
    for kind, parts in texts._TEXTS.items():
        if kind.startswith("test."):
            continue
        for part in parts:
            with override("en"):
                english = str(part)
            with override("zh-hans"):
                chinese = str(part)
            if (
                HAN.search(english)
                or not HAN.search(FACT.sub("", chinese))
                or set(FACT.findall(english)) != set(FACT.findall(chinese))
            ):
                wrong[kind] = (english, chinese)
    assert not wrong and len(texts._TEXTS) > 10


def test_a_fact_in_two_languages_is_told_in_the_readers() -> None:
    kind = next(kind for kind, (title, body) in texts._TEXTS.items() if "{stage}" in f"{title}{body}")
    facts = {"stage": {"zh": "资料评审", "en": "Document review"}}
    for language, expected in (("zh-hans", "资料评审"), ("en", "Document review")):
        with override(language):
            assert expected in texts.title_of(kind, facts) + texts.body_of(kind, facts)
