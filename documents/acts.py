"""What the log calls acts of files."""

from django.utils.translation import pgettext_lazy

from audit.naming import register

register(
    {
        "file.accepted": pgettext_lazy("log", "File accepted"),
        "file.marked": pgettext_lazy("log", "File marked"),
        "file.removed": pgettext_lazy("log", "File removed"),
        "file.secret_read": pgettext_lazy("log", "Confidential file read"),
    }
)
