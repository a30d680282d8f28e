"""A spreadsheet file as lines of text: CSV in the encodings that spreadsheets here write, or XLSX. No formula is ever computed."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook

from core import exports
from core.refusals import Refused

ROWS = 5_000  # each is written by the domain, with its own entry in the log: 10 to 60 ms a line
COLUMNS = 60
MEGABYTES = 5
_UNPACKED = 60 * 2**20
_SCANNED = 10_000
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
FORMULA = "\ue000formula"  # stands for a cell that holds a formula, until its line is refused


@dataclass(frozen=True, slots=True)
class Sheet:
    """``rows``: (number of the line in the file, its cells as trimmed text); empty lines are left out."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read(data: bytes) -> Sheet:
    """The first sheet of the file; what it is shows in its content, not in its name.

    Refused: list_too_large, list_old_format, list_unreadable, list_empty, list_too_long.
    """
    if len(data) > MEGABYTES * 2**20:
        raise Refused("list_too_large", field="file", limit=MEGABYTES)
    if data.startswith(_OLD_EXCEL):
        raise Refused("list_old_format", field="file")
    lines = _workbook(data) if data.startswith(_ZIP) else _text(decode(data))
    filled = [(number, cells) for number, cells in lines if any(cells)]
    if len(filled) < 2:
        raise Refused("list_empty", field="file")
    if len(filled) > ROWS + 1:
        raise Refused("list_too_long", field="file", limit=ROWS)
    return Sheet(filled[0][1], tuple(filled[1:]))


def decode(data: bytes) -> str:
    """Text in UTF-8, UTF-16 with its mark, or GB 18030 (what a Chinese Excel saves as CSV). Refused: list_unreadable."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused("list_unreadable", field="file")


def _text(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t，", key=first.count))
    try:
        for row in reader:
            yield reader.line_num, tuple(exports.restore(cell).strip() for cell in row[:COLUMNS])
    except csv.Error as error:
        raise Refused("list_unreadable", field="file") from error


def _workbook(data: bytes) -> Iterator[tuple[int, tuple[str, ...]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            if sum(part.file_size for part in pack.infolist()) > _UNPACKED:
                raise Refused("list_too_large", field="file", limit=MEGABYTES)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows: Iterable[Any] = sheet.iter_rows(max_row=_SCANNED, max_col=COLUMNS)
        for number, row in enumerate(rows, 1):
            yield number, _trimmed([_cell(cell) for cell in row])
    except Refused:
        raise
    except Exception as error:  # a broken workbook fails in any way it likes: zip, XML, a missing part
        raise Refused("list_unreadable", field="file") from error


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _cell(cell: Any) -> str:
    if cell.data_type == "f":
        return FORMULA
    text = text_of(cell.value)
    shape = str(getattr(cell, "number_format", None) or "")
    # Shown as 000123 though 123 is stored: what its writer sees is the code.
    return text.zfill(len(shape)) if shape.strip("0") == "" and text.isdigit() else text


def text_of(value: Any) -> str:
    """A spreadsheet's value as the text that somebody typed: whole numbers without a fraction, days without a time."""
    if isinstance(value, dt.datetime):
        value = value.date() if value.time() == dt.time() else value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):  # 15 digits, as spreadsheets show: 0.3, not 0.30000000000000004
        value = int(value) if value.is_integer() else f"{value:.15g}"
    return "" if value is None else str(value).strip()
