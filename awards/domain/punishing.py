"""Cases: opened on a ground of the policy, taken along its chain, carried out when the last organ agrees."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from accounts.models import Organisation, User
from awards.domain import consequences
from awards.domain.sanctioning import check_grounds, record, sanction_of, today_of
from awards.models import CaseStep, Honour, SanctionCase
from awards.rules import governing, runs_awards, speaks_for
from core import clock
from core.access import require
from core.refusals import Refused
from jurisdictions.policy import Policy
from jurisdictions.policy.prizes import Sanction
from rounds import clock as round_clock
from rounds.models import Round

S = SanctionCase.Status


@transaction.atomic
def open_case(
    *,
    actor: User,
    sanction: str,
    findings: str,
    honour: Honour | None = None,
    organisation: Organisation | None = None,
    round_: Round | None = None,
    occurred_on: dt.date | None = None,
    grade: str = "",
    follows: SanctionCase | None = None,
) -> SanctionCase:
    """Open a case against an honour, or (false papers) against an organisation that applied in ``round_``.

    Refused: not the office, a measure the policy does not know, no findings, an honour that has ended, a day outside the
    time in which the measure is possible, a grade below its least, a correction that was not ordered and refused before.
    """
    if honour is not None:
        honour = _locked_honour(honour)
        organisation = honour.organisation
    thing = honour or round_
    if thing is None:
        raise Refused("case_needs_honour")
    rule = sanction_of(governing(thing), sanction)
    require(runs_awards, actor, thing, article=rule.article)
    if organisation is None or (honour is None and rule.act != "refuse_applications"):
        raise Refused("case_needs_honour", article=rule.article)
    _check_opening(rule, findings, organisation, honour)
    world = honour.world if honour else (round_ if round_ and round_.is_rehearsal else None)
    today = today_of(honour.world if honour else round_)
    check_grounds(rule, governing(thing), honour, occurred_on, grade, follows, today)
    case = SanctionCase.objects.create(
        jurisdiction=thing.jurisdiction, world=world, organisation=organisation, honour=honour, round=honour.round if honour else round_,
        follows=follows, occurred_on=occurred_on, grade=grade, findings=findings.strip(),
        opened_by=actor, opened_at=round_clock.now(world) if world else clock.now(), **_frozen(rule),
    )  # fmt: skip
    record(
        "case.opened",
        case=case,
        actor=actor,
        sanction=sanction,
        ground=rule.ground,
        occurred_on=occurred_on,
        grade=grade,
    )
    return case


def _check_opening(rule: Sanction, findings: str, organisation: Organisation, honour: Honour | None) -> None:
    if not findings.strip():
        raise Refused("case_needs_findings", article=rule.article, field="findings")
    under_way = SanctionCase.objects.filter(organisation=organisation, honour=honour, sanction=rule.key, status=S.OPEN)
    if under_way.exists():
        raise Refused("case_open_already", article=rule.article)


def _frozen(rule: Sanction) -> dict[str, Any]:
    """What a case keeps of its measure, so that a later edition does not change a case under way."""
    return {
        "sanction": rule.key,
        "ground": rule.ground,
        "act": rule.act,
        "article": rule.article,
        "chain": list(rule.chain),
        "takes_back": list(rule.takes_back),
        "disclose": rule.disclose,
        "credit_file": rule.credit_file,
    }


@transaction.atomic
def take_step(
    *,
    actor: User,
    case: SanctionCase,
    agreed: bool,
    opinion: str,
    on: dt.date,
    number: str = "",
    due_on: dt.date | None = None,
) -> SanctionCase:
    """The next organ of the chain speaks: the first proposes, those between endorse, the last decides. One that does not agree ends it.

    ``number``: of the document (the last organ's is needed where a government decides); ``due_on``: by when an ordered
    correction is due. Refused: not that organ, a person who acted before, no opinion, a day before the step before or ahead.
    """
    case = locked(case)
    if case.status != S.OPEN:
        raise Refused("case_not_open", article=case.article)
    policy, steps = governing(case), list(case.steps.all())
    position, organ = len(steps), case.chain[len(steps)]
    last = position + 1 == len(case.chain)
    require(speaks_for(policy, organ), actor, case, article=case.article)
    _check_step(case, steps, actor, opinion, on)
    if last and agreed:
        _check_decision(case, policy, number, on, due_on)
    role = "decide" if last else ("propose" if not position else "endorse")
    CaseStep.objects.create(
        case=case, position=position, organ=organ, role=role, agreed=agreed, opinion=opinion.strip(),
        number=number.strip(), on=on, by=actor,
    )  # fmt: skip
    if not agreed:
        case.status = S.DROPPED
    elif last:
        case.status, case.decided_on, case.decision_number = S.DECIDED, on, number.strip()
        case.due_on = due_on if case.act == "order_correction" else case.due_on
    case.save()
    if case.status == S.DECIDED:
        consequences.carry_out(case, policy, actor)
    record(
        "case.step",
        case=case,
        actor=actor,
        organ=organ,
        role=role,
        agreed=agreed,
        on=on,
        number=number,
        status=case.status,
    )
    return case


def _locked_honour(honour: Honour) -> Honour:
    rows = Honour.objects.select_for_update(of=("self",)).select_related("jurisdiction", "organisation")
    found: Honour = rows.get(pk=honour.pk)
    return found


def _check_step(case: SanctionCase, steps: list[CaseStep], actor: User, opinion: str, on: dt.date) -> None:
    if actor.pk in {case.opened_by_id, *(step.by_id for step in steps)}:
        raise Refused("case_same_person", article=case.article)
    if not opinion.strip():
        raise Refused("case_opinion_missing", article=case.article, field="opinion")
    if on > today_of(case.world) or (steps and on < steps[-1].on):
        raise Refused("case_day_wrong", article=case.article, field="on")


def _check_decision(case: SanctionCase, policy: Policy, number: str, on: dt.date, due_on: dt.date | None) -> None:
    if not number.strip() and policy.organ(case.chain[-1]).kind == "approver":
        raise Refused("document_number_missing", article=case.article, field="number")
    if case.act == "order_correction" and (due_on is None or due_on <= on):
        raise Refused("correction_day_missing", article=case.article, field="due_on")


def locked(case: SanctionCase) -> SanctionCase:
    """The case, locked, with what leads to its rules."""
    found: SanctionCase = (
        SanctionCase.objects.select_for_update(of=("self",))
        .select_related("jurisdiction", "organisation", "honour", "round__policy", "world")
        .get(pk=case.pk)
    )
    for round_ in (found.round, found.world):
        if round_ is not None:
            round_.jurisdiction = found.jurisdiction
    return found
