"""What the log calls acts of a jurisdiction's own records."""

from django.utils.translation import pgettext_lazy

from audit.naming import register

register(
    {
        "body.added": pgettext_lazy("log", "Body entered"),
        "body.changed": pgettext_lazy("log", "Body changed"),
        "calendar.entered": pgettext_lazy("log", "Day entered in the calendar"),
        "calendar.removed": pgettext_lazy("log", "Day removed from the calendar"),
        "calendar.stated": pgettext_lazy("log", "Calendar of a year confirmed"),
        "calendar.unstated": pgettext_lazy("log", "Confirmation of a year's calendar withdrawn"),
        "jurisdiction.office_changed": pgettext_lazy("log", "Particulars of the review office changed"),
        "list.exported": pgettext_lazy("log", "List exported"),
        "list_view.shared": pgettext_lazy("log", "Saved view shared"),
        "list_view.withdrawn": pgettext_lazy("log", "Shared view withdrawn"),
        "policy.loaded": pgettext_lazy("log", "Policy loaded"),
        "role.begin": pgettext_lazy("log", "Role given"),
        "role.end": pgettext_lazy("log", "Role ended"),
        "role.expire": pgettext_lazy("log", "Role ran out"),
    }
)
