"""Reviews: reviewers, teams, score sheets, reports, visits, confirmations, departments' opinions, composite scores."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        from core import imports
        from core.refusals import register
        from documents import access
        from notifications import texts
        from reviews import dates, kinds, panels, players, reminders, todos  # noqa: F401  (importing registers)
        from reviews.importing import ReviewerLines
        from reviews.readers import READERS
        from reviews.refusals import SENTENCES
        from reviews.texts import TEXTS

        register(SENTENCES)
        texts.register(TEXTS)
        imports.register(ReviewerLines)
        for label, reads in READERS.items():
            access.register(label, reads)
