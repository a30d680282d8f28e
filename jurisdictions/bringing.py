"""The page of a list in the house: short ones at once (:mod:`core.imports`), long ones by a worker while the page says how far it is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRefresh

from accounts.models import User
from core import imports
from core.imports.pages import shown
from core.imports.running import Result
from core.refusals import Refused
from jurisdictions.domain import intakes
from jurisdictions.models import Intake

LIST = "list"


def page(
    request: HttpRequest, lines: imports.Lines, *, back: str, where: str = "", context: dict[str, Any] | None = None
) -> HttpResponse:
    """As :func:`core.imports.page`. ``?list=``: a long list, being checked, to be confirmed, being written, written."""
    if token := request.GET.get(LIST):
        return _long(request, lines, token, {"back": back, "where": where, "context": context or {}})

    def long(sheet: imports.Sheet, name: str) -> str:
        jurisdiction = request.jurisdiction  # type: ignore[attr-defined]
        intake = intakes.put(actor=_actor(request), jurisdiction=jurisdiction, lines=lines, sheet=sheet, name=name)
        return _address(request, intake)

    return imports.page(request, lines, back=back, where=where, context=context, long=long)


def _long(request: HttpRequest, lines: imports.Lines, token: str, parts: dict[str, Any]) -> HttpResponse:
    intake = intakes.found(actor=_actor(request), lines=lines, token=token)
    try:
        if intake is None:
            raise Refused("list_check_expired")
        if request.method == "POST":
            intakes.confirm(actor=_actor(request), lines=lines, intake=intake)
            return redirect(_address(request, intake))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(request.path)
    if request.htmx and not intake.is_running:  # type: ignore[attr-defined]  # the page asked how far it is: all of it changes now
        return HttpResponseClientRefresh()
    parts["context"] = {**parts["context"], **_told(request, intake)}
    return shown(request, lines, **parts)


def _told(request: HttpRequest, intake: Intake) -> dict[str, Any]:
    address = _address(request, intake)
    if intake.is_running:
        done = intakes.done(intake)
        return {"intake": intake, "address": address, "done": done, "total": intake.lines if done else 0}
    headings, width = intake.result.get("headings", []), len(intake.result.get("headings", []))
    rows = [
        (Result(number, tuple(cells), outcome, tuple(errors)), list(zip(headings, [*cells, *[""] * width], strict=False)))
        for number, cells, outcome, errors in intake.result.get("rows", [])
    ]  # fmt: skip
    counts = intake.result.get("counts", {})
    told = {name: intake.result.get(name) for name in ("counts", "more", "refusal", "tried")}
    told["written"] = counts.get("new", 0) + counts.get("changed", 0)
    report = intake.state in (Intake.State.CHECKED, Intake.State.WRONG) and "counts" in intake.result
    return {"intake": intake, "address": address, "report": report, "headings": headings, "rows": rows, **told}


def _address(request: HttpRequest, intake: Intake) -> str:
    return f"{request.path}?{LIST}={intake.token}"


def _actor(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
