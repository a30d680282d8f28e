"""The minutes on paper: who could decide, what was heard, how the votes fell; no ciphertext, no receipt, no key.

The same votes by the same people give the same paper. Papers are in Chinese.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from documents import papers
from documents.models import Paper
from voting.models import HeadHeard, Meeting, Poll, RollSeat, Tally, TellerKey

CHINESE = "zh-hans"


def request_minutes(poll: Poll, tallies: Iterable[Tally]) -> Paper:
    """Ask for the paper of a counted poll."""
    round_ = poll.stage.round
    with translation.override(CHINESE):
        return papers.request(
            kind="vote_minutes", jurisdiction=round_.jurisdiction, subject=poll, template="report", context=_context(poll, list(tallies)),
            title=_("Minutes of the vote"), number=f"{round_.year}-{poll.stage.key}-{poll.number}", round_ref=round_.pk,
        )  # fmt: skip


def _context(poll: Poll, tallies: list[Tally]) -> dict[str, Any]:
    stage, rules = poll.stage, poll.stage.round.rules
    sections = [_roll(poll), *_heads(poll.meeting), _votes(poll, tallies), *_tellers(poll)]
    summary = rules.summary(stage.article)
    return {
        "issuer": stage.round.jurisdiction.name_zh,
        "rehearsal": stage.round.is_rehearsal,
        "facts": [[str(label), str(value)] for label, value in _facts(poll) if value not in ("", None)],
        "sections": sections,
        "basis": _("{regulation}, Article {article}: {summary}").format(
            regulation=rules.title.zh, article=stage.article, summary=summary.zh if summary else ""
        ),
        "date": poll.meeting.held_on.isoformat(),
    }


def _facts(poll: Poll) -> list[tuple[Any, Any]]:
    meeting, settings, rules = poll.meeting, poll.settings, poll.stage.round.rules
    majority = settings["majority"]
    rule = (
        _("more than {ratio} of the {base}") if majority and majority["strict"] else _("at least {ratio} of the {base}")
    )
    bases = {"appointed": _("appointed"), "eligible": _("eligible"), "present": _("present"), "cast": _("ballots cast")}
    return [
        (_("Award"), rules.award.zh),
        (_("Year"), poll.stage.round.year),
        (_("Stage"), poll.spec.name.zh),
        (_("Ballot"), f"{poll.number} {poll.get_purpose_display()}"),
        (_("Held on"), meeting.held_on),
        (_("Place"), meeting.place),
        (_("Kind of meeting"), _("plenary") if meeting.plenary else ""),
        (_("Report given by"), meeting.report_by),
        (_("Way of voting"), f"{poll.get_method_display()}, {_('secret') if poll.secret else _('named')}"),
        (_("Majority"), rule.format(ratio=majority["ratio"], base=bases[majority["base"]]) if majority else ""),
        (_("Least score"), settings["min_score"]),
        (
            _("Quorum"),
            _("{ratio} of the {base}").format(
                ratio=settings["quorum"]["ratio"], base=bases[settings["quorum"]["base"]]
            ),
        ),
    ]


def _roll(poll: Poll) -> dict[str, Any]:
    seats = list(RollSeat.objects.filter(poll=poll).select_related("user").order_by("position"))
    return {
        "title": _("Roll"),
        "columns": [_("No."), _("Name"), _("Unit"), _("Present")],
        "rows": [[n, s.user.name, s.unit, _("yes") if s.present else _("no")] for n, s in enumerate(seats, 1)],
        "note": _("{present} of {seats} present.").format(present=sum(s.present for s in seats), seats=len(seats)),
    }


def _heads(meeting: Meeting) -> list[dict[str, Any]]:
    heads = (
        HeadHeard.objects.filter(meeting=meeting)
        .select_related("entry__organisation")
        .order_by("entry__number", "entry_id")
    )
    rows = [[h.entry.organisation.name, h.speaker or h.absent_reason] for h in heads]
    columns = [_("Candidate"), _("Who spoke, or why nobody did")]
    return [{"title": _("Statements of the candidates' heads"), "columns": columns, "rows": rows}] if rows else []


def _votes(poll: Poll, tallies: list[Tally]) -> dict[str, Any]:
    scored = poll.method != Poll.Method.APPROVE
    columns = [
        _("Number"),
        _("Candidate"),
        _("Prize"),
        pgettext("vote", "For"),
        pgettext("vote", "Against"),
        _("Abstained"),
        _("Invalid"),
        _("Recused"),
        _("Base"),
    ]
    columns += [_("Score")] if scored else []
    rows = [
        [*_row(poll, tally), *([_score(tally)] if scored else []), _("yes") if tally.passed else _("no")]
        for tally in tallies
    ]
    return {"title": _("Tally"), "columns": [*columns, _("Reached what the rules ask")], "rows": rows}


def _row(poll: Poll, tally: Tally) -> list[Any]:
    entry = tally.item.entry
    prize = poll.stage.round.rules.prize(entry.prize)
    names = {tier.key: tier.name.zh for tier in prize.tiers}
    by_tier = "，".join(f"{names[key]} {votes}" for key, votes in tally.tiers.items())
    votes_for = f"{tally.votes_for}（{by_tier}）" if by_tier else tally.votes_for
    return [
        entry.number, entry.organisation.name, prize.name.zh, votes_for, tally.against, tally.abstained, tally.invalid, tally.recused,
        tally.base,
    ]  # fmt: skip


def _score(tally: Tally) -> str:
    return f"{float(tally.merit):.4f}" if tally.score and tally.merit is not None else "—"


def _tellers(poll: Poll) -> list[dict[str, Any]]:
    tellers = TellerKey.objects.filter(poll=poll).select_related("teller").order_by("position")
    rows = [[t.teller.name, _("yes") if t.handed_at else _("no")] for t in tellers]
    return (
        [{"title": _("Tellers"), "columns": [_("Name"), _("Took part in opening the box")], "rows": rows}]
        if rows
        else []
    )
