"""Who is reminded of what in the reviews, and when; each once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import OrganisationMember
from core.clock import end_of_day
from notifications.models import Message
from notifications.reminders import post_due
from reviews import reminders
from reviews.models import Report, Visit
from reviews.queries import departments
from rounds import clock
from rounds.models import RoundStage
from tests.reviews.bench import Bench

Make = Callable[..., Bench]


def told(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=kind).order_by("id"))


@pytest.mark.requirement("yiwu-5.2", "yiwu-5.4")
def test_the_applicant_is_told_of_a_report_and_the_leader_of_the_opinion(bench: Make) -> None:
    made = bench("yiwu-2020", entries=2)
    made.play("documents", forbidden=False)
    Report.objects.update(confirmed_at=None, confirmed_by=None, answer="", remarks="", version=1)
    post_due()
    rows = made.rows("documents")
    messages = told(reminders.CONFIRM)
    owners = {candidate.owner.pk for candidate in made.ctx.candidates}
    assert {message.to_id for message in messages} == owners
    assert len(messages) == len(rows)
    client = Client()
    client.force_login(messages[0].to)
    assert client.get(messages[0].url).status_code == 200, "it leads to where one confirms"
    post_due()
    assert len(told(reminders.CONFIRM)) == len(rows), "once"
    Report.objects.filter(stage_entry=rows[0]).update(version=2)
    post_due()
    assert len(told(reminders.CONFIRM)) == len(rows) + 1, "a new version is another report"

    made.play("onsite", forbidden=False)
    row = made.rows("onsite")[0]
    visit = Visit.objects.get(stage_entry=row)
    assert visit.opinion_due
    Visit.objects.filter(pk=visit.pk).update(
        opinion="", opinion_by=None, opinion_at=None, opinion_due=clock.now(made.round) + dt.timedelta(days=9)
    )
    post_due()
    assert told(reminders.OPINION) == [], "early"
    Visit.objects.filter(pk=visit.pk).update(opinion_due=end_of_day(clock.today(made.round) + dt.timedelta(days=1)))
    post_due()
    Visit.objects.filter(pk=visit.pk).update(opinion_due=end_of_day(clock.today(made.round) - dt.timedelta(days=1)))
    post_due()
    leader = made.work(row).leader
    assert leader
    assert [message.to_id for message in told(reminders.OPINION)] == [leader.reviewer.user_id] * 2, (
        "a day before, and when it is over"
    )


@pytest.mark.requirement("wenzhou-16a")
def test_where_the_head_signs_the_head_is_told(bench: Make) -> None:
    made = bench("wenzhou-2020", entries=1)
    made.play("onsite", forbidden=False)
    row = made.rows("onsite")[0]
    other = made.cast.approver
    OrganisationMember.objects.create(organisation=row.entry.organisation, user=other, role="editor")
    Report.objects.update(
        confirmed_at=None, confirmed_by=None, answer="", remarks="", on_the_spot=False, late_reason=""
    )
    post_due()
    assert {message.to_id for message in told(reminders.CONFIRM)} == {made.ctx.candidates[0].owner.pk}


@pytest.mark.requirement("yiwu-5.3")
def test_before_a_deadline_reviewers_and_departments_are_told_what_they_owe(bench: Make) -> None:
    made = bench("yiwu-2020", entries=2)
    made.open("documents")
    made.teams("documents")
    soon = end_of_day(clock.today(made.round) + dt.timedelta(days=2))
    RoundStage.objects.filter(round=made.round, key="documents").update(deadline=soon)
    post_due()
    seats = {a.reviewer.user_id for row in made.rows("documents") for a in made.work(row).assignments}
    assert {message.to_id for message in told(reminders.SHEETS)} == seats
    made = bench("yiwu-2020", entries=2)
    stage = made.open("departments")
    RoundStage.objects.filter(pk=stage.pk).update(deadline=soon)
    post_due()
    asked = {made.cast.bodies[body.pk].pk for body in departments.bodies_asked(stage)}
    assert {message.to_id for message in told(reminders.OPINIONS)} == asked
    assert len(told(reminders.SHEETS)) == len(seats), "once"
