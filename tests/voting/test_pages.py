"""The pages of a vote, through the browser's eyes: who sees what, and the voter's whole way."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.models import Organisation
from rounds.models import Entry
from tests.voting.world import make_world, person, publicity, vote
from voting.domain import casting
from voting.forms import BallotForm
from voting.models import Ballot, Poll

pytestmark = pytest.mark.django_db
SECRET = {"secret": True, "tellers": {"total": 2, "needed": 2}}


def page(client, user, name, world, *args, data=None, status=200):
    client.force_login(user)
    url = reverse(f"voting:{name}", args=[world.jurisdiction.code, *args])
    response = client.post(url, data) if data is not None else client.get(url)
    assert response.status_code == status, (url, response.status_code, response.content[-2000:])
    return response


@pytest.mark.requirement("yiwu-5.5b", "wenzhou-17")
def test_the_whole_way_of_a_secret_vote_through_the_pages(client):
    w = make_world(vote(**SECRET, plenary=True, hears_report=True, hears_heads=True), publicity(), entries=3, tellers=2)
    stage = w.stage
    refused = page(client, w.office, "convene", w, stage.pk, data={"held_on": "2026-11-20"}, status=422)
    assert "2026-11-20" in refused.content.decode()
    page(client, w.office, "convene", w, stage.pk, data={"held_on": "2026-11-20", "plenary": "on"}, status=302)
    meeting = stage.meetings.get()
    page(client, w.office, "meeting", w, meeting.pk)
    page(client, w.office, "attend", w, meeting.pk, data={"people": [m.pk for m in w.members]}, status=302)
    page(client, w.office, "report", w, meeting.pk, data={"given_by": "主任"}, status=302)
    page(client, w.office, "prepare", w, meeting.pk, data={"people": [w.tellers[0].pk]}, status=422)
    page(client, w.office, "prepare", w, meeting.pk, data={"people": [t.pk for t in w.tellers]}, status=302)
    poll = Poll.objects.get(stage=stage)
    words = {}
    for teller in w.tellers:
        page(client, teller, "key", w, poll.pk)
        made = page(client, teller, "key", w, poll.pk, data={})
        words[teller.pk] = made.context["passphrase"]
        assert words[teller.pk] in made.content.decode()
        assert words[teller.pk] not in page(client, teller, "key", w, poll.pk).content.decode()
    page(client, w.office, "open", w, poll.pk, data={}, status=302)
    for member in w.members:
        page(client, member, "ballot", w, poll.pk)
        votes = {f"vote-{e.pk}": "for" if n < 2 else "abstain" for n, e in enumerate(w.entries)}
        page(client, member, "ballot", w, poll.pk, data={**votes, f"vote-{w.entries[0].pk}": ""}, status=422)
        confirm = page(client, member, "ballot", w, poll.pk, data=votes)
        assert not Ballot.objects.filter(seat__user=member).exists()
        assert "confirmed" in confirm.content.decode()
        page(client, member, "ballot", w, poll.pk, data={**votes, "confirmed": "1"}, status=302)
        shown = page(client, member, "ballot", w, poll.pk)
        assert Ballot.objects.get(seat__user=member).receipt in shown.content.decode()
    heads = {f"speaker-{e.pk}": e.organisation.head_name for e in w.entries}
    page(client, w.office, "close", w, poll.pk, data={}, status=302)
    assert Poll.objects.get(pk=poll.pk).status == "open"
    page(client, w.office, "heads", w, meeting.pk, data=heads, status=302)
    page(client, w.office, "close", w, poll.pk, data={}, status=302)
    listed = page(client, w.members[0], "poll", w, poll.pk).content.decode()
    assert all(ballot.receipt in listed for ballot in Ballot.objects.all())
    page(client, w.tellers[0], "unseal", w, poll.pk, data={"passphrase": "wrong"}, status=422)
    for teller in w.tellers:
        page(client, teller, "unseal", w, poll.pk)
        page(client, teller, "unseal", w, poll.pk, data={"passphrase": words[teller.pk]}, status=302)
    page(client, w.office, "count", w, poll.pk, data={}, status=302)
    page(client, w.tellers[0], "sign", w, poll.pk, data={"passphrase": words[w.tellers[0].pk]}, status=302)
    bundle = json.loads(page(client, w.members[0], "minutes", w, poll.pk).content)
    assert len(bundle["signatures"]) == 1
    result = page(client, w.supervisor, "stage", w, stage.pk).content.decode()
    assert w.entries[0].organisation.name in result


@pytest.mark.parametrize("changes", [{"method": "score", "majority": None}, {"method": "rank", "majority": None}])
def test_ballots_of_points_and_places_can_be_filled_in(client, changes):
    w = make_world(vote(**changes), publicity(), entries=3)
    poll = w.opened()
    values = {f"vote-{e.pk}": str(n) for n, e in enumerate(w.entries, 1)}
    page(client, w.members[0], "ballot", w, poll.pk, data=values)
    page(client, w.members[0], "ballot", w, poll.pk, data={**values, "confirmed": "1"}, status=302)
    empty = {"abstain": "on"} | {f"abstain-{e.pk}": "on" for e in w.entries} | {"confirmed": "1"}
    page(client, w.members[1], "ballot", w, poll.pk, data=empty, status=302)
    assert set(Ballot.objects.get(seat__user=w.members[1]).items.values_list("choice", flat=True)) == {"abstain"}


def test_stepping_aside_takes_the_candidate_off_the_ballot_and_off_every_page(client):
    w = make_world(vote(), publicity(), entries=3)
    poll = w.opened()
    member, entry = w.members[0], w.entries[0]
    again = page(client, member, "step_aside", w, poll.pk, entry.pk, data={"reason": " "}, status=422).content.decode()
    assert f'href="#aside-{entry.pk}-reason"' in again
    page(client, member, "step_aside", w, poll.pk, entry.pk, data={"reason": "亲属任职"}, status=302)
    assert entry.organisation.name not in page(client, member, "ballot", w, poll.pk).content.decode()
    page(client, member, "step_aside", w, poll.pk, entry.pk, data={"reason": "again"}, status=404)
    for other in w.members[1:]:
        choices = dict.fromkeys([e.pk for e in w.entries], "for")
        casting.cast(actor=other, poll=poll, choices=choices)
    w.counted(poll)
    for name, pk in (("stage", w.stage.pk), ("poll", poll.pk)):
        assert entry.organisation.name not in page(client, member, name, w, pk).content.decode()
        assert entry.organisation.name in page(client, w.members[1], name, w, pk).content.decode()


def test_strangers_find_nothing_and_supervision_only_reads(client):
    w = make_world(vote(**SECRET), publicity(), entries=2)
    poll = w.opened()
    meeting = w.stage.meetings.get()
    stranger = person()
    for name, pk in (
        ("stage", w.stage.pk),
        ("meeting", meeting.pk),
        ("poll", poll.pk),
        ("ballot", poll.pk),
        ("key", poll.pk),
        ("unseal", poll.pk),
    ):
        page(client, stranger, name, w, pk, status=404)
    page(client, w.supervisor, "meeting", w, meeting.pk)
    page(client, w.supervisor, "ballot", w, poll.pk, status=404)
    page(client, w.supervisor, "close", w, poll.pk, data={}, status=403)
    page(client, w.office, "void", w, poll.pk, data={"reason": "x"}, status=403)
    page(client, w.office, "key", w, poll.pk, status=404)
    page(client, w.members[0], "meeting", w, meeting.pk, status=404)
    client.logout()
    anonymous = client.get(reverse("voting:ballot", args=[w.jurisdiction.code, poll.pk]))
    assert anonymous.status_code == 302


def test_a_tie_is_settled_on_its_page_and_a_ballot_declared_void_on_its_own(client):
    w = make_world(vote(ties="none"), publicity(), entries=3)
    w.held(*[["for", "for", "for"]] * 5)
    shown = page(client, w.head, "stage", w, w.stage.pk)
    assert len(shown.context["tied"]) == 3
    order = {f"place-{e.pk}": n for n, e in enumerate(reversed(w.entries), 1)}
    page(
        client,
        w.head,
        "tie",
        w,
        w.stage.pk,
        data={**order, f"place-{w.entries[0].pk}": 1, "reason": "合议"},
        status=422,
    )
    page(client, w.head, "tie", w, w.stage.pk, data={**order, "reason": "合议"}, status=302)
    assert {e for e, row in w.released().items() if row.status == "advanced"} == {e.pk for e in w.entries[1:]}


def test_lists_cost_the_same_for_two_candidates_and_for_many(client):
    counts = []
    for entries in (2, 12):
        w = make_world(vote(), publicity(), entries=entries, members=entries)
        poll = w.held(*[["for", "for"] + ["against"] * (entries - 2)] * entries)
        client.force_login(w.office)
        for name, pk in (("stage", w.stage.pk), ("poll", poll.pk)):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(reverse(f"voting:{name}", args=[w.jurisdiction.code, pk])).status_code == 200
            counts.append(len(queries))
    assert counts[0] == counts[2] and counts[1] == counts[3], counts


def test_a_ballot_says_for_and_against_in_the_words_of_a_vote_and_for_which_prize():
    entries = [
        Entry(pk=n, prize=prize, number=f"2026-{n}", organisation=Organisation(name=name))
        for n, (prize, name) in enumerate((("quality", "甲"), ("innovation", "乙")), start=1)
    ]
    given = {"method": "approve", "settings": {}, "tiers": {}, "prizes": {"quality": "质量奖", "innovation": "创新奖"}}
    with translation.override("zh-hans"):
        form = BallotForm(entries=entries, **given)
        field = form.fields["vote-1"]
        assert [str(label) for _value, label in field.choices] == ["赞成", "反对", "弃权"]
        assert str(field.label).startswith("质量奖：甲")
        assert not str(BallotForm(entries=entries[:1], **given).fields["vote-1"].label).startswith("质量奖")
