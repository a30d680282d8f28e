"""Applications: form, evidence, filing, recommendation, preliminary review, eligibility, acceptance."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

REFUSALS = ("applications.refusals", "applications.refusals_office")
#: Importing these registers stage kinds, fact providers and players.
REGISTERING = ("applications.kinds", "applications.facts", "applications.players")


class ApplicationsConfig(AppConfig):
    name = "applications"
    verbose_name = _("Applications")

    def ready(self) -> None:
        from core.refusals import register

        for module in filter(find_spec, REFUSALS):
            register(import_module(module).SENTENCES)
        for module in REGISTERING:
            import_module(module)
