"""Lists that people bring in: every encoding that spreadsheets write, nothing computed, wholly or not at all."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from core.imports import Column, Lines, day, flag, read
from core.imports.running import cleaned, headed
from tests.refusing import refused

TABLE = "键,名称\ntown-1,一镇\n\ntown-2,“二”镇\n"


def workbook(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_is_read_in_the_encodings_that_spreadsheets_write(encoding: str, separator: str) -> None:
    sheet = read(TABLE.replace(",", separator).encode(encoding))
    assert sheet.headings == ("键", "名称")
    assert sheet.rows == ((2, ("town-1", "一镇")), (4, ("town-2", "“二”镇")))


def test_a_workbook_gives_what_its_reader_sees_and_no_formula() -> None:
    data = workbook(
        ["a", "b", "c", "d"], [331081, 0.5, True, dt.datetime(2027, 2, 6)], [None] * 4, ["=1+1", " x ", "'=2", None]
    )
    sheet = read(data)
    assert sheet.rows[0] == (2, ("331081", "0.5", "1", "2027-02-06"))
    number, cells = sheet.rows[1]
    assert (number, cells[1:]) == (4, ("x", "'=2"))
    assert cells[0] == "\ue000formula"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "list_empty"),
        (b"key\n", "list_empty"),
        (b"\xd0\xcf\x11\xe0 old", "list_old_format"),
        (b"PK\x03\x04 broken", "list_unreadable"),
        (b"key\n\0a\n", "list_unreadable"),
        (b"key\n\xff\xff\xff\n", "list_unreadable"),
        (b"key\n" + b"a\n" * 5001, "list_too_long"),
        (b"key\n" + b"a" * 6_000_000, "list_too_large"),
    ],
)
def test_what_is_no_list_is_refused_with_its_next_step(data: bytes, code: str) -> None:
    with refused(code):
        read(data)


def test_a_code_is_read_as_it_is_seen_in_its_cell_and_titles_above_the_headings_are_passed_over() -> None:
    book = Workbook()
    page = book.active
    page.append(["申报单位核查结果汇总表"])
    page.merge_cells("A1:C1")
    page.append(["编号", "名称", "比例"])
    page.append([123, "Ａ公司（一）", 0.1 + 0.2])
    page["A3"].number_format = "000000"
    page.append(["００12", "乙", None])
    out = io.BytesIO()
    book.save(out)

    class Kept(Lines):
        key, title, place = "kept", "Kept", "here"  # type: ignore[assignment]
        columns = (Column("编号", "编号", required=True, is_code=True), Column("名称", "名称"), Column("比例", "比例"))

    Kept.__abstractmethods__ = frozenset()  # type: ignore[attr-defined]
    lines = Kept()  # type: ignore[abstract]
    sheet = headed(lines, read(out.getvalue()))
    assert sheet.headings == ("编号", "名称", "比例") and [number for number, _cells in sheet.rows] == [3, 4]
    read_as = [cleaned(lines.columns, dict(zip(sheet.headings, cells, strict=False))) for _number, cells in sheet.rows]
    assert read_as[0] == {"编号": "000123", "名称": "Ａ公司（一）", "比例": "0.3"}
    assert read_as[1]["编号"] == "0012"


def test_days_and_flags_are_read_as_people_write_them() -> None:
    for text in ("2027-02-06", "2027/2/6", "2027年2月6日", "20270206", "２０２７－０２－０６", "2027.2.6"):
        assert day({"d": text}, "d") == dt.date(2027, 2, 6), text
    assert day({}, "d") is None
    assert [flag({"f": text}, "f") for text in ("是", "√", "１", "No", "否")] == [True, True, True, False, False]
    for wrong in ("2027-02-30", "6 February", "maybe"):
        with pytest.raises(ValidationError):
            day({"d": wrong}, "d")
