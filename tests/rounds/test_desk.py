"""Homes: each role's desk shows what waits for it and nothing of others'; roles are switched without signing out; counts agree with lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.models import Organisation, User
from applications.models.opinions import Charge
from core import clock as core_clock
from core import reading
from jurisdictions.models import Body, Membership, Role
from rounds import agenda, clock, engine, homes, todos
from rounds.capacities import held_by
from rounds.kinds import Todo, kind_of
from rounds.models import Entry, RoundStage, StageEntry
from rounds.onward import onward
from rounds.queries import stage_rows, tallies
from rounds.readers import EVERYBODY, OFFICE, Reader
from tests.rounds.homes_world import as_, queries, staff
from tests.worlds import World

pytestmark = pytest.mark.django_db
DESK = "/desk/"


@pytest.fixture
def recommending(world: World) -> Iterator[World]:
    """Applications wait with their bodies."""
    world.advance("recommendation")
    with translation.override("en"):
        yield world


def codes(user: User) -> set[str]:
    return {waiting.todo.code for waiting in todos.waiting_for(held_by(user))}


def officer(world: World) -> tuple[Body, User]:
    """A body with something to do, and its officer."""
    stage = world.stage("recommendation")
    body = next(t.body_id for t in kind_of(stage).todos(stage) if t.code == "own_entries_wait")
    return Body.objects.get(pk=body), world.cast.bodies[body]


def test_a_todo_is_for_the_one_it_names() -> None:
    reader = Reader(user=7, roles=frozenset({"office_head"}), bodies=frozenset({3}), organisations=frozenset({5}))
    mine = [Todo("a", "1", "", "", role="office"), Todo("b", "1", "", "", user_id=7, role="teller"),
            Todo("c", "1", "", "", body_id=3), Todo("d", "1", "", "", organisation_id=5)]  # fmt: skip
    others = [Todo("a", "1", "", "", role="supervisor"), Todo("b", "1", "", "", user_id=8, role="office"),
              Todo("c", "1", "", "", body_id=4, role="office"), Todo("d", "1", "", "", organisation_id=6)]  # fmt: skip
    assert all(reader.sees(todo) for todo in mine)
    assert not any(reader.sees(todo) for todo in others)
    assert all(EVERYBODY.sees(todo) for todo in mine + others)
    assert not Reader(user=7, roles=frozenset({"office"})).plays("office_head")


def test_a_body_waits_for_its_own_officer_and_nobody_else(recommending: World) -> None:
    body, person = officer(recommending)
    stage = recommending.stage("recommendation")
    url = reverse("applications:own", args=[recommending.jurisdiction.code, stage.pk])
    page = as_(person).get(DESK).content.decode()
    assert url in page
    assert codes(person) == {"own_entries_wait"}
    for other in (
        recommending.cast.office,
        recommending.cast.supervisor,
        recommending.cast.approver,
        recommending.applicant,
    ):
        assert "own_entries_wait" not in codes(other)
    mine = Reader(bodies=frozenset({body.pk}))
    whole = {t.body_id: t.count for t in kind_of(stage).todos(stage) if t.body_id}
    assert {t.body_id: t.count for t in kind_of(stage).todos(stage, mine)} == {body.pk: whole[body.pk]}
    charge = Charge.objects.filter(body=body, stage_entry__stage=stage).select_related("stage_entry__entry").first()
    engine.recuse(actor=person, entry=charge.stage_entry.entry, user=person, reason="亲属任职")
    left = sum(w.todo.count for w in todos.waiting_for(held_by(person)) if w.todo.code == "own_entries_wait")
    assert left == whole[body.pk] - 1  # recused means gone: the to-do counts what its list shows


def test_what_is_late_stands_first_and_is_said_in_words(recommending: World) -> None:
    stage, now = recommending.stage("recommendation"), core_clock.now()
    place, round_ = recommending.jurisdiction, recommending.round
    moment = now + round_.clock_offset

    def due(delta: dt.timedelta | None) -> str:
        todo = Todo("x", "1", "x", "", due=moment + delta if delta is not None else None)
        return agenda.urgency(todos.Waiting(todo, place, round_, stage), now)

    assert due(-dt.timedelta(hours=1)) == "late"
    assert due(dt.timedelta(days=3)) == "week"
    assert due(dt.timedelta(days=30)) == "later"
    assert due(None) == "open"
    RoundStage.objects.filter(pk=stage.pk).update(deadline=moment - dt.timedelta(days=1))
    with translation.override("en"):
        page = as_(officer(recommending)[1]).get(DESK).content.decode()
    assert 'id="due-late"' in page
    assert page.index('id="due-late"') < page.index("<aside")
    assert "Bodies are late" in as_(staff(recommending).office).get(DESK).content.decode()


def test_the_applicant_reads_where_each_application_stands(recommending: World) -> None:
    world = recommending
    page = as_(world.applicant).get(DESK).content.decode()
    assert world.entry.organisation.name in page
    assert "It is in “" in page
    assert "Overview:" not in page
    stranger = next(c.owner for c in world.ctx.candidates if c.organisation.pk != world.entry.organisation_id)
    assert world.entry.organisation.name not in as_(stranger).get(DESK).content.decode()


def test_one_person_switches_between_roles_without_signing_out(recommending: World) -> None:
    world, code = recommending, recommending.jurisdiction.code
    _body, person = officer(recommending)
    day = core_clock.today()
    Membership.objects.create(
        user=person, jurisdiction=world.jurisdiction, role=Role.SUPERVISOR, since=day, rehearsal=True
    )
    client = as_(person)
    page = client.get(DESK).content.decode()
    assert "Acting as" in page
    assert f'value="supervisor:{code}"' in page
    assert "own/" in page
    client.post(reverse("rounds:act_as"), {"capacity": f"supervisor:{code}"})
    chosen = client.get(DESK)
    assert chosen.context["acting"]["role"] == "supervisor"
    assert not chosen.context["sections"]
    counted = {capacity.role: count for capacity, count, _late in chosen.context["switch"]}
    assert (counted["recommender"], counted["supervisor"]) == (1, 0)  # all are counted, whatever is shown
    assert client.get(reverse("applications:own", args=[code, world.stage("recommendation").pk])).status_code == 200
    client.post(reverse("rounds:act_as"), {"capacity": "office_head:" + code})  # not held: all together again
    assert client.get(DESK).context["acting"] is None
    client.post(reverse("rounds:act_as"), {"capacity": f"supervisor:{code}"})
    Membership.objects.filter(user=person, role=Role.SUPERVISOR).update(until=day)
    assert client.get(DESK).context["chosen"] is None
    assert client.get(reverse("rounds:office", args=[code])).status_code == 404


def test_the_office_sees_each_stage_with_counts_that_agree_with_their_lists(recommending: World) -> None:
    world, people = recommending, staff(recommending)
    office, stage = people.office, world.stage("recommendation")
    done = StageEntry.objects.filter(stage=stage).pending().order_by("id").first()
    engine.settle(actor=None, stage_entry=done, outcome="advanced", article="14")
    gone = StageEntry.objects.filter(stage=stage).pending().order_by("-id").first()
    engine.recuse(actor=office, entry=gone.entry, user=office, reason="亲属任职")
    client = as_(office)
    response = client.get(reverse("rounds:office", args=[world.jurisdiction.code]))
    desk = next(d for d in response.context["desks"] if d.stage.pk == stage.pk)
    for state, count in (
        ("pending", desk.tally.left),
        ("advanced", desk.tally.advanced),
        ("stopped", desk.tally.stopped),
    ):
        assert count == stage_rows(office, stage, state).count()
        listed = client.get(reverse("rounds:stage", args=[world.jurisdiction.code, stage.pk]) + f"?status={state}")
        assert len(listed.context["list"].page.rows) == count
    assert desk.tally.advanced == 1
    assert desk.tally.left == tallies(people.head, [stage])[stage.pk].left - 1  # recused means gone
    assert "own_entries_wait" in {b.code for b in desk.blockers}
    assert all(b.url for b in desk.blockers)


def test_the_desk_of_the_office_is_a_list_with_views_whose_counts_agree(recommending: World) -> None:
    """What waits and what holds stages up: narrowed by urgency, round, stage and whose it is; kept as views; taken along."""
    world, people = recommending, staff(recommending)
    client, url = as_(people.office), reverse("rounds:office", args=[world.jurisdiction.code])
    stage = world.stage("recommendation")
    Charge.objects.filter(stage_entry=StageEntry.objects.filter(stage=stage).pending().order_by("id").first()).delete()
    order = engine.order_correction(
        actor=world.cast.supervisor, stage=stage, text="补齐记录", due_on=clock.today(world.round)
    )
    page = client.get(url)
    listing = page.context["list"]
    rows = list(listing.rows)
    both = [row for row in rows if row.waiting and row.waiting.todo.code == "assign_body"]
    assert [row.holds for row in both] == [True], "a to-do that is also a blocker stands there once"
    assert [row.role for row in rows if row.holds and row.waiting is None and row.stage == stage], "what others hold up"
    assert any(str(order.text) in row.text and row.urgency == "today" for row in rows)
    numbers = {one.key: one.count for one in page.context["urgencies"]}
    assert numbers.pop("") == sum(numbers.values()) == len(rows)
    for key, number in numbers.items():
        assert client.get(url, {"due": key}).context["list"].total == number
    save = {
        "list": listing.key,
        "jurisdiction": world.jurisdiction.code,
        "next": url,
        "name": "今日",
        "query": "due=today&sort=text",
    }
    client.post(reverse("jurisdictions:view_save"), save)
    shown = client.get(url)
    (view,) = shown.context["list"].views.rows
    assert view.count == numbers["today"] == client.get(url + view.url).context["list"].total
    narrowed = client.get(url, {"stage": stage.pk, "whose": "others"})
    assert [card.stage.pk for card in narrowed.context["desks"]] == [stage.pk]
    file = client.get(url, {"export": "csv", "due": "today"}).getvalue().decode("utf-8-sig").splitlines()
    assert len(file) == 1 + numbers["today"]
    assert client.get(url, {"q": "nothing like it"}).context["list"].total == 0


def test_supervision_and_the_head_of_the_office_are_told_what_waits_beside_the_stages(recommending: World) -> None:
    world, cast = recommending, recommending.cast
    stage = world.stage("recommendation")
    order = engine.order_correction(
        actor=cast.supervisor, stage=stage, text="补齐记录", due_on=clock.today(world.round)
    )
    assert "answer_order" in codes(cast.office)
    assert "settle_order" not in codes(cast.supervisor)
    engine.answer_correction(actor=cast.office, order=order, answer="已补齐")
    assert "answer_order" not in codes(cast.office)
    assert "settle_order" in codes(cast.supervisor)
    assert "补齐记录" in as_(cast.supervisor).get(DESK).content.decode()


def test_a_desk_costs_the_same_for_one_application_and_for_many(recommending: World) -> None:
    world, people = recommending, staff(recommending)
    code = world.jurisdiction.code
    pages = [
        (as_(people.office), DESK, 15), (as_(people.head), DESK, 16), (as_(world.applicant), DESK, 15),
        (as_(officer(world)[1]), DESK, 15), (as_(people.supervisor), DESK, 15),
        (as_(people.office), reverse("rounds:office", args=[code]), 26),
    ]  # fmt: skip
    before = [queries(client, url) for client, url, _most in pages]
    stage, now = world.stage("recommendation"), clock.now(world.round)
    for n in range(30):
        organisation = Organisation.objects.create(name=f"示例{n}", kind="enterprise", rehearsal=True)
        entry = Entry.objects.create(
            round=world.round, organisation=organisation, prize=world.entry.prize, number=f"X-{n}", status="active"
        )
        StageEntry.objects.create(stage=stage, entry=entry, entered_at=now)
    after = [queries(client, url) for client, url, _most in pages]
    assert all(n <= b for b, n in zip(before, after, strict=True)), (before, after)
    assert all(n <= most for n, (_c, _u, most) in zip(after, pages, strict=True)), after


def test_what_is_counted_for_a_page_is_counted_once(recommending: World) -> None:
    stage = recommending.stage("recommendation")
    kind = kind_of(stage)
    with CaptureQueriesContext(connection) as twice:
        list(kind.todos(stage, OFFICE))
        kind.blockers(stage)
    with reading.once(), CaptureQueriesContext(connection) as one:
        list(kind.todos(stage, OFFICE))
        kind.blockers(stage)
    assert len({query["sql"] for query in one.captured_queries}) == len(one) < len(twice)
    with CaptureQueriesContext(connection) as nobody:
        assert not list(kind.todos(stage, Reader(roles=frozenset({"supervisor"}))))
    assert not nobody.captured_queries


def test_roles_invented_for_rehearsals_count_in_rehearsals_alone(recommending: World) -> None:
    held = held_by(recommending.cast.office)
    assert held.reader(recommending.jurisdiction, rehearsal=True).office
    assert not held.reader(recommending.jurisdiction, rehearsal=False).office
    assert "Overview:" not in as_(recommending.cast.office).get(DESK).content.decode(), "a page that answers 404"


def test_when_nothing_holds_a_stage_up_the_office_is_told_to_decide_and_its_head_to_close(
    recommending: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = recommending.stage("recommendation")
    assert not list(onward(stage, OFFICE))  # bodies have not recommended yet
    monkeypatch.setattr("rounds.onward.blockers", lambda stage: [])
    assert [(todo.code, todo.role) for todo in onward(stage, OFFICE)] == [("prepare_decision", "office")]
    StageEntry.objects.filter(stage=stage).update(status="advanced")
    todos = list(onward(stage, OFFICE))
    assert [(todo.code, todo.role) for todo in todos] == [("close_stage", "office_head")]
    assert not Reader(roles=frozenset({"office"})).sees(todos[0])
    assert not list(onward(stage, Reader(roles=frozenset({"supervisor"}))))
    url, people = reverse("rounds:stage", args=[recommending.jurisdiction.code, stage.pk]), staff(recommending)
    close = reverse("rounds:close", args=[recommending.jurisdiction.code, stage.pk])
    assert close in as_(people.head).get(url).content.decode()
    assert close not in as_(people.office).get(url).content.decode()


def test_nothing_comes_next_for_an_applicant_whose_applications_have_all_ended(recommending: World) -> None:
    entry = recommending.entry
    held = held_by(recommending.applicant)
    stages = todos.stages_of(held)
    assert agenda.coming(held, stages)
    Entry.objects.filter(organisation__in=[o.pk for o in held.organisations], round=entry.round).update(
        status="stopped"
    )
    over = homes.over(homes.applications(held))
    assert over == {entry.round_id}
    assert not agenda.coming(held, stages, over=over)
