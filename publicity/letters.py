"""What goes out about an objection: receipt, outcome, report; and who else is told. No paper names the objector."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import OrganisationMember, User
from core import formats
from documents import papers
from documents.models import Paper
from jurisdictions.models import Membership
from jurisdictions.organs import signer
from notifications import outbox
from publicity.models import InvestigationReport, Objection
from rounds import clock

CONCLUDED = "publicity.objection_concluded"


def receipt(objection: Objection) -> Paper:
    """The written receipt of an accepted objection."""
    rules = objection.stage.round.rules.objections
    with translation.override(settings.LANGUAGE_CODE):
        body = [
            _(
                "Your objection of {day} against {organisation} meets the requirements and is accepted. It will be investigated."
            ).format(day=formats.day(objection.received_at), organisation=objection.entry.organisation.name)
        ]
        return _letter(
            objection, "objection_receipt", _("Receipt of an objection"), body, rules.examine_article or rules.article
        )


def outcome(objection: Objection) -> Paper:
    """The outcome, for the objector, in writing."""
    with translation.override(settings.LANGUAGE_CODE):
        stands = objection.status == Objection.Status.FOUNDED
        result = _("It was found to stand.") if stands else _("It was found not to stand.")
        body = [
            _("Your objection against {organisation} has been investigated.").format(
                organisation=objection.entry.organisation.name
            ),
            f"{result} {objection.findings}",
        ]
        return _letter(objection, "objection_outcome", _("Outcome of an objection"), body, objection.article)


def investigation_report(report: InvestigationReport, about: Sequence[Objection]) -> Paper:
    """The report for the organ that receives it."""
    stage = report.stage
    with translation.override(settings.LANGUAGE_CODE):
        rows = [
            [o.number, o.entry.organisation.name, str(o.get_by_display()), str(o.get_status_display()), o.findings]
            for o in about
        ]
        columns = [_("Number"), _("Organisation"), _("Made by"), _("Outcome"), _("Findings")]
        organ = stage.round.rules.organ(report.organ)
        context = {
            "issuer": signer(stage.round.rules, stage.round.jurisdiction),
            "rehearsal": stage.round.is_rehearsal,
            "facts": [[_("Handed to"), organ.name.zh], [_("Stage"), stage.spec.name.zh]],
            "sections": [
                {"title": _("Report"), "paragraphs": [report.text]},
                {"title": _("What was raised"), "columns": columns, "rows": rows},
            ],
            "basis": _basis(stage, report.article),
            "date": clock.today(stage.round).isoformat(),
        }
        return papers.request(
            kind="investigation_report", jurisdiction=stage.round.jurisdiction, subject=report, template="report", context=context,
            title=_("Investigation report"), number=f"{stage.round.year}-{stage.key}", round_ref=stage.round.pk,
        )  # fmt: skip


def notify(objection: Objection, whom: Iterable[str]) -> list[str]:
    """Tell the organisation, and the body that audited it, how the objection ended. Returns who was told."""
    told = []
    for who in whom:
        people = _people(objection, who)
        if people is None:
            continue
        _post(objection, people, who)
        told.append(who)
    return told


def _people(objection: Objection, who: str) -> list[User] | None:
    """None where there is no such body."""
    if who == "organisation":
        rows = OrganisationMember.objects.filter(organisation=objection.entry.organisation_id).select_related("user")
        return [row.user for row in rows]
    application = getattr(objection.entry, "application", None)
    if application is None or application.body_id is None:
        return None
    held = Membership.objects.filter(body=application.body_id, until=None).select_related("user")
    rehearsal = objection.stage.round.is_rehearsal
    return list({m.user_id: m.user for m in held if rehearsal or not m.rehearsal}.values())


def _post(objection: Objection, people: list[User], who: str) -> None:
    round_ = objection.stage.round
    statuses = {}
    for language in ("zh", "en"):
        with translation.override("zh-hans" if language == "zh" else "en"):
            statuses[language] = str(Objection.Status(objection.status).label)
    outbox.post(
        to=people, kind=CONCLUDED, jurisdiction=round_.jurisdiction, subject_ref=objection.entry, key=f"objection:{objection.pk}:{who}",
        context={
            "organisation": objection.entry.organisation.name, "stage": objection.stage.spec.name.model_dump(), "outcome": statuses,
            "article": objection.article,
        },
        rehearsal=round_.is_rehearsal,
    )  # fmt: skip


def _letter(objection: Objection, kind: str, title: str, body: list[str], article: str) -> Paper:
    stage = objection.stage
    context: dict[str, Any] = {
        "issuer": signer(stage.round.rules, stage.round.jurisdiction),
        "rehearsal": stage.round.is_rehearsal,
        "addressee": _("To the objector (receipt number {number})").format(number=objection.number),
        "body": body,
        "basis": _basis(stage, article),
        "signature": signer(stage.round.rules, stage.round.jurisdiction),
        "date": clock.today(stage.round).isoformat(),
    }
    return papers.request(
        kind=kind, jurisdiction=stage.round.jurisdiction, subject=objection, template="letter", context=context, title=title,
        number=objection.number, round_ref=stage.round.pk,
    )  # fmt: skip


def _basis(stage: Any, article: str) -> str:
    return _("{regulation}, Article {article}").format(regulation=stage.round.rules.title.zh, article=article)
