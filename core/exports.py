"""Tables that leave the house: CSV and XLSX in which no cell is ever a formula.

A spreadsheet runs a CSV cell that begins with one of ``DANGEROUS`` (full-width forms too, which East Asian editions accept).
Such a cell gets an apostrophe in front; :func:`restore` takes it away again, so that what was exported can be imported. In XLSX
every text is stored as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

DANGEROUS = frozenset("=+-@|%\t\r\n\0＝＋－＠｜％")
GUARD = "'"
BOM = "\ufeff"
_BLANK = " \u00a0\u3000\ufeff"
_CELL = 32767


def escape(text: str) -> str:
    """The text as it may stand in a CSV cell: harmless, and to be had back by :func:`restore`."""
    return GUARD + text if _needs_guard(text) else text


def restore(text: str) -> str:
    """What :func:`escape` was given."""
    return text[1:] if text[:1] == GUARD and _needs_guard(text[1:]) else text


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV (RFC 4180) with a byte order mark, which spreadsheets need to read Chinese. Numbers stay numbers."""
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([escape(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()


def xlsx_bytes(rows: Iterable[Sequence[Any]], *, title: str = "data") -> bytes:
    """Rows as one sheet; texts as texts, whatever they begin with. Characters that XML forbids become U+FFFD."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for row in rows:
        sheet.append([cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _needs_guard(text: str) -> bool:
    begins = (text[:1], text.lstrip(_BLANK)[:1])
    return begins[0] == GUARD or any(sign in DANGEROUS for sign in begins)


def cell(sheet: Any, value: Any) -> Any:
    """A cell of a write-only sheet; a text is text, whatever it begins with."""
    if not isinstance(value, str):
        return value
    made = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)[:_CELL])
    made.data_type = "s"
    return made
