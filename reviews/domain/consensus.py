"""Talking over what the reviewers see differently."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from core.access import require
from core.refusals import Refused
from reviews.domain.scoring import _text
from reviews.locking import entry_row, open_pending
from reviews.models import Consensus
from reviews.queries import progress
from reviews.rules import leads
from reviews.tallies import scores as tally
from rounds import clock
from rounds.engine.logging import record
from rounds.models import StageEntry


@transaction.atomic
def settle(
    *, actor: User, stage_entry: StageEntry, values: Mapping[str, object], reasons: Mapping[str, str], shown: str = ""
) -> Consensus:
    """The leader writes down what the team agreed on: ``{leaf key: value}`` and ``{leaf key: reason}``.

    ``shown``: the hash (``EntryWork.basis``) of the sheets on which the team talked; refused where a sheet has changed since.

    A leaf that is too far apart needs its reason; without a value the sheets' own values stand. Where everything is agreed, each leaf
    needs a value. Refused: sheets still out, values outside their steps, a missing reason or value, a confirmed report.
    """
    row = open_pending(entry_row(stage_entry))
    article = row.stage.article
    require(leads, actor, row, article=row.stage.spec.team.article)
    work = progress.of_entry(row)
    if not work.all_in:
        raise Refused("sheets_missing", article=article, count=work.missing)
    if not work.unsettled and work.report is not None and work.report.confirmed_at is not None:
        raise Refused("report_confirmed", article=article)
    if shown and shown != work.basis:
        raise Refused("sheets_changed_meanwhile", article=article)
    agreed = _values(work, values, article)
    said = {key: text.strip() for key, text in reasons.items() if text.strip()}
    _check(work, agreed, said, article)
    kept = {"values": agreed, "reasons": said, "basis": work.basis, "by": actor, "at": clock.now(row.stage.round)}
    made, _created = Consensus.objects.update_or_create(stage_entry=row, defaults=kept)
    record(
        "consensus.recorded", round_=row.stage.round, actor=actor, subject=row.entry, article=article, stage=row.stage.key,
        values=agreed, basis=work.basis, talked_over=sorted(work.far_apart),
    )  # fmt: skip
    return made


def _values(work: progress.EntryWork, values: Mapping[str, object], article: str) -> dict[str, str]:
    leaves = {leaf.key: leaf for leaf in work.sheet.leaves()}
    if unknown := set(values) - set(leaves):
        raise Refused("score_item_unknown", article=article, field=min(unknown), item=min(unknown))
    given = {key: raw for key, raw in values.items() if raw is not None and str(raw).strip() != ""}
    return {key: _text(tally.read(work.sheet, leaves[key], raw, article=article)) for key, raw in given.items()}


def _check(work: progress.EntryWork, agreed: dict[str, str], said: dict[str, str], article: str) -> None:
    titles = {leaf.key: leaf.title for leaf in work.sheet.leaves()}
    everything = work.spec.consensus.value == "agreed"
    if everything and (missing := [key for key in titles if key not in agreed]):
        raise Refused(
            "agreed_values_missing", article=article, field=missing[0], count=len(missing), first=titles[missing[0]]
        )
    to_explain = set(work.far_apart) if everything else set(work.far_apart) | set(agreed)
    for key in titles:
        if key in to_explain and key not in said:
            raise Refused("spread_needs_reason", article=article, field=f"reason_{key}", item=titles[key])
