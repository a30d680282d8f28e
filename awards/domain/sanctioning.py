"""What the policy says of measures, and whether a ground fits the facts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.models import User
from audit import log
from awards.domain.conferring import last_day_of
from awards.models import Honour, SanctionCase
from core import clock
from core.refusals import Refused
from jurisdictions.policy import Policy
from jurisdictions.policy.prizes import Sanction
from rounds import clock as round_clock
from rounds.models import Round

GRADES = ("ordinary", "larger", "major", "particularly_major")
AFTER_AWARD = frozenset(
    {"accident", "serious_violation", "bad_credit", "breach_of_rules", "misuse", "misuse_uncorrected", "no_longer_fit"}
)
NEEDS_DAY = frozenset({"accident", "serious_violation"})


def sanction_of(policy: Policy, key: str) -> Sanction:
    """The measure of that key. Raises ``Refused`` when the policy knows none."""
    found = next((sanction for sanction in policy.sanctions if sanction.key == key), None)
    if found is None:
        raise Refused("no_such_sanction", article=policy.cycle.article)
    return found


def possible(policy: Policy, honour: Honour | None) -> list[Sanction]:
    """The measures that may be taken against an honour, or (None) against an applicant."""
    return [s for s in policy.sanctions if (s.act == "refuse_applications") == (honour is None)]


def check_grounds(
    rule: Sanction,
    policy: Policy,
    honour: Honour | None,
    occurred_on: dt.date | None,
    grade: str,
    follows: SanctionCase | None,
    today: dt.date,
) -> None:
    """Whether the facts given are within what the article allows. Raises ``Refused``."""
    if honour is not None and not honour.stands:
        raise Refused("honour_already_ended", article=rule.article)
    if occurred_on is None and (rule.within_years or rule.ground in NEEDS_DAY):
        raise Refused("happened_day_missing", article=rule.article, field="occurred_on")
    if occurred_on is not None:
        _check_day(rule, honour, occurred_on, today)
    if rule.min_grade:
        _check_grade(rule, grade)
    if rule.ground == "misuse_uncorrected" and any(s.act == "order_correction" for s in policy.sanctions):
        ordered = follows is not None and follows.act == "order_correction" and follows.refused_on is not None
        if not ordered or honour is None or follows is None or follows.honour_id != honour.pk:
            raise Refused("correction_comes_first", article=rule.article)


def _check_day(rule: Sanction, honour: Honour | None, day: dt.date, today: dt.date) -> None:
    if day > today:
        raise Refused("happened_ahead", article=rule.article, field="occurred_on")
    if honour is None or rule.ground not in AFTER_AWARD:
        return
    if day < honour.document_date:
        raise Refused(
            "happened_before_award", article=rule.article, day=day, awarded=honour.document_date, field="occurred_on"
        )
    last = last_day_of(honour.document_date, rule.within_years) if rule.within_years else None
    if last and day > last:
        raise Refused("happened_too_late", article=rule.article, day=day, last=last, field="occurred_on")


def _check_grade(rule: Sanction, grade: str) -> None:
    if grade not in GRADES:
        raise Refused("grade_missing", article=rule.article, field="grade")
    if GRADES.index(grade) < GRADES.index(rule.min_grade or GRADES[0]):
        raise Refused(
            "grade_too_low",
            article=rule.article,
            grade=grade_name(grade),
            least=grade_name(rule.min_grade or ""),
            field="grade",
        )


def grade_name(grade: str) -> str:
    """The grade of an accident in the reader's language (Regulations on Reporting, Investigating and Handling Accidents, article 3)."""
    from django.utils.translation import gettext as _

    names = {
        "ordinary": _("ordinary"),
        "larger": _("larger"),
        "major": _("major"),
        "particularly_major": _("particularly major"),
    }
    return names.get(grade, "—")


def today_of(world: Round | None) -> dt.date:
    """The legal date: the rehearsal's, else the real one."""
    return round_clock.today(world) if world is not None and world.is_rehearsal else clock.today()


def record(act: str, *, case: SanctionCase, actor: User, **facts: Any) -> None:
    """Append to the jurisdiction's chain."""
    log.record(
        act, scope=case.jurisdiction.code, actor=actor, subject=case, article=case.article, round_id=case.round_id or "",
        legal_at=round_clock.now(case.world) if case.world else None,
        facts={"case": case.pk, "organisation": case.organisation_id, "honour": case.honour_id, **facts},
    )  # fmt: skip
