"""People at their browsers: go to a page, fill a form, send it, and see what the page says."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import reverse
from playwright.sync_api import Locator, Page

from accounts.models import User

SHOTS = Path(os.environ["SCREENSHOTS"]) if os.environ.get("SCREENSHOTS") else None
SUBMIT = 'button:not([type="button"])'
#: What a page shows when something was refused: a message, the errors on top of a form, or one at a field.
REFUSAL = ".alert-danger, .error-summary, .field-error"


@dataclass
class Person:
    """Somebody signed in. Addresses are named; the jurisdiction's code stands before their other arguments."""

    page: Page
    code: str
    user: User | None = None

    def at(self, name: str, *args: Any, shot: str = "") -> Person:
        """Open a page; it must answer 200."""
        address = self.address(name, *args)
        response = self.page.goto(address)
        assert response is not None and response.ok, f"{self.user}: {address} answers {response and response.status}"
        return self.shot(shot)

    def address(self, name: str, *args: Any) -> str:
        return reverse(name, args=[self.code, *args])

    def follow(self, name: str, *args: Any, shot: str = "") -> Person:
        """Click the link to that page, which must be on this one."""
        address = self.address(name, *args)
        link = self.page.locator(f'a[href="{address}"], a[href^="{address}?"]').first
        assert link.count(), f"{self.user}: no link to {address} on {self.page.url}"
        with self.page.expect_navigation():
            link.click()
        return self.shot(shot)

    def from_desk(self, name: str, *args: Any, shot: str = "") -> Person:
        """The desk leads to it."""
        self.page.goto(reverse("rounds:desk"))
        return self.follow(name, *args, shot=shot)

    def press(self, name: str, *args: Any, refused: str = "") -> Person:
        """Press the one-button form that posts to that address."""
        return self.send({}, f'form[action="{self.address(name, *args)}"]', refused=refused)

    def send(
        self, values: Mapping[str, Any], form: str = "main form[method=post]", *, button: str = "", refused: str = ""
    ) -> Person:
        """Fill a form and send it. ``button``: its name, or name=value; ``refused``: words that the refusal must contain."""
        unfold(self.page)
        found = self.page.locator(form).first
        assert found.count(), f"{self.user}: no form {form} on {self.page.url}"
        fill(found, values)
        if refused and found.evaluate(_SENDS_FILES):  # in the background: what is wrong stands on this very page
            _button(found, button).click()
            self.page.locator(REFUSAL).first.wait_for()
        else:
            with self.page.expect_navigation():
                _button(found, button).click()
        said = self.refusals()
        if refused:
            assert refused in said, f"{self.user}: refused with “{said}”, not with “{refused}”"
        else:
            assert not said, f"{self.user}: refused on {self.page.url}: {said}"
            assert "/accounts/" not in self.page.url
        return self

    def refusals(self) -> str:
        return " ".join(text.strip() for text in self.page.locator(REFUSAL).all_inner_texts())

    def shot(self, name: str) -> Person:
        """A picture for people, where SCREENSHOTS names a folder."""
        if name and SHOTS:
            SHOTS.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
        return self


_SENDS_FILES = "form => [...form.querySelectorAll('[data-upload] input')].some((input) => input.files.length > 0)"


def unfold(page: Page) -> None:
    """Open everything that is folded away, as somebody looking for a form would."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")


def fill(form: Locator, values: Mapping[str, Any]) -> None:
    """Give each named control its value: text, choice, ticks (a list), a date, files ((name, content) or a list of them)."""
    for name, value in values.items():
        _fill_one(form.locator(f'[name="{name}"]'), name, value)


def type_all(inside: Locator, values: Mapping[str, str]) -> None:
    """As ``fill``, for the many cells of a table or marks of a sheet, in one go. Each control must be there and offer the value."""
    missing = inside.evaluate(_TYPE_ALL, dict(values))
    assert not missing, f"no control takes {missing}"


_TYPE_ALL = """(inside, values) => Object.entries(values).filter(([name, value]) => {
    const control = inside.querySelector(`[name="${name}"]`)
    if (!control || control.disabled || !control.getClientRects().length) return true
    control.value = value
    control.dispatchEvent(new Event('change', {bubbles: true}))
    return control.value !== value
})"""


def _fill_one(controls: Locator, name: str, value: Any) -> None:
    assert controls.count(), f"there is no “{name}” in the form"
    tag, kind = controls.first.evaluate("c => [c.tagName, c.type]")
    if kind == "file":
        controls.set_input_files(
            [{"name": n, "mimeType": "application/pdf", "buffer": content} for n, content in value]
        )
    elif tag == "SELECT":
        controls.select_option(str(value))
    elif kind == "radio":
        _choose(controls, [_text(value)])
    elif kind == "checkbox":
        _choose(controls, [_text(one) for one in value]) if isinstance(value, (list, tuple)) else controls.set_checked(
            bool(value)
        )
    else:
        controls.fill(_text(value))


def _choose(controls: Locator, wanted: list[str]) -> None:
    for place in range(controls.count()):
        control = controls.nth(place)
        if control.get_attribute("value") in wanted:
            control.check()
        elif control.is_checked() and control.get_attribute("type") == "checkbox":
            control.uncheck()


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _button(form: Locator, name: str) -> Locator:
    if not name:
        return (
            form.locator(SUBMIT).last
            if form.locator(SUBMIT).count() == 1
            else form.locator(f"{SUBMIT}.btn-primary, {SUBMIT}").first
        )
    key, _equals, value = name.partition("=")
    return form.locator(f'button[name="{key}"]' + (f'[value="{value}"]' if value else "")).first


Enter = Callable[..., Page]
