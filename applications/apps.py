"""Applications: form, evidence, filing, recommendation, preliminary review, eligibility, acceptance."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

REFUSALS = ("applications.refusals.applying", "applications.refusals.office", "applications.refusals.afterwards")
MESSAGES = ("applications.texts.applying", "applications.texts.office", "applications.texts.afterwards")
#: Importing these registers stage kinds, fact providers, reminders and players.
REGISTERING = (
    "applications.kinds",
    "applications.facts",
    "applications.reminders",
    "applications.reminders_afterwards",
    "applications.players",
    "applications.dates",
    "applications.panels",
    "applications.panels_ways",
)


class ApplicationsConfig(AppConfig):
    name = "applications"
    verbose_name = _("Applications")

    def ready(self) -> None:
        from applications.importing import AnswerLines, ResultLines
        from applications.rules import reads_papers, represents_an_applicant
        from core import imports
        from core.refusals import register
        from documents import access
        from jurisdictions import exclusions
        from notifications import texts

        for module in filter(find_spec, REFUSALS):
            register(import_module(module).SENTENCES)
        for module in filter(find_spec, MESSAGES):
            texts.register(import_module(module).TEXTS)
        for module in REGISTERING:
            import_module(module)
        imports.register(ResultLines, AnswerLines)
        access.register("applications.Application", reads_papers)
        exclusions.register_outside(exclusions.APPLICANT, holds=represents_an_applicant)
