"""What the regulations ask of the system, row by row, and which tests prove it."""

from __future__ import annotations

import ast
import csv
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

PROVEN_BY_TESTS = frozenset({"data", "rule"})


@dataclass(frozen=True, slots=True)
class Row:
    """``kind``: data, rule, screen, doc or duty."""

    id: str
    jurisdiction: str
    article: str
    kind: str
    requirement: str


def table() -> list[Row]:
    """Every row of ``fixtures/requirements.csv``."""
    with (Path(settings.BASE_DIR) / "fixtures" / "requirements.csv").open(encoding="utf-8", newline="") as file:
        return [Row(**row) for row in csv.DictReader(file)]


def marked(folder: Path | None = None) -> dict[str, list[str]]:
    """Row id → the tests (``file:line``) that carry ``@pytest.mark.requirement("<id>")`` or ``pytest.param(..., marks=…)``."""
    found: dict[str, list[str]] = {}
    root = folder or Path(settings.BASE_DIR) / "tests"
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "requirement":
                for argument in node.args:
                    if isinstance(argument, ast.Constant):
                        place = f"{path.relative_to(root.parent)}:{node.lineno}"
                        found.setdefault(str(argument.value), []).append(place)
    return found


def unproven() -> list[Row]:
    """Rows of the kinds that tests must prove and that no test names."""
    named = marked()
    return [row for row in table() if row.kind in PROVEN_BY_TESTS and row.id not in named]
