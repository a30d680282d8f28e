"""Reading answers: what is understood, what is told, and that no word is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.forms.answers import FieldProblem
from applications.forms.fields import fact, is_empty, read, show
from applications.forms.filled import filled_rows
from applications.forms.located import located
from jurisdictions.policy.forms import Field
from tests.applications.ground import text

TODAY = dt.date(2025, 5, 1)
TEN_THOUSAND = {"zh": "万元", "en": "10k yuan"}
AB = [{"key": "a", "label": {"zh": "甲", "en": "Alpha"}}, {"key": "b", "label": {"zh": "乙", "en": "Beta"}}]


def field(kind: str, **more: Any) -> Field:
    return Field.model_validate({"key": "x", "label": text("X"), "type": kind, **more})


@pytest.mark.parametrize(
    ("kind", "given", "value", "more"),
    [
        ("money", "1,200 万元", "12000000", {}),
        ("money", "1.2亿", "120000000", {}),
        ("money", "¥ 3,000.50", "3000.5", {}),
        ("decimal", "1,200 万元", "1200", {"unit": TEN_THOUSAND}),
        ("decimal", "12000000元", "1200", {"unit": TEN_THOUSAND}),
        ("decimal", "0.12亿元", "1200", {"unit": TEN_THOUSAND}),
        ("percent", "３.５％", "3.5", {}),
        ("integer", "12人", "12", {"unit": {"zh": "人", "en": "people"}}),
        ("integer", "1.5万", "15000", {}),
        ("integer", 7, "7", {}),
        ("decimal", "-0.000", "0", {}),
        ("date", "2024年3月1日", "2024-03-01", {}),
        ("date", "20240301", "2024-03-01", {}),
        ("date", "2024.3.1", "2024-03-01", {}),
        ("yes_no", "是", True, {}),
        ("yes_no", "无", False, {}),
        ("declaration", "on", True, {}),
        ("choice", "乙", "b", {"choices": AB}),
        ("choice", "Alpha", "a", {"choices": AB}),
        ("choices", "乙、甲", ["a", "b"], {"choices": AB}),
        ("text", "  two\n words ", "two words", {}),
        ("long_text", "one\r\ntwo\x00", "one\ntwo", {}),
    ],
)
def test_what_is_meant_is_understood(kind: str, given: Any, value: Any, more: dict[str, Any]) -> None:
    reading = read(field(kind, **more), given, TODAY)
    assert (reading.value, reading.problems) == (value, ())


@pytest.mark.parametrize(
    ("kind", "given", "code", "more"),
    [
        ("integer", "1,2", "ambiguous_number", {}),
        ("decimal", "1.200,50", "ambiguous_number", {}),
        ("decimal", "5万", "wrong_unit", {"unit": TEN_THOUSAND}),
        ("decimal", "5 吨", "wrong_unit", {}),
        ("integer", "3.5", "not_whole", {}),
        ("integer", "约5", "not_a_number", {}),
        ("integer", "3-5", "wrong_unit", {}),
        ("integer", True, "not_a_number", {}),
        ("decimal", "1" * 30, "number_too_long", {}),
        ("integer", "0", "too_small", {"min_value": 1}),
        ("percent", "101", "too_great", {"max_value": 100}),
        ("date", "2024-03", "day_missing", {}),
        ("date", "2024-02-30", "not_a_date", {}),
        ("date", "2025-05-02", "in_the_future", {"not_future": True}),
        ("yes_no", "perhaps", "not_yes_or_no", {}),
        ("choice", "c", "not_offered", {"choices": AB}),
        ("choices", ["a", "c"], "not_offered", {"choices": AB}),
        ("text", "long", "too_long", {"max_length": 3}),
        ("rows", "text", "not_a_table", {"columns": [{"key": "n", "label": text("N")}]}),
        ("indicators", [], "", {"indicators": [{"key": "i", "label": text("I")}]}),
    ],
)
def test_what_is_unclear_is_told_and_kept(kind: str, given: Any, code: str, more: dict[str, Any]) -> None:
    reading = read(field(kind, **more), given, TODAY)
    assert [problem.code for problem in reading.problems] == ([code] if code else [])
    assert is_empty(given) or reading.value is not None


ROWS = {
    "columns": [
        {"key": "name", "label": text("Name"), "required": True},
        {"key": "since", "label": text("Since"), "type": "date"},
        {"key": "share", "label": text("Share"), "type": "decimal"},
    ],
    "max_rows": 2,
}


def test_a_table_drops_empty_rows_and_says_which_cell_is_wrong() -> None:
    given = [{"name": "a", "since": "2024-03"}, {"name": " "}, {"since": "2024-03-01", "share": "2,5"}]
    reading = read(field("rows", **ROWS), given, TODAY)
    assert reading.value == [{"name": "a", "since": "2024-03"}, {"since": "2024-03-01", "share": "2,5"}]
    assert [(p.code, p.where) for p in reading.problems] == [
        ("day_missing", "0.since"), ("cell_missing", "1.name"), ("ambiguous_number", "1.share"),
    ]  # fmt: skip


def test_too_many_rows_are_kept_and_told() -> None:
    reading = read(field("rows", **ROWS), [{"name": str(n)} for n in range(3)], TODAY)
    assert len(reading.value) == 3
    assert [p.code for p in reading.problems] == ["too_many_rows"]


def test_indicators_want_a_reason_for_an_empty_year() -> None:
    asked = field(
        "indicators",
        years=2,
        indicators=[
            {"key": "sales", "label": text("Sales"), "unit": TEN_THOUSAND},
            {"key": "tax", "label": text("Tax")},
        ],
    )
    reading = read(asked, {"sales": {"y1": "1,000万元", "y2": ""}, "tax": {"why": "none"}}, TODAY)
    assert reading.value == {"sales": {"y1": "1000"}, "tax": {"why": "none"}}
    assert [(p.code, p.where) for p in reading.problems] == [("why_missing", "sales.y2")]
    assert fact(asked, reading.value, TODAY) == {"sales": {"y1": 1000}, "tax": {"why": "none"}}


KINDS = (
    "text",
    "long_text",
    "integer",
    "decimal",
    "money",
    "percent",
    "date",
    "yes_no",
    "choice",
    "choices",
    "rows",
    "indicators",
    "declaration",
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "since", "share", "i", "y1"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(kind=st.sampled_from(KINDS), given=ANYTHING)
def test_anything_can_be_read_and_read_again(kind: str, given: Any) -> None:
    """No input breaks a reader; a stored value read again is the same; what is shown is text."""
    more = {"choices": AB, "indicators": [{"key": "i", "label": text("I")}], **ROWS}
    asked = field(kind, **more)
    once = read(asked, given, TODAY)
    again = read(asked, once.value, TODAY)
    assert again.value == once.value or once.value is None or once.value != once.value or once.unread
    assert isinstance(show(asked, once.value), str)
    fact(asked, once.value, TODAY)


def test_a_problem_of_a_table_is_told_with_its_row_and_column_or_its_indicator_and_year() -> None:
    def told(asked: Field, where: str) -> str:
        return located(FieldProblem("s", "x", "c", "wrong", "1", where), asked, 2024)

    rows = field("rows", **ROWS)
    assert told(rows, "1.name") == "第 2 行“Name”：wrong"
    assert told(rows, "1") == "第 2 行：wrong"
    assert told(rows, "") == "wrong"
    shown = field("indicators", years=2, indicators=[{"key": "sales", "label": text("Sales"), "unit": TEN_THOUSAND}])
    assert told(shown, "sales.y2") == "“Sales”2023：wrong"
    assert told(shown, "sales") == "“Sales”：wrong"


def test_tables_are_read_as_tables_without_the_spare_rows() -> None:
    rows = field("rows", **ROWS)
    assert filled_rows(rows, [{"name": "a", "share": "1200"}, "?"]) == [
        ("1", [("Name", "a"), ("Since", ""), ("Share", "1,200")])
    ]
    assert filled_rows(rows, "unread") == []
