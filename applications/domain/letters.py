"""What goes out in writing: results with article and reason, papers returned, audit opinions, questions to bodies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import OrganisationMember, User
from applications.domain.owning import officers_of
from applications.models import Application
from applications.models.opinions import Consultation, PreliminaryReview
from core import formats
from documents import papers
from documents.models import Paper
from jurisdictions.models import Body
from notifications import outbox
from rounds import clock
from rounds.models import Decision, DecisionItem, Round, RoundStage

IN_WRITING, RETURNED, ASKED = "applications.not_passed", "applications.papers_returned", "applications.asked"
TOLD = "applications.stopped"


def tell_failed(decision: Decision) -> int:
    """Article and reason to each organisation that a released decision stops, with a letter where the policy prescribes one; its papers
    returned where the policy says so. Returns how many were told.
    """
    stage, how = decision.stage, decision.stage.spec.failed_told
    items = list(
        DecisionItem.objects.filter(decision=decision, outcome="stopped")
        .select_related("stage_entry__entry__organisation")
        .order_by("id")
    )
    people = _people_of(item.stage_entry.entry.organisation_id for item in items)
    applications = Application.objects.in_bulk([item.stage_entry.entry_id for item in items])
    for item in items:
        paper = None
        if how != "not_prescribed":
            paper = _letter(stage, item, applications[item.stage_entry.entry_id], returned=how == "papers_returned")
        _post(
            stage,
            item,
            people.get(item.stage_entry.entry.organisation_id, []),
            paper,
            {"papers_returned": RETURNED, "in_writing": IN_WRITING}.get(how, TOLD),
        )
    return len(items)


def audit_opinion(review: PreliminaryReview) -> Paper:
    """The audit opinion as a paper, which goes on with the file."""
    row = review.stage_entry
    stage, entry, round_ = row.stage, row.entry, row.stage.round
    with translation.override(settings.LANGUAGE_CODE):
        body = [
            _("{name} ({number}) has been examined.").format(name=entry.organisation.name, number=entry.number or "—")
        ]
        if review.published_on:
            body.append(
                _("Published on {day} ({where}).").format(
                    day=formats.day(review.published_on), where=review.published_where
                )
            )
        if review.departure_reason:
            body.append(
                _("Departure under Article {article}: {reason}").format(
                    article=review.departure_article, reason=review.departure_reason
                )
            )
        body.append(review.opinion)
        context = {"issuer": review.body.name_zh, "addressee": office_of(round_), "body": body} | signed(
            round_, stage.article, review.body.name_zh
        )
        return papers.request(
            kind="audit_opinion", jurisdiction=round_.jurisdiction, subject=_subject(entry.pk), template="letter", context=context,
            title=_("Audit opinion"), number=_number(stage, entry.number or str(entry.pk)), round_ref=round_.pk,
        )  # fmt: skip


def questions_put(consultation: Consultation, bodies: Iterable[Body]) -> None:
    """Tell the officers of the bodies asked; one message a person."""
    stage = consultation.stage
    wanted = {body.pk for body in bodies}
    officers = officers_of(wanted, rehearsal=stage.round.is_rehearsal)
    people = User.objects.filter(pk__in={user for users in officers.values() for user in users})
    code = stage.round.jurisdiction.code
    outbox.post(
        to=people, kind=ASKED, jurisdiction=stage.round.jurisdiction, subject_ref=consultation, key=f"consultation:{consultation.pk}",
        context={"stage": _both(stage), "due": consultation.due_at.date(), "article": consultation.article},
        url=reverse("applications:consultations", args=[code]), rehearsal=stage.round.is_rehearsal,
    )  # fmt: skip


def _letter(stage: RoundStage, item: DecisionItem, application: Application, *, returned: bool) -> Paper:
    entry, round_ = item.stage_entry.entry, stage.round
    with translation.override(settings.LANGUAGE_CODE):
        name = str(round_.rules.award)
        body = [
            _("Your application for the {award} ({number}) did not pass “{stage}”.").format(
                award=name, number=entry.number, stage=stage.name
            )
        ]
        # Several reasons name their articles themselves (applications.domain.acceptance).
        cites = _("Article {article}").format(article=item.article) in item.reason
        says = _("Reason: {reason}") if cites else _("Reason (Article {article}): {reason}")
        body.append(says.format(article=item.article, reason=item.reason))
        if returned:
            body.append(_("Your papers are returned to you with this letter."))
        context = {"issuer": office_of(round_), "addressee": entry.organisation.name, "body": body}
        context |= signed(round_, stage.spec.failed_article or stage.article, office_of(round_))
        return papers.request(
            kind="papers_returned" if returned else "not_passed", jurisdiction=round_.jurisdiction, subject=application, template="letter",
            context=context, title=_("Papers returned with reasons") if returned else _("Notice of the result"),
            number=_number(stage, entry.number or str(entry.pk)), round_ref=round_.pk,
        )  # fmt: skip


def _post(stage: RoundStage, item: DecisionItem, people: list[User], paper: Paper | None, kind: str) -> None:
    entry = item.stage_entry.entry
    outbox.post(
        to=people, kind=kind, jurisdiction=stage.round.jurisdiction, subject_ref=item.stage_entry, key=f"{kind}:{item.pk}",
        context={"stage": _both(stage), "number": entry.number, "article": item.article, "reason": item.reason},
        url=reverse("rounds:desk"), paper=paper, rehearsal=stage.round.is_rehearsal,
    )  # fmt: skip


def _people_of(organisations: Iterable[int]) -> dict[int, list[User]]:
    """Who acts for which organisation."""
    rows = OrganisationMember.objects.filter(organisation__in=set(organisations), user__is_active=True).select_related(
        "user"
    )
    found: dict[int, list[User]] = {}
    for row in rows.order_by(F("organisation"), "pk"):
        found.setdefault(row.organisation_id, []).append(row.user)
    return found


def signed(round_: Round, article: str, who: str) -> dict[str, Any]:
    basis = _("{title}, Article {article}").format(title=round_.rules.title, article=article)
    return {"basis": basis, "signature": who, "date": clock.today(round_)}


def office_of(round_: Round) -> str:
    """The review office's name in the policy."""
    office = next((organ for organ in round_.rules.organs if organ.kind == "office"), None)
    return office.name.zh if office else round_.jurisdiction.name_zh


def _both(stage: RoundStage) -> dict[str, str]:
    return {"zh": stage.spec.name.zh, "en": stage.spec.name.en}


def _number(stage: RoundStage, number: str) -> str:
    return f"{number}-{stage.position + 1}"


def _subject(entry_id: int) -> str:
    return f"{Application._meta.label}:{entry_id}"
