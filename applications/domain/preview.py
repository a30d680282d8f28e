"""The form as it would be printed if it were filed now: nothing is frozen, numbered or kept. Only reads."""

from __future__ import annotations

from accounts.models import User
from applications.domain.checklist import Survey
from applications.domain.filing import piece_of
from applications.domain.receipts import form_context
from applications.facts import profile_of
from applications.models import Application, Evidence, FiledVersion
from core.fields import digest
from documents.models import Paper
from documents.rendering import pdf_of
from rounds import clock

MARK = "预览"


def preview(application: Application, actor: User) -> bytes:
    """The PDF, marked as a preview on every page. The caller has checked that the person may read the application."""
    survey, round_ = Survey(application), application.entry.round
    version = _as_if_filed(application, survey, actor)
    context = {**form_context(application, version, survey), "number": MARK, "preview": MARK}
    paper = Paper(
        jurisdiction=round_.jurisdiction, kind="application_form", template="papers/application_form.html", number=MARK,
        title=f"{MARK} {survey.layout.form.title.zh}", context=context, context_sha256=digest(context), round_ref="",
    )  # fmt: skip
    return pdf_of(paper)[0]


def _as_if_filed(application: Application, survey: Survey, actor: User) -> FiledVersion:
    """A version that is never saved."""
    asked, now = survey.answered.asked, clock.now(application.entry.round)
    pieces = Evidence.objects.filter(application=application, removed_at=None, field__in=asked).select_related("file")
    version = FiledVersion(
        application=application, number=0, answers={key: value for key, value in application.answers.items() if key in asked},
        secrets=[key for key in application.secrets if key in asked], evidence=[piece_of(one) for one in pieces.order_by("field", "id")],
        profile=profile_of(application.entry.organisation, survey.policy), filed_at=now, filed_by=actor, deadline=now,
    )  # fmt: skip
    version.sha256 = digest(version.content())
    return version
