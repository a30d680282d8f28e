"""What the log calls acts of notices and objections."""

from django.utils.translation import pgettext_lazy

from audit.naming import register

register(
    {
        "notice.published": pgettext_lazy("log", "Notice published"),
        "objection.accepted": pgettext_lazy("log", "Objection accepted"),
        "objection.concluded": pgettext_lazy("log", "Investigation concluded"),
        "objection.details_erased": pgettext_lazy("log", "Objector's details erased"),
        "objection.received": pgettext_lazy("log", "Objection received"),
        "objection.rejected": pgettext_lazy("log", "Objection not accepted"),
        "objection.told": pgettext_lazy("log", "Objector told"),
        "objection.unmasked": pgettext_lazy("log", "Objector's details shown"),
        "objections.reported": pgettext_lazy("log", "Investigation report handed over"),
    }
)
