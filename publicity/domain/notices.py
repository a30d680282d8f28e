"""Publishing: lists with their window, calls, and what other apps announce."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models.opinions import PreliminaryReview
from core import formats
from core.access import require
from core.refusals import Refused
from jurisdictions.calendar import calendar_of, window
from jurisdictions.models import Jurisdiction
from jurisdictions.policy import Policy
from publicity import papers, queries
from publicity.models import Notice
from publicity.rules import publishes
from rounds import clock
from rounds.engine.logging import record
from rounds.engine.stages import lock
from rounds.models import Entry, Round, RoundStage

Texts = Mapping[str, str]


@transaction.atomic
def publish(*, actor: User, stage: RoundStage, media: str = "", text: Texts | None = None) -> Notice:
    """Publish the stage's list: its pending entries that are on no notice yet. The window's first day is tomorrow.

    ``text``: ``{"zh", "en"}`` beside the standard words. Refused: wrong organ, stage not open, nothing to publish, the other media
    that the policy wants not named, a year that no calendar covers.
    """
    stage = lock(stage)
    article, spec = stage.article, stage.spec
    require(publishes(stage), actor, stage, article=article)
    if stage.status != RoundStage.Status.OPEN:
        raise Refused("stage_not_open", article=article, stage=stage.name)
    if spec.media and not media.strip():
        raise Refused("media_missing", article=article, field="also_in", media=str(spec.media))
    rows = queries.unpublished(stage)
    if not rows:
        raise Refused("nothing_to_publish", article=article, stage=stage.name)
    today = clock.today(stage.round)
    calendar = calendar_of(stage.round.jurisdiction)
    span = window(calendar, after=today, length=spec.window.length.value, unit=spec.window.unit, article=article)
    notice = _create(
        actor, stage.round.jurisdiction, Notice.Kind.PUBLICITY, article, round_=stage.round, stage=stage,
        title=title_of(stage), text=text, entries=listed(stage, rows), media=media.strip(),
        first_day=span.first_day, last_day=span.last_day, ends_at=span.ends_at, window=span.as_data(),
    )  # fmt: skip
    papers.notice(notice)
    record(
        "notice.published", round_=stage.round, actor=actor, subject=notice, article=article, stage=stage.key,
        entries=[row.entry_id for row in rows], first_day=span.first_day, last_day=span.last_day, media=notice.media,
    )  # fmt: skip
    return notice


def publish_call(stage: RoundStage, actor: User) -> Notice:
    """The call for applications goes public with its round; runs in the transaction that opens the call."""
    spec, round_ = stage.spec, stage.round
    prizes = [round_.rules.prize(key).name for key in round_.prizes]
    closes = round_.closes_on.isoformat() if round_.closes_on else ""
    notice = _create(
        actor, round_.jurisdiction, Notice.Kind.CALL, stage.article, round_=round_, stage=stage, title=title_of(stage), text=None,
        entries=[{"prize": name.model_dump(), "closes_on": closes} for name in prizes],
        media="；".join(medium.zh for medium in spec.media),
    )  # fmt: skip
    papers.notice(notice)
    record(
        "notice.published",
        round_=round_,
        actor=actor,
        subject=notice,
        article=stage.article,
        stage=stage.key,
        closes_on=closes,
    )
    return notice


def publish_for_body(review: PreliminaryReview) -> None:
    """A body has published one of its own; the window stands on its review. Runs in that act's transaction."""
    row = review.stage_entry
    stage, spec = row.stage, row.stage.spec
    days = review.window or {}
    _create(
        review.officer, stage.round.jurisdiction, Notice.Kind.BODY_PUBLICITY, spec.window_article or stage.article,
        round_=stage.round, stage=stage, title=_title_of_one(stage, row.entry.organisation.name), text=None,
        entries=listed(stage, [row]), media=review.published_where,
        by_body=review.body.name_zh, first_day=_day(days.get("first_day")), last_day=_day(days.get("last_day")),
        ends_at=review.window_ends_at, window=days, published_on=review.published_on,
    )  # fmt: skip


def announce(
    *, actor: User, jurisdiction: Jurisdiction, kind: str, article: str, title: Texts, text: Texts | None = None,
    round_: Round | None = None, stage: RoundStage | None = None, entries: Iterable[Mapping[str, Any]] = (), media: str = "",
) -> Notice:  # fmt: skip
    """A notice of another app's act (a decision, a revocation, a list of members); the caller has checked authority and audits."""
    notice = _create(
        actor, jurisdiction, kind, article, round_=round_, stage=stage, title=title, text=text,
        entries=[dict(entry) for entry in entries], media=media,
    )  # fmt: skip
    papers.notice(notice)
    return notice


def title_of(stage: RoundStage) -> dict[str, str]:
    """Award, year and what it is about, in both languages."""
    if stage.kind == "call":
        return both(stage, _("Call for applications: {award} {year}"))
    return both(stage, _("{award} {year}: {stage}"))


def _title_of_one(stage: RoundStage, name: str) -> dict[str, str]:
    """A body publishes each of its own by itself: many such notices stand in one list, and are told apart by the name."""
    said = both(stage, _("{award} {year}: {stage}, published for objections ({organisation})"), organisation=name)
    return {key: text[: Notice._meta.get_field("title_zh").max_length] for key, text in said.items()}


def both(stage: RoundStage, sentence: Any, **facts: Any) -> dict[str, str]:
    """A sentence about a stage in both languages, in which notices are published; facts beside award, year and stage."""
    rules: Policy = stage.round.rules
    said = {}
    for key, language in (("zh", "zh-hans"), ("en", "en")):
        names = {"award": getattr(rules.award, key), "stage": getattr(stage.spec.name, key), "year": stage.round.year}
        with translation.override(language):
            said[key] = formats.said(sentence, **names, **facts)
    return said


def listed(stage: RoundStage, rows: Iterable[Any]) -> list[dict[str, Any]]:
    """The list as published: who, for which prize and tier as decided so far."""
    rows = list(rows)
    decided = queries.prizes_decided(stage, [row.entry_id for row in rows])
    found = [_line(stage.round.rules, row.entry, *decided.get(row.entry_id, ("", ""))) for row in rows]
    order = [prize.key for prize in stage.round.rules.prizes]
    return sorted(found, key=lambda line: (order.index(line["key"]), line["place"], line["number"], line["entry"]))


def _line(rules: Policy, entry: Entry, prize: str, tier: str) -> dict[str, Any]:
    found = rules.prize(prize or entry.prize)
    place, name = next(((n, t.name.model_dump()) for n, t in enumerate(found.tiers) if t.key == tier), (0, None))
    return {
        "entry": entry.pk, "number": entry.number, "organisation": entry.organisation.name, "key": found.key,
        "prize": found.name.model_dump(), "tier": name, "place": place,
    }  # fmt: skip


def _create(
    actor: User,
    jurisdiction: Jurisdiction,
    kind: str,
    article: str,
    *,
    title: Texts,
    text: Texts | None,
    round_: Round | None,
    **values: Any,
) -> Notice:
    from core import clock as core_clock

    now = clock.now(round_) if round_ else core_clock.now()
    words = text or {}
    found: Notice = Notice.objects.create(
        jurisdiction=jurisdiction, round=round_, kind=kind, article=article, title_zh=title["zh"], title_en=title.get("en", ""),
        body_zh=words.get("zh", ""), body_en=words.get("en", ""), published_at=now, published_by=actor,
        **{"published_on": core_clock.legal_date(now), **values},
    )  # fmt: skip
    return found


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
