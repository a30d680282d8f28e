"""What the office and its head do with any stage on the round's pages."""

from __future__ import annotations

import datetime as dt
import re

from jurisdictions.calendar import calendar_of
from rounds import clock
from tests.e2e.casting import Stage


def make_round(stage: Stage, year: int, starts: dt.date, closes: dt.date) -> None:
    """The office makes a rehearsal round, its head opens it."""
    office, head = stage["office"], stage["office-head"]
    office.at("rounds:index").follow("rounds:create", shot="office-new-round")
    values = {"policy": stage.document.pk, "year": year, "kind": "rehearsal", "starts_on": starts.isoformat()}
    office.send(values)
    stage.round_id = int(office.page.url.rstrip("/").rsplit("/", 1)[1])
    office.shot("office-draft-round")
    opening = f'form[action="{office.address("rounds:open", stage.round_id)}"]'
    head.at("rounds:round", stage.round_id).send({"closes_on": closes.isoformat()}, opening)
    head.shot("office-open-round")


def move_clock(stage: Stage, day: dt.date) -> None:
    """Move the rehearsal's clock on its page to nine o'clock of that day."""
    office = stage["office"].at("rounds:round", stage.round_id)
    office.send({"day": day.isoformat()}, f'form[action="{office.address("rounds:clock", stage.round_id)}"]')


def today(stage: Stage) -> dt.date:
    return clock.today(stage.round())


def working_day(stage: Stage, day: dt.date) -> dt.date:
    """That day or the first working day after it."""
    with stage.inside():
        calendar = calendar_of(stage.document.jurisdiction)
        while not calendar.is_working_day(day):
            day += dt.timedelta(days=1)
    return day


def prepare(stage: Stage, key: str, *, refused: str = "") -> None:
    """The office prepares the decision of a stage."""
    office, found = stage["office"], stage.stage(key)
    office.at("rounds:stage", found.pk, shot=f"stage-{key}").press("rounds:prepare", found.pk, refused=refused)


def decide(stage: Stage, key: str) -> None:
    """The office prepares, cannot release its own, and the head releases."""
    prepare(stage, key)
    office, head = stage["office"], stage["office-head"]
    office.shot(f"decision-{key}")
    match = re.search(r"/decisions/(\d+)/", office.page.url)
    assert match, office.page.url
    decision = int(match[1])
    release = f'form[action="{office.address("rounds:release", decision)}"]'
    assert not office.page.locator(release).count()
    head.at("rounds:decision", decision).send({}, release)


def close(stage: Stage, key: str, *, refused: str = "") -> None:
    """The head closes a stage."""
    head, found = stage["office-head"], stage.stage(key)
    head.at("rounds:stage", found.pk).press("rounds:close", found.pk, refused=refused)


def open_next(stage: Stage) -> None:
    """The office opens the next stage."""
    stage["office"].at("rounds:round", stage.round_id).press("rounds:next", stage.round_id)
