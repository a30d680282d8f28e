"""Publishing a list: its window, its words, what it holds up."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from core import clock
from core.clock import start_of_day
from jurisdictions.calendar import calendar_of, window
from publicity import queries
from publicity.domain import notices, receiving
from publicity.models import Notice
from rounds import engine
from rounds.models import Round
from tests.voting.test_player import TIERED
from tests.voting.world import make_world, new_entry, publicity, refused, vote

pytestmark = pytest.mark.django_db


def at(world, day: str, hour: int = 10):
    """Move the rehearsal's clock to a day."""
    moment = start_of_day(dt.date.fromisoformat(day)) + dt.timedelta(hours=hour)
    world.round = engine.move_clock(actor=world.office, round_=world.round, to=moment)


def made(*stages, day="", **changes):
    """A world whose clock stands on ``day`` (rehearsals may start in any past)."""
    w = make_world(*stages, **changes)
    if day:
        moment = start_of_day(dt.date.fromisoformat(day)) + dt.timedelta(hours=10)
        Round.objects.filter(pk=w.round.pk).update(clock_offset=moment - clock.now())
        w.round.refresh_from_db()
    return w


@pytest.mark.requirement("wenling-20", "wenzhou-18", "qingyuan-4.5", "yiwu-5.6")
def test_seven_days_begin_the_day_after_publication_and_end_with_the_last():
    w = made(publicity(), vote(), day="2024-10-08")
    notice = notices.publish(actor=w.office, stage=w.stage)
    assert (notice.published_on, notice.first_day, notice.last_day) == (
        dt.date(2024, 10, 8), dt.date(2024, 10, 9), dt.date(2024, 10, 15),
    )  # fmt: skip
    assert [step["ordinal"] for step in notice.window["steps"]] == [None, 1, 2, 3, 4, 5, 6, 7]
    at(w, "2024-10-15", hour=23)
    with refused("stage_blocked") as caught:
        engine.prepare(actor=w.office, stage=w.stage)
    assert caught.value.article == "20"
    at(w, "2024-10-16", hour=0)
    assert {row.status for row in w.released().values()} == {"advanced"}


@pytest.mark.requirement("tacheng-17a", "tacheng-22b")
def test_five_working_days_leave_holidays_out_and_count_make_up_days():
    w = made(publicity(window={"length": 5, "unit": "working"}), vote(), day="2024-09-27")
    notice = notices.publish(actor=w.office, stage=w.stage)
    # National Day 1 to 7 October; Sunday 29 September and Saturday 12 October are working days in lieu.
    assert notice.last_day == dt.date(2024, 10, 10)
    assert [s["day"] for s in notice.window["steps"] if s["ordinal"]] == [
        "2024-09-29", "2024-09-30", "2024-10-08", "2024-10-09", "2024-10-10",
    ]  # fmt: skip


def test_a_list_is_published_by_whom_the_policy_names_once_and_with_the_other_media():
    w = make_world(publicity(media={"zh": "市级主要媒体", "en": "Main media"}), vote())
    with refused("not_yours_to_do"):
        notices.publish(actor=w.supervisor, stage=w.stage, media="日报")
    with refused("media_missing"):
        notices.publish(actor=w.office, stage=w.stage)
    notice = notices.publish(actor=w.office, stage=w.stage, media="《日报》10月8日第3版")
    assert len(notice.entries) == 4
    with refused("nothing_to_publish"):
        notices.publish(actor=w.office, stage=w.stage, media="日报")


def test_who_comes_later_is_published_later_with_a_window_of_its_own():
    w = made(publicity(), vote(), day="2024-10-08", entries=1)
    notices.publish(actor=w.office, stage=w.stage)
    late = new_entry(w.round, 8, "quality")
    at(w, "2024-10-16")
    with refused("stage_blocked"):
        engine.prepare(actor=w.office, stage=w.stage)
    second = notices.publish(actor=w.office, stage=w.stage)
    assert [line["entry"] for line in second.entries] == [late.pk]
    with refused("stage_blocked"):
        engine.prepare(actor=w.office, stage=w.stage)
    at(w, "2024-10-24")
    assert len(w.released()) == 2


def test_a_year_without_calendar_is_refused_and_nothing_is_published():
    w = made(publicity(window={"length": 5, "unit": "working"}), vote(), day="2031-05-08")
    with refused("calendar_year_missing") as caught:
        notices.publish(actor=w.office, stage=w.stage)
    assert caught.value.facts["year"] == 2031
    assert not Notice.objects.filter(kind="publicity").exists()


def test_the_list_names_the_prize_that_an_earlier_stage_decided():
    w = make_world(vote(), publicity(), entries=4, **TIERED)
    w.held(["for", "against", "for", "against"], *[["for", "for", "against", "against"]] * 4)
    w.released()
    engine.close_stage(actor=w.head, stage=w.stage)
    stage = engine.open_next(actor=w.office, round_=w.round)
    notice = notices.publish(actor=w.office, stage=stage)
    assert [(line["prize"]["zh"], (line["tier"] or {}).get("zh")) for line in notice.entries] == [
        ("质量奖", "gold"), ("质量奖", "silver"), ("提名奖", None),
    ]  # fmt: skip
    assert queries.unpublished(stage) == []


@pytest.mark.requirement("wenling-13", "qingyuan-3.2.1", "yiwu-4.1")
def test_the_call_makes_a_notice():
    call = {
        "kind": "call",
        "key": "call",
        "name": {"zh": "申报通告", "en": "Call"},
        "article": "13",
        "media": [{"zh": "媒体", "en": "Media"}],
    }
    w = make_world(call, publicity(), vote(), entries=0)
    notice = Notice.objects.get(kind="call", round=w.round)
    assert (notice.article, notice.media) == ("13", "媒体")
    assert notice.entries[0]["closes_on"] == w.round.closes_on.isoformat()


@pytest.mark.requirement("tacheng-14b")
def test_what_a_body_publishes_of_its_own_becomes_a_notice():
    w = make_world(publicity(key="audit"), vote(), entries=1)
    stage = w.stage
    row = stage.entries.select_related("entry__organisation").get()
    row.stage = stage
    span = window(calendar_of(w.jurisdiction), after=dt.date(2024, 10, 8), length=5, unit="working")
    stage.__dict__["spec"] = SimpleNamespace(window_article="14", name=stage.spec.name)
    review = SimpleNamespace(
        stage_entry=row, officer=w.office, body=SimpleNamespace(name_zh="县局"), published_where="门户网站",
        published_on=dt.date(2024, 10, 8), window=span.as_data(), window_ends_at=span.ends_at,
    )  # fmt: skip
    notices.publish_for_body(review)
    notice = Notice.objects.get(kind="body_publicity")
    assert (notice.article, notice.by_body, notice.last_day) == ("14", "县局", span.last_day)
    assert notice.entries[0]["entry"] == w.entries[0].pk
    assert w.entries[0].organisation.name in notice.title_zh, "five of them in one list are told apart"
    with refused("objections_not_here"):
        receiving.receive(actor=None, notice=notice, entry_id=w.entries[0].pk, by="person", text="不实")
