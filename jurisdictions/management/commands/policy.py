"""``manage.py policy``: check, load, draw and list policy files."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jurisdictions.policy import loader


class Command(BaseCommand):
    help = "Check, load, draw and list policies."
    requires_system_checks = []  # a policy can be checked before there is a database

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        check = acts.add_parser("check", help="Say everything that is wrong with a policy file.")
        check.add_argument("file", nargs="+")
        check.add_argument("--json", action="store_true", help="Write the problems as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"do_{options['act']}")(options)

    def do_check(self, options: dict[str, Any]) -> None:
        """Exit code 1 when there are problems."""
        files = [loader.read(path) for path in options["file"]]
        problems = [problem for file in files for problem in file.problems]
        if options["json"]:
            self.stdout.write(json.dumps([p.as_dict() for p in problems], ensure_ascii=False, indent=2))
        else:
            for problem in problems:
                self.stdout.write(str(problem))
        if problems:
            raise CommandError(f"{len(problems)} problems", returncode=1)
        if not options["json"]:
            self.stdout.write(self.style.SUCCESS("no problems"))
