"""The page of a list: the file, its dry run, its confirmation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import exports
from core.imports.lines import Lines
from core.imports.reading import MEGABYTES, ROWS, Sheet, read
from core.imports.running import Report, columns_of, headed, run
from core.refusals import Refused

QUICK = 200  # lines that are checked while somebody waits for the page
GOOD_FOR = 2 * 60 * 60  # seconds between dry run and confirmation
SHOWN = 200
_SIGNED = 2_000_000  # characters; below Django's limit for a form
_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


class FileForm(forms.Form):
    """The list."""

    file = forms.FileField(
        label=gettext_lazy("List (XLSX or CSV)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
    )


def page(
    request: HttpRequest, lines: Lines, *, back: str, where: str = "", context: dict[str, Any] | None = None,
    long: Callable[[Sheet, str], str] | None = None,
) -> HttpResponse:  # fmt: skip
    """GET: what the list must look like (``?blank=xlsx``: an empty one). POST: its dry run, or its confirmation.

    ``back``: where to go when all is written. ``where``: the template of the breadcrumb. The caller has checked who may.
    ``long`` takes a list of more than QUICK lines, with its file's name, and gives the address of the page that shows how far it is.
    """
    if request.GET.get("blank") in _TYPES:
        return _blank(lines, request.GET["blank"])
    found: dict[str, Any] = {"form": FileForm()}
    if request.method == "POST" and "list" in request.POST:
        found = _confirmed(request, lines)
        if found.get("done"):
            return redirect(back)
    elif request.method == "POST":
        found = _tried(request, lines, long)
        if "go" in found:
            return redirect(found["go"])
    return shown(request, lines, back=back, where=where, context={**(context or {}), **found})


def shown(request: HttpRequest, lines: Lines, *, back: str, where: str, context: dict[str, Any]) -> HttpResponse:
    """The page with what was found: the form, or a report."""
    shared = {"lines": lines, "back": back, "where": where, "rows_limit": ROWS, "size_limit": MEGABYTES}
    return render(request, "core/import.html", {"form": FileForm(), **shared, **context})


def _tried(request: HttpRequest, lines: Lines, long: Callable[[Sheet, str], str] | None) -> dict[str, Any]:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return {"form": form}
    file = form.cleaned_data["file"]
    try:
        sheet = headed(lines, read(file.read(MEGABYTES * 2**20 + 1)))
        if long and len(sheet.rows) > QUICK:
            columns_of(lines, sheet.headings)
            return {"go": long(sheet, file.name)}
        report = run(lines, sheet, write=False)
        token = "" if report.wrong else _sealed(request, lines, sheet)
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return {"form": form}
    return {"form": FileForm(), "token": token, "name": file.name, **rows_of(sheet, report)}


def _confirmed(request: HttpRequest, lines: Lines) -> dict[str, Any]:
    form = FileForm()
    try:
        sheet = _opened(request, lines)
        report = run(lines, sheet, write=True)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return {"form": form}
    if not report.written:
        messages.error(request, _("Something has changed since the check; nothing was written."))
        return {"form": form, **rows_of(sheet, report)}
    done = len(report.results) - report.count("same")
    text = ngettext("{n} line is written.", "{n} lines are written.", done).format(n=done)
    messages.success(request, text)
    return {"done": True}


def rows_of(sheet: Sheet, report: Report) -> dict[str, Any]:
    """What the page shows of a report: the wrong lines or, where there is none, the first ones."""
    rows = (report.wrong or report.results)[:SHOWN]
    width = len(sheet.headings)
    return {
        "report": report,
        "headings": sheet.headings,
        "rows": [(one, list(zip(sheet.headings, one.cells + ("",) * width, strict=False))) for one in rows],
        "more": len(report.wrong or report.results) - len(rows),
        "counts": {name: report.count(name) for name in ("new", "changed", "same", "wrong")},
    }


def _salt(request: HttpRequest, lines: Lines) -> str:
    return f"core.imports:{lines.key}:{lines.place}:{request.user.pk}"


def _sealed(request: HttpRequest, lines: Lines, sheet: Sheet) -> str:
    token = signing.dumps([sheet.headings, sheet.rows], salt=_salt(request, lines), compress=True)
    if len(token) > _SIGNED:
        raise Refused("list_too_large", field="file", limit=MEGABYTES)
    return token


def _opened(request: HttpRequest, lines: Lines) -> Sheet:
    try:
        headings, rows = signing.loads(request.POST["list"], salt=_salt(request, lines), max_age=GOOD_FOR)
    except signing.BadSignature as error:
        raise Refused("list_check_expired") from error
    return Sheet(tuple(headings), tuple((number, tuple(cells)) for number, cells in rows))


def _blank(lines: Lines, kind: str) -> HttpResponse:
    """An empty list with its headings and, where the columns give examples, one line to be written over."""
    rows = [[str(column.label) for column in lines.columns]]
    if any(column.example for column in lines.columns):
        rows.append([str(column.example) for column in lines.columns])
    content = exports.xlsx_bytes(rows) if kind == "xlsx" else exports.csv_text(rows)
    response = HttpResponse(content, content_type=_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{lines.key}.{kind}"'
    return response
