"""A notice on paper."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core import formats
from documents import papers as documents
from documents.models import Paper
from jurisdictions.exclusions import current_policy
from jurisdictions.models import Jurisdiction
from jurisdictions.organs import signer
from publicity.models import Notice
from publicity.words import PARTICULARS


def notice(found: Notice) -> Paper:
    """Ask for the paper of a notice."""
    with translation.override(settings.LANGUAGE_CODE):
        return documents.request(
            kind="notice", jurisdiction=found.jurisdiction, subject=found, template="list", context=_context(found), title=found.title_zh,
            number="", round_ref=found.round_id or "",
        )  # fmt: skip


def _context(found: Notice) -> dict[str, Any]:
    office = found.jurisdiction
    rows, columns = _list(found)
    return {
        "rehearsal": bool(found.round and found.round.is_rehearsal),
        "intro": [*_intro(found), *([found.body_zh] if found.body_zh else [])],
        "columns": columns,
        "rows": rows,
        "note": _how(found, office),
        "basis": _basis(found),
        "signature": found.by_body or _signed(found),
        "date": found.published_on.isoformat(),
    }


def _signed(found: Notice) -> str:
    """The organ that the policy has publish it, else the review office."""
    rules = found.round.rules if found.round else current_policy(found.jurisdiction)
    organ = getattr(found.stage.spec, "by", "") if found.stage else ""
    return signer(rules, found.jurisdiction, organ if isinstance(organ, str) else "")


def _intro(found: Notice) -> list[str]:
    if found.kind == Notice.Kind.CALL:
        closes = next((line.get("closes_on") for line in found.entries), "")
        return (
            [_("Applications are called for; they can be filed until {day}.").format(day=formats.shown(closes))]
            if closes
            else []
        )
    if found.first_day and found.last_day:
        return [
            _("The list below is published from {first} to {last}; the day of publication is not counted.").format(
                first=found.first_day, last=found.last_day
            )
        ]
    return []


def _list(found: Notice) -> tuple[list[list[Any]], list[str]]:
    if found.kind == Notice.Kind.CALL:
        return [[line["prize"]["zh"]] for line in found.entries], [_("Prize")]
    lines = [line for line in found.entries if "organisation" in line]
    rows = [
        [n, line["organisation"], line["prize"]["zh"], (line.get("tier") or {}).get("zh", "")]
        for n, line in enumerate(lines, 1)
    ]
    return rows, [_("No."), _("Organisation"), _("Prize"), _("Tier")]


def _how(found: Notice, office: Jurisdiction) -> str:
    """How to object, where one can."""
    if found.kind != Notice.Kind.PUBLICITY or found.round is None:
        return ""
    rules = found.round.rules.objections
    told = [
        _("Objections can be made until {last}, to the review office: {address} {phone} {email}.").format(
            last=found.last_day, address=office.office_address, phone=office.office_phone, email=office.office_email
        )
    ]
    if rules.person_gives:
        told.append(
            _("A person gives: {what}.").format(what="、".join(str(PARTICULARS[k]) for k in rules.person_gives))
        )
    if rules.unit_gives:
        told.append(_("A unit gives: {what}.").format(what="、".join(str(PARTICULARS[k]) for k in rules.unit_gives)))
    return " ".join(told)


def _basis(found: Notice) -> str:
    rules = found.round.rules if found.round else current_policy(found.jurisdiction)
    if rules is None:
        return ""
    return _("{regulation}, Article {article}").format(regulation=rules.title.zh, article=found.article)
