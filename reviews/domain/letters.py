"""What goes out when a review is decided: reports as papers, feedback to those that do not go on, the composite evaluation report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import OrganisationMember, User
from core import formats
from documents import papers
from documents.models import Paper
from notifications import outbox
from reviews.domain import feedback as drafted
from reviews.models import Feedback, Report, ScoreSheet, StageReport
from rounds import clock
from rounds.models import Decision, DecisionItem, Round, RoundStage

FEEDBACK = "reviews.feedback"


def reports(decision: Decision) -> int:
    """The reports of the entries decided, as papers. Nothing where the policy knows no report."""
    stage = decision.stage
    if stage.spec.report_article is None and stage.spec.confirm is None:
        return 0
    rows = list(
        Report.objects.filter(stage_entry__decision_items__decision=decision, paper=None)
        .select_related("stage_entry__entry__organisation", "made_by", "confirmed_by").order_by("id")
    )  # fmt: skip
    for report in rows:
        report.paper = _report_paper(stage, report)
    Report.objects.bulk_update(rows, ["paper"], batch_size=200)
    return len(rows)


def feedback(decision: Decision) -> int:
    """Feedback to each organisation that a decision stops, in writing where the policy says so; what the review found, and why it stops."""
    stage = decision.stage
    if stage.spec.feedback == "none":
        return 0
    items = list(
        DecisionItem.objects.filter(decision=decision, outcome="stopped")
        .select_related("stage_entry__entry__organisation")
        .order_by("id")
    )
    people = _people_of(item.stage_entry.entry.organisation_id for item in items)
    drafts = drafted.approved(decision)
    found, in_writing, now = _findings(items), stage.spec.feedback == "in_writing", clock.now(stage.round)
    found |= {pk: [part for part in draft.text.split("\n\n") if part.strip()] for pk, draft in drafts.items()}
    Feedback.objects.filter(
        stage_entry__in=[item.stage_entry_id for item in items]
    ).delete()  # of an outcome that was turned before
    given = Feedback.objects.bulk_create(
        Feedback(
            stage_entry=item.stage_entry, findings=found.get(item.stage_entry_id, []), reason=item.reason, article=item.article,
            in_writing=in_writing, at=now,
        )
        for item in items
    )  # fmt: skip
    for item, told in zip(items, given, strict=True):
        if in_writing:
            told.paper = _letter(stage, item, told)
        _post(stage, item, people.get(item.stage_entry.entry.organisation_id, []), told.paper)
    if in_writing:
        Feedback.objects.bulk_update(given, ["paper"], batch_size=200)
    return len(items)


def composite_report(decision: Decision) -> Paper | None:
    """The composite evaluation report with the ranked list; None where the policy asks for none."""
    stage = decision.stage
    report = StageReport.objects.filter(stage=stage).first()
    if report is None or stage.spec.report_article is None:
        return None
    items = (
        DecisionItem.objects.filter(decision=decision)
        .select_related("stage_entry__entry__organisation")
        .order_by("rank", "id")
    )
    with translation.override(settings.LANGUAGE_CODE):
        words = {"advanced": _("goes on"), "stopped": _("does not go on")}
        rules = stage.round.rules
        rows = [
            [
                i.rank,
                i.stage_entry.entry.organisation.name,
                str(rules.prize(i.stage_entry.entry.prize).name),
                "—" if i.score is None else f"{i.score.normalize():f}",
                words[i.outcome],
            ]
            for i in items
        ]
        columns = [_("Rank"), _("Organisation"), _("Prize"), _("Composite score"), _("Outcome")]
        sections = [
            {"title": _("Report"), "paragraphs": report.text.splitlines()},
            {"title": _("Ranking"), "columns": columns, "rows": rows},
        ]
        context = {"facts": [], "sections": sections} | signed(stage.round, stage.spec.report_article)
        report.paper = papers.request(
            kind="composite_report", jurisdiction=stage.round.jurisdiction, subject=report, template="report", context=context,
            title=_("Composite evaluation report"), number=str(_place_of(decision)), round_ref=stage.round_id,
        )  # fmt: skip
    report.save(update_fields=["paper"])
    return report.paper


def _place_of(decision: Decision) -> int:
    """Which of its stage's decisions it is, from 1."""
    return Decision.objects.filter(stage=decision.stage_id, pk__lte=decision.pk).count()


