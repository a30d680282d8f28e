"""Play a whole rehearsal round of a jurisdiction's policy."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_scopes import scopes_disabled

from awards.rehearsing.driver import Wish, rehearse
from core.refusals import Refused
from jurisdictions.models import PolicyDocument
from rounds.rehearsal import RehearsalFailed


class Command(BaseCommand):
    help = "Plays a rehearsal round from the call to the certificates, and tries what each stage forbids."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="jurisdiction code, or code/edition")
        parser.add_argument("--applications", type=int, default=12, help="how many applicants (default 12)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same result")
        parser.add_argument("--year", type=int, help="the round's year (default: the latest that the calendar covers)")
        parser.add_argument("--no-papers", action="store_true", help="leave the making of PDF files out")
        parser.add_argument("--json", action="store_true", help="print one JSON object at the end, and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["applications"] < 1:
            raise CommandError(f"--applications {options['applications']}: a rehearsal needs at least one applicant")
        code, _, edition = options["code"].partition("/")
        with scopes_disabled():
            found = (
                PolicyDocument.objects.filter(jurisdiction__code=code)
                .select_related("jurisdiction")
                .order_by("-edition")
            )
            document = (found.filter(edition=edition) if edition else found).first()
        if document is None:
            raise CommandError(f"No policy is loaded for “{options['code']}”. Load one: manage.py policy load FILE")
        show = (lambda line: None) if options["json"] else self.stdout.write
        wish = Wish(options["applications"], options["seed"], options["year"], not options["no_papers"], show)
        try:
            result = rehearse(document, wish)
        except (Refused, RehearsalFailed) as problem:
            raise CommandError(f"The rehearsal stopped: {problem}") from problem
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2))
        else:
            self._summary(result)

    def _summary(self, result: dict[str, Any]) -> None:
        self.stdout.write("")
        for winner in result["winners"]:
            self.stdout.write(
                f"★ {winner['prize']} {winner['tier']} {winner['organisation']} {winner['bonus'] or '—'} 〔{winner['article']}〕"
            )
        pages = sum(paper["pages"] or 0 for paper in result["papers"])
        audit = result["audit"]
        self.stdout.write(
            f"{len(result['winners'])} honours, {len(result['papers'])} papers ({pages} pages), {len(result['refusals'])} acts refused"
        )
        self.stdout.write(f"audit: {audit['events']} events, {'verified' if audit['verified'] else 'NOT VERIFIED'}")
