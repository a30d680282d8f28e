"""Jurisdictions, their bodies and memberships, policies, calendar."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JurisdictionsConfig(AppConfig):
    name = "jurisdictions"
    verbose_name = _("Jurisdictions")

    def ready(self) -> None:
        from core.refusals import register
        from jurisdictions.refusals import SENTENCES

        register(SENTENCES)
