"""Furnish the demonstration, or list its sign-ins."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_scopes import scopes_disabled

from accounts.demo import groups
from awards.demo import furnish
from jurisdictions.models import PolicyDocument


class Command(BaseCommand):
    help = "Invents people, organisations and a rehearsal round for every loaded policy; --list prints one sign-in per role."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--list", action="store_true", help="print the demo's people by jurisdiction")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_SIGN_IN:
            raise CommandError("The demonstration is switched off in these settings (DEMO_SIGN_IN).")
        if options["list"]:
            return self._list()
        with scopes_disabled():
            documents = list(
                PolicyDocument.objects.select_related("jurisdiction").order_by("jurisdiction__code", "-edition")
            )
        seen: set[int] = set()
        for document in documents:
            if document.jurisdiction_id not in seen:
                seen.add(document.jurisdiction_id)
                made = furnish(document)
                self.stdout.write(f"{document.jurisdiction.code}: {'furnished' if made else 'there already'}")
        return None

    def _list(self) -> None:
        for code, users in groups():
            self.stdout.write(f"{code}")
            for user in users:
                self.stdout.write(f"  {user.email:<48} {user.name}")
