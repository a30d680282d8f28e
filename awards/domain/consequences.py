"""What a decided case does: to the honour, the bonus, what was handed over, and to later applications."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from accounts.models import User
from awards import letters
from awards.domain import disclosing
from awards.domain.conferring import last_day_of
from awards.domain.sanctioning import record, sanction_of, today_of
from awards.models import Bar, Honour, HonourEvent, Payment, SanctionCase
from awards.rules import governing, runs_awards
from core.access import require
from core.refusals import Refused
from jurisdictions.policy import Policy
from jurisdictions.policy.base import Text

P = Payment.State
BECOMES = {
    "revoke": Honour.Status.REVOKED,
    "withdraw": Honour.Status.WITHDRAWN,
    "stop_publicity": Honour.Status.PUBLICITY_STOPPED,
}


def carry_out(case: SanctionCase, policy: Policy, actor: User) -> None:
    """In the transaction of the last step."""
    honour, day = case.honour, case.decided_on or today_of(case.world)
    if honour is not None:
        _turn(case, honour, day, actor)
    if case.act in ("revoke", "withdraw") and honour is not None:
        _stop_payment(case, honour)
    rule = sanction_of(policy, case.sanction)
    if rule.bar:
        until = last_day_of(day, rule.bar.length) if rule.bar.unit == "years" else None
        rounds = rule.bar.length if rule.bar.unit == "rounds" else None
        Bar.objects.create(
            jurisdiction=case.jurisdiction, world=case.world, organisation=case.organisation, case=case, article=case.article, since=day,
            until=until, rounds=rounds,
        )  # fmt: skip
    letters.case_decided(case, policy)


def _turn(case: SanctionCase, honour: Honour, day: dt.date, actor: User) -> None:
    status = BECOMES.get(case.act)
    if status is not None:
        if not honour.stands:
            raise Refused("honour_already_ended", article=case.article)
        Honour.objects.filter(pk=honour.pk).update(status=status)
        honour.status = status
    public = status in (Honour.Status.REVOKED, Honour.Status.WITHDRAWN)
    HonourEvent.objects.create(
        honour=honour,
        act=case.act,
        on=day,
        article=case.article,
        document_number=case.decision_number,
        text="",
        public=public,
        by=actor,
    )


def _stop_payment(case: SanctionCase, honour: Honour) -> None:
    """A bonus not yet paid is not paid any more; one that was paid is reclaimed where the article takes it back."""
    payment = Payment.objects.select_for_update().filter(honour=honour).first()
    if payment is None:
        return
    if payment.state == P.PAYABLE:
        payment.state = P.CANCELLED
    elif payment.state == P.PAID and "bonus" in case.takes_back:
        payment.state = P.RECLAIM
    payment.save(update_fields=["state"])


@transaction.atomic
def mark_returned(*, actor: User, case: SanctionCase, item: str, on: dt.date) -> SanctionCase:
    """Plaque, certificate or bonus came back. Refused: not the office, nothing of the kind is due, a day ahead."""
    case = _decided(case, actor)
    honour = case.honour
    held = {*(honour.items if honour else []), *(["bonus"] if honour and honour.amount else [])}
    if item not in case.takes_back or item not in held or item in case.returned:
        raise Refused("nothing_to_return", article=case.article, item=item)
    _check_day(case, on)
    case.returned = {**case.returned, item: on.isoformat()}
    case.save(update_fields=["returned"])
    if item == "bonus" and honour:
        Payment.objects.filter(honour=honour, state=P.RECLAIM).update(state=P.RECLAIMED, reclaimed_on=on)
    record("case.returned", case=case, actor=actor, item=item, on=on)
    return case


@transaction.atomic
def disclose(*, actor: User, case: SanctionCase, statement: str, on: dt.date, also_in: str = "") -> SanctionCase:
    """Tell the public, with a notice. Refused: not the office, not to be disclosed or done already, no statement, media not named."""
    case = _decided(case, actor)
    if not case.disclose or case.disclosed_on:
        raise Refused("nothing_to_disclose", article=case.article)
    if not statement.strip():
        raise Refused("statement_missing", article=case.article, field="statement")
    wanted = media_of(case)
    if wanted and not also_in.strip():
        raise Refused("media_missing", article=case.article, field="also_in", media=str(wanted))
    _check_day(case, on)
    case.disclosed_on, case.disclosure = on, statement.strip()
    case.save(update_fields=["disclosed_on", "disclosure"])
    if case.honour:
        HonourEvent.objects.create(
            honour=case.honour, act="disclosed", on=on, article=case.article, text=case.disclosure, public=True, by=actor,
            document_number=case.decision_number,
        )  # fmt: skip
    notice = disclosing.announce_case(case, actor, also_in.strip())
    record("case.disclosed", case=case, actor=actor, on=on, notice=notice.pk, media=notice.media)
    return case


def media_of(case: SanctionCase) -> Text | None:
    """Where the policy wants the measure announced beside this site."""
    found = next((rule for rule in governing(case).sanctions if rule.key == case.sanction), None)
    return found.media if found else None


@transaction.atomic
def enter_credit_file(*, actor: User, case: SanctionCase, reference: str, on: dt.date) -> SanctionCase:
    """Note that the case entered the credit file. Refused: not the office, not prescribed or done already, no reference."""
    case = _decided(case, actor)
    if not case.credit_file or case.credit_on or not reference.strip():
        raise Refused("no_credit_entry", article=case.article, field="reference")
    _check_day(case, on)
    case.credit_on, case.credit_reference = on, reference.strip()
    case.save(update_fields=["credit_on", "credit_reference"])
    record("case.credit_file", case=case, actor=actor, on=on, reference=reference)
    return case


@transaction.atomic
def settle_correction(
    *, actor: User, case: SanctionCase, corrected: bool, on: dt.date, refused_in_writing: bool = False
) -> SanctionCase:
    """An ordered correction was made, or refused (the day has passed, or the holder refused in writing before it)."""
    case = _decided(case, actor)
    if case.act != "order_correction" or case.corrected_on or case.refused_on or case.due_on is None:
        raise Refused("no_correction_ordered", article=case.article)
    _check_day(case, on)
    if corrected:
        case.corrected_on = on
    elif on <= case.due_on and not refused_in_writing:
        raise Refused("correction_still_running", article=case.article, due=case.due_on)
    else:
        case.refused_on = on
    case.save(update_fields=["corrected_on", "refused_on"])
    record("case.corrected" if corrected else "case.correction_refused", case=case, actor=actor, on=on)
    return case


def _decided(case: SanctionCase, actor: User) -> SanctionCase:
    from awards.domain.punishing import locked

    case = locked(case)
    require(runs_awards, actor, case, article=case.article)
    if case.status != SanctionCase.Status.DECIDED:
        raise Refused("case_not_open", article=case.article)
    return case


def _check_day(case: SanctionCase, on: dt.date) -> None:
    if on > today_of(case.world) or (case.decided_on and on < case.decided_on):
        raise Refused("case_day_wrong", article=case.article, field="on")


def state_of(case: SanctionCase) -> dict[str, Any]:
    """What is left to do after the decision, for pages and to-do lists."""
    held = {*(case.honour.items if case.honour else []), *(["bonus"] if case.honour and case.honour.amount else [])}
    decided = case.status == SanctionCase.Status.DECIDED
    return {
        "to_return": [item for item in case.takes_back if item in held and item not in case.returned]
        if decided
        else [],
        "to_disclose": decided and case.disclose and case.disclosed_on is None,
        "to_credit": decided and case.credit_file and case.credit_on is None,
        "to_correct": decided and case.act == "order_correction" and not (case.corrected_on or case.refused_on),
    }
