"""List the regulations' requirements, and those that no test names."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.requirements import marked, table


class Command(BaseCommand):
    help = "Lists requirement rows without a test (--all: every row with its tests)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="every row with the tests that prove it")

    def handle(self, *args: Any, **options: Any) -> None:
        tests, rows = marked(), table()
        missing = [row for row in rows if row.id not in tests]
        for row in rows if options["all"] else missing:
            self.stdout.write(f"{row.id:<20} {row.kind:<7} {row.requirement[:90]}")
            for place in tests.get(row.id, []) if options["all"] else []:
                self.stdout.write(f"    {place}")
        self.stdout.write(f"{len(rows) - len(missing)} of {len(rows)} rows named by a test")
        for kind in ("data", "rule", "screen", "doc", "duty"):
            left = sum(row.kind == kind for row in missing)
            self.stdout.write(f"  {kind}: {left} without a test")
