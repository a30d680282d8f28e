"""Running a list through the domain: as a dry run that is rolled back, or for good when no line is wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from core.imports.lines import Column, Lines, plain
from core.imports.reading import FORMULA, Sheet
from core.refusals import Refused
from core.typed import tidy, unprintable

TITLES = 4  # lines above the headings at most


@dataclass(frozen=True, slots=True)
class Result:
    """What becomes of a line: ``outcome`` is new, changed, same or wrong; ``errors`` in words."""

    number: int
    cells: tuple[str, ...]
    outcome: str
    errors: tuple[str, ...] = ()


@dataclass(slots=True)
class Report:
    """Every line's result. ``written`` only when all were right and it was no dry run."""

    results: list[Result] = field(default_factory=list)
    written: bool = False

    @property
    def wrong(self) -> list[Result]:
        return [one for one in self.results if one.outcome == "wrong"]

    def count(self, outcome: str) -> int:
        return sum(one.outcome == outcome for one in self.results)


def run(lines: Lines, sheet: Sheet, *, write: bool, progress: Callable[[int], None] = lambda done: None) -> Report:
    """All lines in one transaction, which stays only if ``write`` and no line is wrong. Refused: list_headings_wrong.

    ``progress`` hears how many lines are done; it must not use the database, whose transaction is not over.
    """
    columns = columns_of(lines, sheet.headings)
    report, seen = Report(), dict[Hashable, int]()
    with transaction.atomic(), lines.together():
        for number, cells in sheet.rows:
            report.results.append(_line(lines, columns, number, cells, seen))
            progress(len(report.results))
        if not report.wrong:
            lines.finish()
        report.written = write and not report.wrong
        if not report.written:
            transaction.set_rollback(True)
    return report


def columns_of(lines: Lines, headings: tuple[str, ...]) -> list[Column | None]:
    """Which column each heading names; an empty heading is no column. Refused: list_headings_wrong."""
    known = {heading: column for column in lines.columns for heading in column.headings()}
    found = [known.get(plain(heading)) for heading in headings]
    unknown = [h for h, column in zip(headings, found, strict=True) if h and column is None]
    keys = [column.key for column in found if column]
    doubled = sorted({str(c.label) for c in lines.columns if keys.count(c.key) > 1})
    missing = [str(c.label) for c in lines.columns if c.required and c.key not in keys]
    if unknown or doubled or missing:
        raise Refused(
            "list_headings_wrong", field="file", **{
                name: "、".join(part) or "—" for name, part in (("unknown", unknown), ("doubled", doubled), ("missing", missing))
            },
        )  # fmt: skip
    return found


def _line(
    lines: Lines, columns: list[Column | None], number: int, cells: tuple[str, ...], seen: dict[Hashable, int]
) -> Result:
    shown = tuple("=…" if cell == FORMULA else cell for cell in cells)
    given = {column.key: cell for column, cell in zip(columns, cells, strict=False) if column}
    try:
        check_cells(lines.columns, given)
        with transaction.atomic():
            return Result(number, shown, _written(lines, cleaned(lines.columns, given), number, seen))
    except Refused as refusal:
        return Result(number, shown, "wrong", (str(refusal),))
    except ValidationError as error:
        return Result(number, shown, "wrong", tuple(error.messages))
    except DatabaseError:  # what no rule foresaw; the savepoint is rolled back, the other lines are still checked
        return Result(number, shown, "wrong", (_("This line cannot be stored; check its lengths and characters."),))


def _written(lines: Lines, given: Mapping[str, str], number: int, seen: dict[Hashable, int]) -> str:
    values = lines.read(given)
    earlier = seen.setdefault(lines.identity(values), number)
    if earlier != number:
        raise ValidationError(_("Line {number} already says something about the same.").format(number=earlier))
    row = lines.find(values)
    if row is not None and lines.same(row, values):
        return "same"
    lines.write(row, values)
    return "new" if row is None else "changed"


def cleaned(columns: tuple[Column, ...], given: Mapping[str, str]) -> dict[str, str]:
    """The cells as the lines read them: without marks of direction, codes in plain characters."""
    codes = {column.key for column in columns if column.is_code}
    return {
        key: unicodedata.normalize("NFKC", tidy(cell)).strip() if key in codes else tidy(cell)
        for key, cell in given.items()
    }


def headed(lines: Lines, sheet: Sheet) -> Sheet:
    """The sheet from its headings on: a title, or a note on how to fill it in, may stand above them."""
    known = {heading for column in lines.columns for heading in column.headings()}
    wanted = {column.key: column.headings() for column in lines.columns if column.required}
    for skipped, (_number, cells) in enumerate([(1, sheet.headings), *sheet.rows[:TITLES]]):
        found = {plain(cell) for cell in cells if cell}
        if found and found <= known and all(found & names for names in wanted.values()):
            return Sheet(cells, sheet.rows[skipped:])
    return sheet


def check_cells(columns: tuple[Column, ...], given: Mapping[str, str]) -> None:
    """What holds for every list: needed cells are filled, no formula, not too long, nothing that cannot be shown."""
    if faults := [fault for column in columns if (fault := _fault(column, given.get(column.key, "")))]:
        raise ValidationError(faults)


def _fault(column: Column, text: str) -> str:
    if text == FORMULA:
        return _("{column}: the cell holds a formula; put its value there.").format(column=column.label)
    if column.required and not text:
        return _("{column}: this is needed.").format(column=column.label)
    if len(text) > column.max_length:
        return _("{column}: at most {limit} characters.").format(column=column.label, limit=column.max_length)
    if unprintable(text):
        return _("{column}: there are characters in it that cannot be shown.").format(column=column.label)
    return ""
