"""Days, numbers and money as each language writes them; machines read ISO."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from core import formats
from core.refusals import _CATALOGUE, Refused, Sentence

MOMENT = dt.datetime(2025, 3, 5, 6, 0, tzinfo=dt.UTC)
PAGE = (
    '{% load pages %}{{ day|date }}|{{ moment|date:"DATETIME_FORMAT" }}|{{ sum|money }}|{{ sum|number }}|{{ half|number }}|'
    "{{ day|with_weekday }}|{{ day|date:'Y-m-d' }}|{{ pk }}|{{ size|filesizeformat }}"
)
FACTS = {
    "day": dt.date(2025, 3, 5),
    "moment": MOMENT,
    "sum": Decimal("300000.00"),
    "half": Decimal("1234.5"),
    "pk": 12345,
    "size": 2621440,
}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "zh-hans",
            "2025年3月5日|2025年3月5日 14:00|300,000 元|300,000|1,234.5|2025年3月5日（星期三）|2025-03-05|12345|2.5 MB",
        ),
        (
            "en",
            "5 March 2025|5 March 2025, 14:00|CNY 300,000|300,000|1,234.5|Wednesday 5 March 2025|2025-03-05|12345|2.5 MB",
        ),
    ],
)
def test_each_language_writes_days_and_numbers_in_its_way(language: str, expected: str) -> None:
    with translation.override(language):
        assert Template(PAGE).render(Context(FACTS)).replace("\xa0", " ") == expected


def test_sentences_show_days_in_the_readers_way_also_those_that_come_from_json() -> None:
    _CATALOGUE["test_formats"] = Sentence("{day} {text} {moment} {key} {n} {gone}", "")
    refusal = Refused(
        "test_formats", day=dt.date(2025, 3, 5), text="2025-03-05", moment=MOMENT, key="2025-99-99", n=2025
    )
    with translation.override("en"):
        assert refusal.why == "5 March 2025 5 March 2025 5 March 2025, 14:00 2025-99-99 2025 —"
    with translation.override("zh-hans"):
        assert refusal.why.startswith("2025年3月5日 2025年3月5日 2025年3月5日 14:00")
    del _CATALOGUE["test_formats"]


def test_numbers_lose_only_empty_fractions() -> None:
    assert [formats.number(Decimal(text)) for text in ("100", "1E+3", "0.50", "92.125")] == [
        "100",
        "1,000",
        "0.50",
        "92.125",
    ]


def test_no_page_shows_a_day_as_machines_write_it() -> None:
    """``|date:"Y-m-d"`` stands in attributes for machines only (``datetime``, ``value``, ``min``, ``max``), there with single quotes."""
    shown = re.compile(r'\|date:"[^"]*Y-m-d(?! H:i:s)[^"]*"')
    files = (settings.BASE_DIR / "templates").rglob("*.html")
    assert not [path.name for path in files if shown.search(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(
    ("language", "sentence", "note", "several"),
    [
        ("zh-hans", "2026年4月1日前，0.5，2025年3月5日 14:00", "2026（演练）", "甲、乙"),
        ("en", "by 1 April 2026, 0.5, 5 March 2025, 14:00", "2026 (rehearsal)", "甲, 乙"),
    ],
)
def test_facts_come_into_words_one_way(language: str, sentence: str, note: str, several: str) -> None:
    pattern = {"zh-hans": "{day}前，{step}，{at}", "en": "by {day}, {step}, {at}"}[language]
    at = dt.datetime(2025, 3, 5, 6, 0, tzinfo=dt.UTC)
    with translation.override(language):
        assert formats.said(pattern, day="2026-04-01", step=Decimal("0.5"), at=at) == sentence
        assert formats.said("{there} {missing}", there=1) == "1 —"
        assert formats.with_note(2026, translation.gettext("rehearsal")) == note and formats.with_note("甲", "") == "甲"
        assert formats.listed(["甲", "乙"]) == several
        assert (
            Template("{% load pages %}{{ year }}{{ _('rehearsal')|aside }}{{ none|aside }}").render(
                Context({"year": 2026, "none": None})
            )
            == note
        )
