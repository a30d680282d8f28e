"""Messages of this app."""

from django.utils.translation import gettext_lazy as _

from publicity.letters import CONCLUDED

TEXTS = {
    CONCLUDED: (
        _("An objection against {organisation} was looked into"),
        _(
            "Stage “{stage}”, Article {article}: an objection against {organisation} was investigated. Outcome: {outcome}."
        ),
    ),
}
