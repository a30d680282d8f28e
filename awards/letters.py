"""The papers and messages of this app. Official papers are Chinese whatever language is active."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Organisation, OrganisationMember, User
from awards.models import Approval, Honour, SanctionCase
from awards.queries.approvals import approval_before
from documents import papers
from documents.models import Paper
from jurisdictions.organs import full_name
from jurisdictions.policy import Policy
from notifications import outbox
from rounds.models import RoundStage

#: A shorter text of the policy names only the kind of paper.
FULL_TITLE = 12


def basis(policy: Policy, article: str) -> str:
    """The regulation and its article, as a paper cites them."""
    return _("{regulation}, Article {article}").format(regulation=policy.title.zh, article=article)


def conferred(stage: RoundStage, honours: list[Honour], number: str, day: dt.date) -> None:
    """The decision with its annexed list, a certificate each, the budget report, a message to each holder."""
    if not honours:
        return
    with translation.override("zh-hans"):
        decision(stage, honours, number, day)
        for honour in honours:
            if "certificate" in honour.items:
                certificate(honour, stage)
        if any(honour.amount for honour in honours):
            budget(stage, honours, day)
    people = _people_of(honour.organisation_id for honour in honours)
    for honour in honours:
        _tell(honour, people.get(honour.organisation_id, []), "award.conferred", f"conferred:{honour.pk}")


def decision(stage: RoundStage, honours: list[Honour], number: str, day: dt.date) -> Paper:
    """The decision (or circular) of commendation."""
    rules, round_ = stage.round.rules, stage.round
    circular = stage.spec.circular
    title = (
        circular.zh
        if circular and len(circular.zh) >= FULL_TITLE
        else _("Decision to commend the winners of the {award} {year}")
    )
    title = title.format(award=rules.award.zh, year=round_.year)
    context = {
        "issuer": honours[0].document_organ, "award": rules.award.zh, "regulation": rules.title.zh, "year": round_.year, "date": day,
        "article": stage.spec.circular_article or stage.article, "groups": _groups(honours), "count": len(honours),
        "rows": [[n, f"{h.prize_zh}（{h.tier_zh}）" if h.tier_zh else h.prize_zh, h.organisation_name] for n, h in enumerate(honours, 1)],
    }  # fmt: skip
    return papers.request(
        kind="decision", jurisdiction=round_.jurisdiction, subject=_record(stage), template="decision", context=context, title=title,
        number=number, round_ref=round_.pk, sign=True,
    )  # fmt: skip


def certificate(honour: Honour, stage: RoundStage) -> Paper:
    """The certificate, with a code that leads to its page of verification."""
    rules, round_ = stage.round.rules, stage.round
    context = {
        "organisation": honour.organisation_name, "prize": honour.prize_zh, "tier": honour.tier_zh, "year": honour.year,
        "award": rules.award.zh, "issuer": honour.document_organ, "date": honour.document_date, "document": honour.document_number,
        "serial": honour.serial, "valid_until": honour.valid_until, "colour": round_.jurisdiction.colour,
        "verify": f"{settings.SITE_URL}{honour.verification_path}",
    }  # fmt: skip
    return papers.request(
        kind="certificate", jurisdiction=round_.jurisdiction, subject=honour, template="certificate", context=context,
        title=f"{honour.prize_zh} {honour.organisation_name}"[:200], number=honour.serial, round_ref=round_.pk, sign=True,
    )  # fmt: skip


def budget(stage: RoundStage, honours: list[Honour], day: dt.date) -> Paper:
    """What is payable for the round."""
    rules, round_ = stage.round.rules, stage.round
    paid = [honour for honour in honours if honour.amount]
    total = sum(honour.amount for honour in paid if honour.amount)
    duty = next((d for d in rules.duties if d.record == "budget"), None)
    rows = [[n, h.organisation_name, h.prize_zh, h.article, f"{h.amount:,.2f}"] for n, h in enumerate(paid, 1)]
    context = {
        "intro": [_("Bonuses payable under decision {number}: {total} yuan.").format(number=paid[0].document_number, total=f"{total:,.2f}")],
        "columns": [_("No."), _("Organisation"), _("Prize"), _("Article"), _("Amount (yuan)")],
        "rows": [*rows, ["", _("Total"), "", "", f"{total:,.2f}"]], "date": day, "signature": full_name(_office(rules), round_.jurisdiction),
        "basis": basis(rules, duty.article if duty else stage.article),
    }  # fmt: skip
    title = _("Report on bonuses payable for {year}").format(year=round_.year)
    return papers.request(
        kind="budget",
        jurisdiction=round_.jurisdiction,
        subject=_record(stage),
        template="list",
        context=context,
        title=title,
        round_ref=round_.pk,
    )


def case_decided(case: SanctionCase, policy: Policy) -> Paper:
    """The decision on a case, for the organisation."""
    with translation.override("zh-hans"):
        sanction = next(s for s in policy.sanctions if s.key == case.sanction)
        step = case.steps.order_by("-position").first()
        organ = full_name(policy.organ(case.chain[-1]).name.zh, case.jurisdiction)
        body = [case.findings, sanction.text.zh]
        if step:
            body.append(step.opinion)
        context = {
            "issuer": organ, "addressee": case.organisation.name, "body": body, "date": case.decided_on,
            "basis": basis(policy, case.article), "signature": organ, "seal": "box",
        }  # fmt: skip
        paper = papers.request(
            kind="sanction", jurisdiction=case.jurisdiction, subject=case, template="letter", context=context,
            title=str(case_title(case)), number=case.decision_number, round_ref=case.round_id or "", sign=True,
        )  # fmt: skip
    people = _people_of([case.organisation_id]).get(case.organisation_id, [])
    outbox.post(
        to=people, kind="award.case_decided", jurisdiction=case.jurisdiction, subject_ref=case, key=f"case:{case.pk}:decided", paper=paper,
        url=paper.get_absolute_url(), context={"organisation": case.organisation.name, "title": paper.title}, rehearsal=case.is_rehearsal,
    )  # fmt: skip
    return paper


def case_title(case: SanctionCase) -> str:
    """What the decision is called."""
    titles = {
        "revoke": _("Decision to revoke the award"), "withdraw": _("Decision to withdraw the title"),
        "stop_publicity": _("Notice to stop publicising the award"), "order_correction": _("Order to correct the use of the title"),
        "refuse_applications": _("Decision not to accept applications"),
    }  # fmt: skip
    return titles[case.act]


def _record(stage: RoundStage) -> Approval:
    """What the round's papers hang on: its approval, or a record of the conferral's own where the policy knows no approval."""
    return approval_before(stage) or Approval.objects.get_or_create(stage=stage)[0]


def _tell(honour: Honour, people: list[User], kind: str, key: str) -> None:
    context: dict[str, Any] = {
        "organisation": honour.organisation_name, "prize": {"zh": honour.prize_zh, "en": honour.prize_en or honour.prize_zh},
        "year": honour.year, "serial": honour.serial,
    }  # fmt: skip
    outbox.post(
        to=people, kind=kind, jurisdiction=honour.jurisdiction, subject_ref=honour, context=context, key=key,
        url=f"/j/{honour.jurisdiction.code}/honours/{honour.pk}/", rehearsal=honour.is_rehearsal,
    )  # fmt: skip


def _people_of(organisations: Iterable[int]) -> dict[int, list[User]]:
    """Who acts for each organisation; one query."""
    found: dict[int, list[User]] = {}
    for member in OrganisationMember.objects.filter(organisation__in=set(organisations)).select_related("user"):
        found.setdefault(member.organisation_id, []).append(member.user)
    return found


def _groups(honours: list[Honour]) -> list[dict[str, Any]]:
    ordered = [(h.prize_zh, h.tier_zh, h.organisation_name) for h in honours]
    return [
        {"prize": prize, "tier": tier, "organisations": [name for _p, _t, name in rows]}
        for (prize, tier), rows in groupby(ordered, key=lambda row: row[:2])
    ]


def _office(policy: Policy) -> str:
    return next((organ.name.zh for organ in policy.organs if organ.kind == "office"), policy.organs[0].name.zh)


def members_of(organisation: Organisation) -> list[User]:
    """Who acts for one organisation."""
    return _people_of([organisation.pk]).get(organisation.pk, [])
