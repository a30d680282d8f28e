"""What holders and offices record of their duties; reports of misuse."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from audit import log
from awards.domain.sanctioning import today_of
from awards.models import DutyRecord, Honour, MisuseReport, SanctionCase
from awards.rules import acts_for_holder, governing, runs_awards
from core import clock
from core.access import require
from core.refusals import Refused
from jurisdictions.exclusions import current_policy
from jurisdictions.models import Jurisdiction
from jurisdictions.policy import Policy
from jurisdictions.policy.prizes import Duty


def duty_of(policy: Policy, key: str) -> Duty:
    """The duty of that key, when it is one to record. Raises ``Refused``."""
    found = next((duty for duty in policy.duties if duty.key == key and duty.record != "none"), None)
    if found is None:
        raise Refused("no_such_duty", article=policy.cycle.article)
    return found


@transaction.atomic
def record_duty(
    *,
    actor: User,
    duty: str,
    on: dt.date,
    title: str,
    text: str,
    honour: Honour | None = None,
    jurisdiction: Jurisdiction | None = None,
    amount: Decimal | None = None,
    fitness: str = "",
    public: bool = False,
) -> DutyRecord:
    """Record that a duty was fulfilled: the holder its own (activities, use of the bonus), the office the rest (evaluation, budget, activities).

    Refused: a duty the policy does not know, somebody else's, no text, a use of bonus or budget without amount, an evaluation without
    result, a day ahead.
    """
    policy, place = _governed(honour, jurisdiction)
    rule = duty_of(policy, duty)
    owner = acts_for_holder | runs_awards if rule.who == "holder" else runs_awards
    if honour is None and (rule.who == "holder" or rule.record == "evaluation"):
        raise Refused("duty_needs_honour", article=rule.article)
    require(owner, actor, honour or place, article=rule.article, code="duty_of_others")
    if not (title.strip() and text.strip()):
        raise Refused("duty_text_missing", article=rule.article, field="title")
    if rule.record in ("bonus_use", "budget") and (amount is None or amount < 0):
        raise Refused("duty_needs_amount", article=rule.article, field="amount")
    if rule.record == "evaluation" and fitness not in DutyRecord.Fitness.values:
        raise Refused("duty_needs_result", article=rule.article, field="fitness")
    today = today_of(honour.world if honour else None)
    if on > today:
        raise Refused("document_date_ahead", article=rule.article, today=today, field="on")
    row = DutyRecord.objects.create(
        jurisdiction=place, honour=honour, duty=duty, article=rule.article, kind=rule.record, year=on.year, on=on, title=title.strip(),
        text=text.strip(), amount=amount, fitness=fitness if rule.record == "evaluation" else "",
        public=public and rule.record == "activity", recorded_by=actor, recorded_at=clock.now(),
    )  # fmt: skip
    log.record(
        "duty.recorded", scope=place.code, actor=actor, subject=row, article=rule.article, round_id=honour.round_id or "" if honour else "",
        facts={"duty": duty, "honour": honour.pk if honour else None, "on": on, "amount": amount, "fitness": row.fitness, "public": row.public},
    )  # fmt: skip
    return row


@transaction.atomic
def report_misuse(*, actor: User, honour: Honour, text: str, reporter: str = "", contact: str = "") -> MisuseReport:
    """The office takes a report down. Refused: not the office, nothing said."""
    article = misuse_article(governing(honour))
    require(runs_awards, actor, honour, article=article)
    if not text.strip():
        raise Refused("report_text_missing", article=article, field="text")
    row = MisuseReport.objects.create(
        jurisdiction=honour.jurisdiction, honour=honour, text=text.strip(), reporter=reporter, contact=contact, recorded_by=actor,
        recorded_at=clock.now(),
    )  # fmt: skip
    log.record(
        "misuse.reported", scope=honour.jurisdiction.code, actor=actor, subject=row, article=article, facts={"honour": honour.pk},
        personal={"reporter": reporter, "contact": contact},
    )  # fmt: skip
    return row


@transaction.atomic
def settle_report(
    *, actor: User, report: MisuseReport, conclusion: str, case: SanctionCase | None = None
) -> MisuseReport:
    """The report is unfounded, or led to ``case``. Refused: not the office, settled before, no conclusion."""
    row: MisuseReport = (
        MisuseReport.objects.select_for_update(of=("self",))
        .select_related("honour__jurisdiction", "honour__round__policy")
        .get(pk=report.pk)
    )
    article = misuse_article(governing(row.honour))
    require(runs_awards, actor, row.honour, article=article)
    if row.status != MisuseReport.Status.OPEN:
        raise Refused("report_settled", article=article)
    if not conclusion.strip():
        raise Refused("report_text_missing", article=article, field="conclusion")
    row.status = MisuseReport.Status.CASE if case else MisuseReport.Status.UNFOUNDED
    row.case, row.conclusion = case, conclusion.strip()
    row.save(update_fields=["status", "case", "conclusion"])
    log.record(
        "misuse.settled", scope=row.honour.jurisdiction.code, actor=actor, subject=row, article=article,
        facts={"status": row.status, "case": case.pk if case else None},
    )  # fmt: skip
    return row


def misuse_article(policy: Policy) -> str:
    """The article on the use of title and mark: of the measure against misuse, else of the holder's duty."""
    measure = next((s.article for s in policy.sanctions if s.ground == "misuse"), "")
    duty = next((d.article for d in policy.duties if d.who == "holder" and d.key.startswith("title")), "")
    return measure or duty or policy.effective_article


def _governed(honour: Honour | None, jurisdiction: Jurisdiction | None) -> tuple[Policy, Jurisdiction]:
    if honour is not None:
        return governing(honour), honour.jurisdiction
    policy = current_policy(jurisdiction) if jurisdiction is not None else None
    if policy is None or jurisdiction is None:
        raise Refused("no_such_duty")
    return policy, jurisdiction
