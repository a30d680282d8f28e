"""Check the audit chains: ``manage.py audit_verify [--scope CODE] [--public-key FILE]``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.verify import scopes, verify


class Command(BaseCommand):
    """Exit code 1 when anything is wrong."""

    help = "Check every event, link, head and signed checkpoint of the audit chains."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scope", help="one chain (a jurisdiction's code, or 'site'); otherwise all")
        parser.add_argument("--public-key", help="PEM file of the published key that signs checkpoints")

    def handle(self, *args: Any, **options: Any) -> None:
        key = Path(options["public_key"]).read_text() if options["public_key"] else ""
        chains = [options["scope"]] if options["scope"] else scopes()
        wrong = 0
        for chain in chains:
            report = verify(chain, key)
            state = "verified" if report.verified else f"{len(report.problems)} problems"
            self.stdout.write(f"{chain}: {report.events} events, {report.checkpoints} checkpoints, {state}")
            for problem in report.problems:
                self.stderr.write(f"  {problem}")
            wrong += len(report.problems)
        if wrong:
            raise CommandError(f"{wrong} problems found")
