"""The house stands: foreign keys point down, the law is data, nothing is named that must not be."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from config.settings.apps import HOUSE
from core import refusals

ROOT = Path(settings.BASE_DIR)
FLOOR = {name: n for n, name in enumerate(HOUSE)}
SIDE_BY_SIDE = {("notifications", "documents"), ("documents", "notifications")}
OURS = [ROOT / name for name in (*HOUSE, "config", "scripts", "bench")]


def sources() -> list[Path]:
    return [
        path for folder in OURS if folder.exists() for path in folder.rglob("*.py") if "migrations" not in path.parts
    ]


def test_foreign_keys_point_down() -> None:
    wrong = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not isinstance(field, models.ForeignKey | models.ManyToManyField) or not isinstance(target, type):
                continue
            here, there = model._meta.app_label, target._meta.app_label
            if (
                here in FLOOR
                and there in FLOOR
                and FLOOR[there] > FLOOR[here]
                and (here, there) != ("notifications", "documents")
            ):
                wrong.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    assert wrong == []


def test_no_jurisdiction_is_named_in_code() -> None:
    names = "wenling|qingyuan|wenzhou|yiwu|tacheng|温岭|庆元|温州|义乌|塔城"
    named = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(names, line, re.IGNORECASE)
    ]
    assert named == []


def test_only_the_clock_tells_the_time() -> None:
    asking = re.compile(r"timezone\.now\(|date\.today\(|datetime\.now\(|datetime\.utcnow\(")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources()
        if path.relative_to(ROOT).parts[0] in HOUSE and path.name != "clock.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if asking.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("folder", ["templates"])
def test_templates_keep_the_content_policy(folder: str) -> None:
    forbidden = re.compile(
        r'\sstyle="|<script(?![^>]*\bsrc=)(?![^>]*type="application/json")|\son(click|change|submit|input|load)=|<style'
    )
    papers = ROOT / folder / "papers"
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / folder).rglob("*.html")
        if papers not in path.parents and forbidden.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_refusal_raised_has_its_sentence() -> None:
    raised = re.compile(r'Refused\(\s*"([a-z0-9_]+)"')
    used = {code for path in sources() for code in raised.findall(path.read_text(encoding="utf-8"))}
    assert used - refusals.codes() == set()


def test_every_refusal_says_why_and_what_next() -> None:
    for code in refusals.codes():
        refused = refusals.Refused(code)
        assert refused.why and refused.next_step, code


def test_every_name_for_gettext_is_one_that_the_collector_knows() -> None:
    text = (ROOT / "scripts/messages.py").read_text()
    renamed = re.compile(r"^from django\.utils\.translation import [^\n]*?gettext(?:_lazy|_noop)? as (\w+)", re.M)
    names = {name for path in sources() for name in renamed.findall(path.read_text())} - {"_"}
    assert {name for name in names if f'"{name}"' not in text} == set()
