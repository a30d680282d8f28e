"""Managers that find rows by their natural keys, so that fixtures need no numbers. Those of a tenant look outside any scope:
a fixture is loaded for a jurisdiction that may not exist yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django_scopes import scopes_disabled

if TYPE_CHECKING:
    from jurisdictions.models import Body, Jurisdiction, PolicyDocument


class JurisdictionManager(models.Manager["Jurisdiction"]):
    def get_by_natural_key(self, code: str) -> Jurisdiction:
        return self.get(code=code)


class BodyManager(models.Manager["Body"]):
    def get_by_natural_key(self, code: str, key: str) -> Body:
        with scopes_disabled():
            return self.get(jurisdiction__code=code, key=key)


class PolicyDocumentManager(models.Manager["PolicyDocument"]):
    def get_by_natural_key(self, code: str, edition: str) -> PolicyDocument:
        with scopes_disabled():
            return self.get(jurisdiction__code=code, edition=edition)
