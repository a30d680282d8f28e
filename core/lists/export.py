"""A list leaving the house: every row that the filters leave, in the order and with the columns of the screen, streamed.

One query for the rows (and what ``prepare`` asks per lot); memory does not grow with their number.
"""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from openpyxl import Workbook

from core import clock, exports, reading
from core.lists.columns import for_sheet
from core.lists.listing import List

LOT = 2000
NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
FORMATS = ("csv", "xlsx")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Inside = Any  # () -> AbstractContextManager


def respond(listing: List, form: str, *, inside: Inside = nullcontext) -> HttpResponseBase:
    """The list as a file. ``inside()`` gives the tenant's scope: a streamed answer is made after the view has returned."""
    name = f"{listing.export_name or listing.key.replace('.', '-')}-{clock.today():%Y%m%d}.{form}"
    if form == "xlsx":
        with inside():
            return FileResponse(_book(listing), as_attachment=True, filename=name, content_type=XLSX)
    answer = StreamingHttpResponse(_csv(listing, listing.ordered, inside), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def table(
    listing: List, ordered: QuerySet[Any], *, typed: bool, inside: Inside = nullcontext
) -> Iterator[list[list[Any]]]:
    """Heading and rows in lots, each value as it leaves the house."""
    columns = [column for column in listing.chosen if column.exported]
    yield [[str(column.label) for column in columns]]
    rows = ordered.iterator(chunk_size=LOT)
    while True:
        scope: AbstractContextManager[Any] = inside()
        with scope, reading.anew():  # what a lot asked for goes with it
            lot = list(islice(rows, LOT))
            listing.prepare(lot)
            lines = [[for_sheet(column.of(row), typed=typed) for column in columns] for row in lot]
            del lot  # one lot at a time is held
        if not lines:
            return
        yield lines
        del lines


def _csv(listing: List, ordered: QuerySet[Any], inside: Inside) -> Iterator[bytes]:
    yield exports.BOM.encode()
    writer = csv.writer(_Echo())
    for lines in table(listing, ordered, typed=False, inside=inside):
        yield "".join(writer.writerow([_safe(cell) for cell in line]) for line in lines).encode()
        del lines


def _safe(cell: Any) -> Any:
    return exports.escape(cell) if isinstance(cell, str) else cell


def _book(listing: List) -> Any:
    """A sheet written row by row to a file of its own."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(NOT_IN_TITLES.sub(" ", str(listing.caption))[:31])
    for lines in table(listing, listing.ordered, typed=True):
        for line in lines:
            sheet.append([exports.cell(sheet, value) for value in line])
        del lines
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it
    book.save(file)
    file.seek(0)
    return file


class _Echo:
    """A file whose ``write`` gives back what it was given."""

    def write(self, text: str) -> str:
        return text