def _report_paper(stage: RoundStage, report: Report) -> Paper:
    entry, round_ = report.stage_entry.entry, stage.round
    with translation.override(settings.LANGUAGE_CODE):
        parts = (
            (_("Summary"), report.summary),
            (_("Strengths"), report.strengths),
            (_("Opportunities for improvement"), report.improvements),
        )
        facts = [
            [_("Organisation"), entry.organisation.name],
            [_("Filing number"), entry.number],
            [_("Leader of the team"), str(report.made_by)],
        ]
        if report.confirmed_at is not None:
            facts.append(
                [
                    _("Confirmed by the applicant"),
                    f"{report.confirmed_by} {formats.day(report.confirmed_at)} {report.get_answer_display()}",
                ]
            )
        if report.remarks:
            facts.append([_("The applicant's remarks"), report.remarks])
        context = {
            "facts": facts,
            "sections": [{"title": title, "paragraphs": text.splitlines()} for title, text in parts if text],
        }
        context |= signed(round_, stage.spec.report_article or stage.article)
        return papers.request(
            kind=f"review_report_{report.kind}", jurisdiction=round_.jurisdiction, subject=report, template="report", context=context,
            title=str(report.get_kind_display()), number=str(report.version), round_ref=round_.pk,
        )  # fmt: skip


def _letter(stage: RoundStage, item: DecisionItem, told: Feedback) -> Paper:
    entry, round_ = item.stage_entry.entry, stage.round
    with translation.override(settings.LANGUAGE_CODE):
        body = [
            _("Your application for the {award} ({number}) does not go on after “{stage}”.").format(
                award=round_.rules.award, number=entry.number, stage=stage.name
            ),
            _("Reason (Article {article}): {reason}").format(article=item.article, reason=item.reason),
            *told.findings,
        ]
        article = stage.spec.feedback_article or stage.article
        context = {"addressee": entry.organisation.name, "body": body} | signed(round_, article)
        return papers.request(
            kind="review_feedback", jurisdiction=round_.jurisdiction, subject=told, template="letter", context=context,
            title=_("Feedback on the review"), number=entry.number or str(entry.pk), round_ref=round_.pk,
        )  # fmt: skip


def _post(stage: RoundStage, item: DecisionItem, people: list[User], paper: Paper | None) -> None:
    name = stage.spec.name
    outbox.post(
        to=people, kind=FEEDBACK, jurisdiction=stage.round.jurisdiction, subject_ref=item.stage_entry, key=f"{FEEDBACK}:{item.pk}",
        context={"stage": {"zh": name.zh, "en": name.en}, "number": item.stage_entry.entry.number, "article": item.article, "reason": item.reason},
        url=reverse("reviews:feedback", args=[stage.round.jurisdiction.code, item.stage_entry_id]), paper=paper,
        rehearsal=stage.round.is_rehearsal,
    )  # fmt: skip


def _findings(items: Iterable[DecisionItem]) -> dict[int, list[str]]:
    """What the review found: the report's words, else those of the sheets, without names."""
    ids = [item.stage_entry_id for item in items]
    found: dict[int, list[str]] = {}
    for report in Report.objects.filter(stage_entry__in=ids):
        found[report.stage_entry_id] = [text for text in (report.strengths, report.improvements) if text]
    for sheet in ScoreSheet.objects.filter(stage_entry__in=ids, submitted_at__isnull=False).order_by("id"):
        if sheet.stage_entry_id not in found or not found[sheet.stage_entry_id]:
            found[sheet.stage_entry_id] = [text for text in (sheet.strengths, sheet.opportunities) if text]
    return found


def _people_of(organisations: Iterable[int]) -> dict[int, list[User]]:
    found: dict[int, list[User]] = {}
    rows = OrganisationMember.objects.filter(organisation__in=set(organisations), user__is_active=True).select_related(
        "user"
    )
    for row in rows.order_by("organisation_id", "pk"):
        found.setdefault(row.organisation_id, []).append(row.user)
    return found


def signed(round_: Round, article: str) -> dict[str, Any]:
    """Basis, sender and date of a paper of the office."""
    basis = _("{title}, Article {article}").format(title=round_.rules.title, article=article)
    office = next((organ for organ in round_.rules.organs if organ.kind == "office"), None)
    return {"basis": basis, "signature": str(office.name) if office else "", "date": clock.today(round_)}
