"""No exported cell is ever a formula, and nothing is lost by that."""

from __future__ import annotations

import csv
import io

from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.exports import DANGEROUS, csv_text, escape, restore, xlsx_bytes

texts = st.text(
    alphabet=st.one_of(st.sampled_from([*sorted(DANGEROUS), "'", " ", '"', ",", "　"]), st.characters(codec="utf-8"))
)


@given(texts)
@example("=1+1")
@example("'=1+1")
@example("  @SUM(A1)")
@example("\0=cmd")
@example("＝1")
def test_an_escaped_cell_never_begins_like_a_formula_and_can_be_had_back(text: str) -> None:
    escaped = escape(text)
    assert escaped.lstrip(" \u00a0\u3000\ufeff")[:1] not in DANGEROUS or not escaped
    assert restore(escaped) == text


def test_harmless_text_stays_as_it_is() -> None:
    for text in ("", "质量奖", "a=b", "331081", "x-1"):
        assert escape(text) == text == restore(text)


@given(st.lists(st.tuples(texts, st.integers()), max_size=5))
def test_csv_comes_back_as_it_went(rows: list[tuple[str, int]]) -> None:
    written = csv_text(rows)
    assert written.startswith("\ufeff")
    back = list(csv.reader(io.StringIO(written[1:], newline="")))
    assert [(restore(text), int(number)) for text, number in back] == rows


def test_xlsx_stores_text_as_text_and_numbers_as_numbers() -> None:
    sheet = load_workbook(io.BytesIO(xlsx_bytes([["=1+1", -5, "a\0b", None], ["+86", 1.5, "", True]]))).active
    assert sheet is not None
    first = next(iter(sheet.rows))
    assert [cell.data_type for cell in first[:2]] == ["s", "n"]
    assert [cell.value for cell in first] == ["=1+1", -5, "a\ufffdb", None]
