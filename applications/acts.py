"""What the log calls acts of applying, recommending and examining."""

from django.utils.translation import pgettext_lazy

from audit.naming import register

register(
    {
        "application.category_chosen": pgettext_lazy("log", "Category chosen"),
        "application.filed": pgettext_lazy("log", "Application filed"),
        "application.saved": pgettext_lazy("log", "Application saved"),
        "application.secrets_shown": pgettext_lazy("log", "Confidential answers shown"),
        "application.started": pgettext_lazy("log", "Application begun"),
        "application.taken_back": pgettext_lazy("log", "Application taken back for changes"),
        "bodies.newcomers_let_in": pgettext_lazy("log", "New officers of bodies let in"),
        "consultation.answered": pgettext_lazy("log", "Body answered"),
        "consultation.answered_many": pgettext_lazy("log", "Body answered about several"),
        "consultation.asked": pgettext_lazy("log", "Bodies asked"),
        "consultation.lapsed": pgettext_lazy("log", "Answers overdue taken as the policy says"),
        "consultation.set_aside": pgettext_lazy("log", "Disagreement set aside"),
        "entries.checked": pgettext_lazy("log", "Facts of several applications recorded"),
        "entries.found": pgettext_lazy("log", "Findings of several applications recorded"),
        "entries.recomputed": pgettext_lazy("log", "Conditions weighed again"),
        "entry.assigned": pgettext_lazy("log", "Application put into a body's hands"),
        "entry.audit_declined": pgettext_lazy("log", "Not passed by the audit"),
        "entry.audit_passed": pgettext_lazy("log", "Passed by the audit"),
        "entry.audited": pgettext_lazy("log", "Audit findings recorded"),
        "entry.checked": pgettext_lazy("log", "Facts of an application recorded"),
        "entry.consulted": pgettext_lazy("log", "Consultation recorded"),
        "entry.declined": pgettext_lazy("log", "Application declined"),
        "entry.declined_by_one": pgettext_lazy("log", "Declined by one body"),
        "entry.first_reviewed": pgettext_lazy("log", "First review recorded"),
        "entry.found": pgettext_lazy("log", "Finding recorded"),
        "entry.published_by_body": pgettext_lazy("log", "Published by the body"),
        "entry.recommended": pgettext_lazy("log", "Application recommended"),
        "evidence.attached": pgettext_lazy("log", "Evidence attached"),
        "evidence.removed": pgettext_lazy("log", "Evidence removed"),
        "evidence.replaced": pgettext_lazy("log", "Evidence replaced"),
        "internal_publicity.corrected": pgettext_lazy("log", "Internal publicity corrected"),
        "internal_publicity.recorded": pgettext_lazy("log", "Internal publicity recorded"),
        "objection.recorded_by_body": pgettext_lazy("log", "Objection recorded by the body"),
        "objection.settled_by_body": pgettext_lazy("log", "Objection settled by the body"),
        "recommendations.ordered": pgettext_lazy("log", "Order of recommendations set"),
        "secrets.unmasked": pgettext_lazy("log", "Masked details shown"),
        "stage.extended_for_one": pgettext_lazy("log", "Deadline extended for one"),
        "supplement.asked": pgettext_lazy("log", "Supplement asked for"),
        "supplement.filed": pgettext_lazy("log", "Supplement filed"),
        "supplement.saved": pgettext_lazy("log", "Supplement saved"),
    }
)
