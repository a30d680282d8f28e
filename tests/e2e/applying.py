"""What applicants do on their pages: register an organisation, fill in the form section by section, file."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from django.urls import reverse
from playwright.sync_api import Locator

from tests.e2e.acting import Person, fill, type_all, unfold

LONG = "以顾客为中心，按照卓越绩效模式持续改进，主要指标居同行前列，以下用事实和数据说明。"
MOST_SECTIONS = 60


def pdf() -> bytes:
    """A small clean document."""
    document, buffer = pikepdf.new(), io.BytesIO()
    document.add_blank_page(page_size=(595, 842))
    document.save(buffer)
    return buffer.getvalue()


def register(person: Person, values: dict[str, Any]) -> int:
    """Register an organisation; its number."""
    person.page.goto(reverse("applications:register_organisation"))
    person.shot("applicant-register")
    person.send(values)
    return int(person.page.url.rstrip("/").rsplit("/", 1)[1])


def start(person: Person, organisation: int, prize: str) -> int:
    """Begin an application for the prize; its number."""
    person.at("applications:apply", shot="applicant-apply")
    here = f'form:has(input[name="organisation"][value="{organisation}"]):has(input[name="prize"][value="{prize}"])'
    person.send({}, here)
    return int(person.page.url.rstrip("/").rsplit("/", 1)[1])


def write(person: Person, application: int, answers: dict[str, Any]) -> None:
    """Fill every section in turn, as “save and go on” leads, until the whole application is shown."""
    person.at("applications:application", application, shot="applicant-application")
    first = person.page.locator('a[href*="/form/"]').first
    with person.page.expect_navigation():
        first.click()
    asked = 0
    while "/form/" in person.page.url:
        asked += 1
        assert asked < MOST_SECTIONS, "the form never ends"
        person.shot(f"applicant-section-{asked:02d}" if asked < 16 else "")
        _section(person, answers)
    assert person.page.url.endswith(person.address("applications:review", application))
    person.shot("applicant-review")


def file(person: Person, application: int) -> str:
    """File what is written; the number on the receipt."""
    person.at("applications:review", application)
    person.press("applications:file", application)
    assert person.page.url.endswith(person.address("applications:receipt", application)), person.page.url
    person.shot("applicant-receipt")
    return person.page.locator("dd").first.inner_text()


def _section(person: Person, answers: dict[str, Any]) -> None:
    form = person.page.locator('form[enctype="multipart/form-data"]').first
    unfold(person.page)
    assert not form.evaluate(_SQUEEZED), "a table of the form is squeezed to nothing"
    for question in form.locator("fieldset.question").all():
        key = (question.get_attribute("id") or "")[2:]
        _answer(question, key, answers.get(key))
    with person.page.expect_navigation():
        form.locator("button.btn-primary").click()
    assert not person.page.locator('main > [role="alert"]').count(), person.refusals()


_SQUEEZED = "form => [...form.querySelectorAll('.table-responsive')].some(table => table.clientWidth < 200)"


def _answer(question: Locator, key: str, value: Any) -> None:
    """Type an answer into whatever control the question has; one that was not prepared gets something plausible."""
    name = f"f-{key}"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        rows = question.locator("tbody tr").count()
        cells = {f"{name}-{n}-{column}": cell for n, row in enumerate(value[:rows]) for column, cell in row.items()}
        type_all(question, {cell: _typed(text) for cell, text in cells.items()})
    elif value == [] and question.locator("tbody").count():
        return  # no row to write
    elif isinstance(value, dict):
        type_all(
            question, {f"{name}-{row}-{cell}": text for row, cells in value.items() for cell, text in cells.items()}
        )
    elif value is not None:
        fill(question, {name: value})
    else:
        _improvise(question, name)


def _typed(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _improvise(question: Locator, name: str) -> None:
    """By the control's kind; questions that are not required stay empty, but for files."""
    control = question.locator(f'[name="{name}"]')
    if not control.count() or not question.locator(".required").count():
        return
    tag, kind, mode = control.first.evaluate("c => [c.tagName, c.type, c.inputMode]")
    if kind == "file":
        if not question.locator('[name="remove"]').count():
            fill(question, {name: [("证明材料.pdf", pdf())]})
    elif tag == "SELECT":
        control.select_option(index=1)
    elif kind in ("radio", "checkbox"):
        control.first.check()
    else:
        control.fill({"date": "2020-01-01"}.get(kind) or ("10" if mode == "decimal" else LONG))
