"""``manage.py policy``: check, load, draw, list policies; print their schema."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scopes_disabled

from core.refusals import Refused
from jurisdictions import editions
from jurisdictions.models import PolicyDocument
from jurisdictions.policy import Policy, diagram, loader, schema


class Command(BaseCommand):
    help = "Check, load, draw and list policies."
    requires_system_checks = []  # a policy can be checked before there is a database

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        check = acts.add_parser("check", help="Say everything that is wrong with policy files.")
        check.add_argument("file", nargs="+")
        check.add_argument("--json", action="store_true", help="Write the problems as JSON.")
        acts.add_parser("load", help="Check files and load them; a second load changes nothing.").add_argument(
            "file", nargs="+"
        )
        draw = acts.add_parser("diagram", help="Draw the stages as a Mermaid flowchart.")
        draw.add_argument("code", help="Jurisdiction code (its latest edition), or a policy file.")
        draw.add_argument("--edition", default="")
        draw.add_argument("--english", action="store_true")
        acts.add_parser("schema", help="Print the JSON Schema of a policy document.")
        acts.add_parser("kinds", help="Print the stage kinds and their parameters as a Markdown table.")
        acts.add_parser("list", help="List the editions in the database.")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"do_{options['act']}")(options)

    def do_check(self, options: dict[str, Any]) -> None:
        """Exit code 1 when there are problems."""
        problems = [problem for path in options["file"] for problem in _read(path).problems]
        if options["json"]:
            self.stdout.write(json.dumps([p.as_dict() for p in problems], ensure_ascii=False, indent=2))
        for problem in () if options["json"] else problems:
            self.stdout.write(str(problem))
        if problems:
            raise CommandError(f"{len(problems)} problems", returncode=1)
        if not options["json"]:
            self.stdout.write(self.style.SUCCESS("no problems"))

    def do_load(self, options: dict[str, Any]) -> None:
        for path in options["file"]:
            try:
                document, changed = editions.load(file=_read(path), actor=None)
            except loader.BadPolicy as error:
                raise CommandError(f"nothing was loaded\n{error}", returncode=1) from error
            except Refused as refusal:
                raise CommandError(f"{path}: {refusal}", returncode=1) from refusal
            if options["verbosity"]:
                self.stdout.write(f"{document}: {'loaded' if changed else 'unchanged'}")

    def do_diagram(self, options: dict[str, Any]) -> None:
        language = "en" if options["english"] else "zh"
        self.stdout.write(diagram.mermaid(_policy(options["code"], options["edition"]), language), ending="")

    def do_schema(self, options: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(schema.json_schema(), ensure_ascii=False, indent=2))

    def do_kinds(self, options: dict[str, Any]) -> None:
        self.stdout.write(schema.stage_table(), ending="")

    def do_list(self, options: dict[str, Any]) -> None:
        with scopes_disabled():
            for row in PolicyDocument.objects.select_related("jurisdiction").order_by("jurisdiction__code", "edition"):
                self.stdout.write(f"{row.jurisdiction.code}\t{row.edition}\t{row.status}\t{row.sha256[:12]}")


def _read(path: str) -> loader.PolicyFile:
    try:
        return loader.read(path)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error


def _policy(code: str, edition: str) -> Policy:
    """The policy of a file, or of a jurisdiction's latest (or named) edition."""
    if Path(code).is_file():
        return _read(code).sound()
    with scopes_disabled():
        rows = PolicyDocument.objects.filter(jurisdiction__code=code)
        row = (rows.filter(edition=edition) if edition else rows).order_by("-edition").first()
    if row is None:
        raise CommandError(f"there is no policy '{code}' {edition}".rstrip())
    return row.policy
