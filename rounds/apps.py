"""Rounds: one run of a pinned policy. Stages, entries, the engine that moves them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoundsConfig(AppConfig):
    name = "rounds"
    verbose_name = _("Rounds")

    def ready(self) -> None:
        from core.refusals import register
        from documents.papers import register_rehearsals
        from notifications import texts
        from rounds import beside, reminders, screen  # noqa: F401  (each registers itself)
        from rounds.refs import is_rehearsal_ref
        from rounds.refusals import SENTENCES

        register(SENTENCES)
        texts.register(reminders.TEXTS)
        register_rehearsals(is_rehearsal_ref)
