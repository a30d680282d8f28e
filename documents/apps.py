"""Files that people hand in, and papers that the system makes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        from core.refusals import register
        from documents import checks  # noqa: F401  (registers the system checks)
        from documents.refusals import SENTENCES

        register(SENTENCES)
