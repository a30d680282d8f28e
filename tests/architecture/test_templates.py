"""Templates keep the content policy, and components say what they take."""

from __future__ import annotations

import re

from config.settings.apps import BASE_DIR

PAGES = BASE_DIR / "templates"
COMPONENTS = sorted((PAGES / "cotton").glob("*.html"))
#: What the content security policy forbids: style and script within the page, handlers in attributes.
FORBIDDEN = re.compile(r"<style\b|\sstyle\s*=|<script(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)
#: Papers are printed by WeasyPrint, not shown by a browser.
PAPERS = PAGES / "papers"


def test_no_page_carries_style_script_or_handler_of_its_own():
    guilty = {
        str(path.relative_to(PAGES)): found[0]
        for path in PAGES.rglob("*.html")
        if PAPERS not in path.parents and (found := FORBIDDEN.search(path.read_text(encoding="utf-8")))
    }
    assert guilty == {}


def test_every_component_declares_its_inputs_says_what_they_are_and_stays_small():
    for path in COMPONENTS:
        text = path.read_text(encoding="utf-8")
        assert "<c-vars" in text, f"{path.name} declares no inputs"
        assert "{#" in text[:400], f"{path.name} does not say what its inputs are"
        assert len(text.splitlines()) <= 120, f"{path.name} wants to be two"
