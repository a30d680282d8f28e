"""The letter that returns an application for supplement."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from applications.domain.access import policy_of
from applications.domain.letters import office_of, signed
from applications.forms.layout import layout
from applications.models import Supplement
from core.clock import legal_date
from documents import papers
from documents.models import Paper


def supplement_asked(supplement: Supplement) -> Paper:
    """What is to be supplemented, question by question, until when, and why."""
    application = supplement.application
    entry, round_ = application.entry, application.entry.round
    plan = layout(policy_of(application), entry.prize)
    with translation.override(settings.LANGUAGE_CODE):
        rows = [
            [place, plan.fields[one["key"]].label.zh, one["what"] or _("Complete it.")]
            for place, one in enumerate(supplement.fields, start=1)
        ]
        context: dict[str, Any] = {
            "issuer": office_of(round_),
            "addressee": entry.organisation.name,
            "body": [
                _("Your application ({number}) has been examined and is returned to you for supplement, once.").format(
                    number=entry.number
                ),
                _("Reason: {reason}").format(reason=supplement.reason),
                _(
                    "Please file the supplement by the end of {day}. What is not filed by then is decided on as it stands."
                ).format(day=_day(legal_date(supplement.due_at))),
            ],
            "columns": [_("No."), _("Question"), _("What is to be supplemented")],
            "rows": rows,
        } | signed(round_, supplement.article, office_of(round_))
        return papers.request(
            kind="supplement_asked", jurisdiction=round_.jurisdiction, subject=application, template="letter", context=context,
            title=_("Notice of supplement"), number=f"{entry.number}-BZ", round_ref=round_.pk,
        )  # fmt: skip


def _day(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
