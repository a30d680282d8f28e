"""What messages of this app say."""

from django.utils.translation import gettext_lazy as _

from notifications import texts

texts.register(
    {
        "award.conferred": (
            _("{organisation}: {prize} {year}"),
            _(
                "{organisation} has been given “{prize}” for {year} (serial {serial}). Certificate and duties are on the honour's page."
            ),
        ),
        "award.case_decided": (
            _("A decision has been taken: {title}"),
            _("{organisation}: a decision has been taken. It is attached, and can be opened here."),
        ),
        "award.duty": (_("Duty to record: {duty}"), _("{organisation}: please record for {year}: {duty}.")),
        "award.correction_due": (
            _("Correction due on {due}"),
            _("{organisation}: the use of the title must be corrected by {due}. Report it to the review office."),
        ),
    }
)
