"""Meetings, rolls, sealed ballots, tallies, minutes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VotingConfig(AppConfig):
    name = "voting"
    verbose_name = _("Voting")

    def ready(self) -> None:
        from core.refusals import register
        from documents import access
        from rounds.engine.entries import on_recusal
        from voting import kinds, panels, players  # noqa: F401  (register the stage kind and its player)
        from voting.domain.recusals import strike
        from voting.refusals import SENTENCES
        from voting.rules import reads_paper

        register(SENTENCES)
        on_recusal(strike)
        access.register("voting.Poll", reads_paper)
