"""Names may run from right to left: within a sentence they are set apart, so that what stands around them stays in order."""

from __future__ import annotations

import re

from config.settings.apps import BASE_DIR
from core.templatetags.pages import named

TAG = re.compile(r"\{%\s*blocktranslate\s[^%]*%\}")
NAME = re.compile(
    r"\b(?:who|by|name|organisation|parent|person)=((?:[a-z_]+\.)*(?:organisation|parent)\.name|(?:[a-z_.]+\.)?(?:[a-z]+_by|by)(?:\.name)?)(?=[\s%])"
)


def test_a_name_is_set_apart_and_is_no_markup():
    assert named("שלום <b>") == "<bdi>שלום &lt;b&gt;</bdi>"


def test_every_name_within_a_sentence_is_set_apart():
    bare = []
    for path in (BASE_DIR / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for tag in TAG.finditer(text):
            before = text[max(0, tag.start() - 40) : tag.start()]
            in_attribute = re.search(r'=\s*"[^"<>]*$', before) or "block title" in before or "visually-hidden" in before
            if not in_attribute and "asvar" not in tag[0] and not {"papers", "mail"} & set(path.parts):
                bare += [(path.name, found[1]) for found in NAME.finditer(tag[0])]
    assert bare == [], "…|named"
