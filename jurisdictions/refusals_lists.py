"""What lists say when they refuse: ``{code: (why, next step)}``."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "view_name_missing": (_("A saved view has a name of at most 60 characters."), _("Give it a short name.")),
    "view_name_taken": (_("You already have a view called “{name}”."), _("Choose another name.")),
    "too_many_views": (_("At most {limit} views of a list are kept."), _("Delete one that you no longer need.")),
    "view_too_long": (_("This view has more conditions than can be kept."), _("Take some filters or columns away.")),
    "view_not_yours": (_("Only who saved a view may change it."), _("Save one of your own under another name.")),
    "view_not_shareable": (_("Only staff of the review office share views."), _("Save it for yourself.")),
    "no_row_chosen": (_("No row is chosen."), _("Tick the rows that it is about, then go on.")),
    "too_many_rows_chosen": (_("At most {limit} rows are touched at once."), _("Narrow the list with its filters.")),
    "chosen_row_gone": (
        _("A chosen row is no longer in this list, or not yours to see."), _("Open the list anew and choose again."),
    ),
    "shown_rows_changed": (
        _("What you confirmed has changed in the meantime; nothing was done."), _("Look at it again, then confirm."),
    ),
}  # fmt: skip
