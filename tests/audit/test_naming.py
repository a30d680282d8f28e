"""Whoever reads the log reads what was done in words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from audit import naming
from config.settings.apps import HOUSE
from reviews.models import Conduct

CODE = re.compile(r"[a-z_]+\.[a-z_]+")
#: What puts an act on the log, here and in helpers of the apps.
RECORDING = {"record", "_record", "log", "_log", "settle", "reopen"}


def _recorded() -> Iterator[str]:
    """Every code written at a call that records an act."""
    for app in HOUSE:
        for path in (Path(settings.BASE_DIR) / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and _called(node) in RECORDING:
                    given = [*node.args[:2], *(word.value for word in node.keywords if word.arg == "act")]
                    texts = (one for argument in given for one in ast.walk(argument) if isinstance(one, ast.Constant))
                    yield from (one.value for one in texts if isinstance(one.value, str) and CODE.fullmatch(one.value))


def _called(node: ast.Call) -> str:
    return str(getattr(node.func, "attr", getattr(node.func, "id", "")))


def test_every_act_that_is_recorded_has_a_name_in_both_languages() -> None:
    acts = set(_recorded()) | {f"conduct.{act}" for act in Conduct.Act.values}
    acts |= {f"{kind}.{what}" for kind in ("correction", "observation") for what in ("answered", "settled")}
    assert len(acts) > 150, "the search finds them"
    assert not acts - naming.named()
    for act in sorted(acts):
        with translation.override("zh-hans"):
            assert re.search(r"[\u3400-\u9fff]", naming.name_of(act)), act
        with translation.override("en"):
            assert not re.search(r"[\u3400-\u9fff]", naming.name_of(act)), act


def test_an_act_has_one_name_and_is_found_by_it() -> None:
    with pytest.raises(ValueError, match=r"round\.opened"):
        naming.register({"round.opened": "Opened again"})
    with translation.override("zh-hans"):
        assert "round.opened" in naming.like("开启届次")
    assert naming.name_of("from.later") == "from.later"
