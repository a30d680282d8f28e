"""What the log calls acts of approvals, honours and cases."""

from django.utils.translation import pgettext_lazy

from audit.naming import register

register(
    {
        "approval.decided": pgettext_lazy("log", "Approval decided"),
        "approval.list_fixed": pgettext_lazy("log", "List for approval fixed"),
        "award.other_entered": pgettext_lazy("log", "Other award entered"),
        "bonus.paid": pgettext_lazy("log", "Bonus paid"),
        "case.corrected": pgettext_lazy("log", "Correction carried out"),
        "case.correction_refused": pgettext_lazy("log", "Correction refused"),
        "case.credit_file": pgettext_lazy("log", "Entered in the credit file"),
        "case.disclosed": pgettext_lazy("log", "Measure disclosed"),
        "case.opened": pgettext_lazy("log", "Case opened"),
        "case.returned": pgettext_lazy("log", "Certificate or bonus returned"),
        "case.step": pgettext_lazy("log", "Opinion on a case given"),
        "duty.recorded": pgettext_lazy("log", "Duty recorded"),
        "honour.conferred": pgettext_lazy("log", "Honour conferred"),
        "honour.entered": pgettext_lazy("log", "Earlier honour entered"),
        "misuse.reported": pgettext_lazy("log", "Misuse reported"),
        "misuse.settled": pgettext_lazy("log", "Report of misuse settled"),
    }
)
