"""The calendar of a round: every stage with its dates, actual and planned, each with its article and its count; as a file too."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from icalendar import Calendar

from core.clock import legal_date
from rounds import clock, engine, picture, planning
from rounds.models import RoundStage
from tests.rounds.homes_world import as_, queries, staff
from tests.worlds import World

pytestmark = pytest.mark.django_db


def test_stages_that_have_run_show_their_days_and_those_to_come_the_earliest(world: World) -> None:
    world.advance("publicity")
    lanes = {lane.stage.key: lane for lane in planning.lanes(world.round)}
    intake = next(lane for lane in lanes.values() if lane.stage.kind == "intake")
    assert intake.certain
    assert intake.first == legal_date(intake.stage.opened_at)
    assert intake.last == legal_date(intake.stage.closed_at)
    assert [d.last for d in intake.dates] == [legal_date(intake.stage.deadline)]
    ordered = list(lanes.values())
    ends = [lane.last for lane in ordered if lane.last]
    begins = [lane.first for lane in ordered if not lane.certain and lane.first]
    assert begins
    assert min(begins) > max(lane.last for lane in ordered if lane.certain and lane.last)
    assert ends == sorted(ends) or all(lane.note or lane.last for lane in ordered)


@pytest.mark.requirement("wenling-20")
def test_a_publicity_window_stands_in_the_calendar_day_by_day(world: World) -> None:
    stage = world.stage("publicity")
    planned = [date for lane in planning.lanes(world.round) if lane.stage.pk == stage.pk for date in lane.dates]
    assert [date.planned for date in planned] == [True]
    assert planned[0].article == stage.article
    counted = [step.ordinal for step in planned[0].steps if step.counted]
    assert counted == list(range(1, stage.spec.window.length.value + 1))
    world.finish()
    actual = [date for lane in planning.lanes(world.round) if lane.stage.pk == stage.pk for date in lane.dates]
    assert [date.planned for date in actual] == [False]
    assert len([s for s in actual[0].steps if s.counted]) == stage.spec.window.length.value


def test_the_count_of_a_deadline_is_kept_beside_it(world: World) -> None:
    stage = next((s for s in RoundStage.objects.filter(round=world.round) if s.spec.time_limit), None)
    if stage is None:
        pytest.skip("no stage of this policy has a time limit")
    world.advance(stage.key)
    opened = world.stage(stage.key)
    assert planning.steps_of(opened.derivation)[-1].day == legal_date(opened.deadline)


def test_the_picture_lies_within_its_frame_and_has_no_inline_style(world: World) -> None:
    world.advance("eligibility")
    lanes = planning.lanes(world.round)
    drawn = picture.draw(lanes, clock.today(world.round))
    for row in drawn.rows:
        if row.bar:
            assert 0 <= float(row.bar.x[:-1]) <= 100
            assert float(row.bar.x[:-1]) + float(row.bar.width[:-1]) <= 100.5
    assert drawn.today is not None
    engine.order_correction(
        actor=world.cast.supervisor, stage=world.stage("eligibility"), text="补齐记录", due_on=clock.today(world.round)
    )
    client, address = as_(staff(world).office), [world.jurisdiction.code, world.round.pk]
    page = client.get(reverse("rounds:calendar", args=address))
    text = page.content.decode()
    assert "style=" not in text
    assert all(row.lane.stage.name in text for row in drawn.rows)
    assert queries(client, reverse("rounds:calendar", args=address)) <= 25

    file = client.get(reverse("rounds:calendar_ics", args=address))
    events = Calendar.from_ical(file.content).walk("VEVENT")
    assert len(events) == sum(len(lane.dates) for lane in planning.lanes(world.round))
    assert len({str(event["uid"]) for event in events}) == len(events)
    assert all(event.decoded("dtend") - event.decoded("dtstart") == dt.timedelta(days=1) for event in events)
    assert all(len(line) <= 75 for line in file.content.split(b"\r\n"))
