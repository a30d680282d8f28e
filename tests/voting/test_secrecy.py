"""Sealed ballots: what the database alone tells, who opens the box, and what the minutes prove."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from itertools import permutations

import pytest
from django.core import serializers

from tests.voting.world import make_world, publicity, refused, vote
from voting import bundle, models, sealing
from voting import verify_minutes as verifier
from voting.domain import counting, keys, polls, unsealing
from voting.models import Ballot, BallotItem, Contribution, KeyShare, Minutes, OpenedBallot, Poll, TellerKey
from voting.settings import vote_context

pytestmark = pytest.mark.django_db
SECRET = {"secret": True, "tellers": {"total": 3, "needed": 2}}


def everything() -> str:
    """The whole of this app's tables, and the log, as text."""
    from audit.models import AuditEvent, PersonalNote

    rows = [row for name in models.__all__ for row in getattr(models, name).objects.all()]
    return serializers.serialize("json", [*rows, *AuditEvent.objects.all(), *PersonalNote.objects.all()])


def test_without_the_tellers_passphrases_the_database_opens_no_ballot():
    w = make_world(vote(**SECRET), publicity(), entries=2, tellers=3)
    poll = w.opened()
    w.cast(poll, *[["for", "against"]] * 5)
    polls.close_poll(actor=w.office, poll=poll)
    dump = everything()
    assert '"for"' not in dump and 'against\\"' not in dump
    for passphrase in w.passphrases.values():
        assert passphrase not in dump and passphrase.replace(" ", "") not in dump
    sealed = bytes(BallotItem.objects.first().sealed)
    row = BallotItem.objects.select_related("ballot", "item").first()
    context = vote_context(Poll.objects.get().settings["context"], row.ballot.seat_id, row.item.entry_id)
    for hexed in {word for word in dump.replace('"', " ").split() if len(word) == 64}:
        with pytest.raises((sealing.Unsealable, ValueError)):
            sealing.unseal_vote(bytes.fromhex(hexed), sealed, context=context)
    lengths = {len(bytes(item.sealed)) for item in BallotItem.objects.all()}
    assert len(lengths) == 1


def test_one_teller_of_two_needed_opens_nothing_and_hands_the_key_to_tellers_alone():
    w = make_world(vote(**SECRET), publicity(), entries=1, tellers=3)
    poll = w.opened()
    w.cast(poll, *[["for"]] * 5)
    polls.close_poll(actor=w.office, poll=poll)
    first, second, _third = w.tellers
    unsealing.take_part(actor=first, poll=poll, passphrase=w.passphrases[first.pk])
    assert Poll.objects.get().status == "closed"
    assert not OpenedBallot.objects.exists()
    with refused("part_taken"):
        unsealing.take_part(actor=first, poll=poll, passphrase=w.passphrases[first.pk])
    with refused("box_not_opened"):
        counting.count(actor=w.office, poll=poll)
    with refused("passphrase_wrong"):
        unsealing.take_part(actor=second, poll=poll, passphrase=w.passphrases[first.pk])
    with refused("not_a_teller_here"):
        unsealing.take_part(actor=w.office, poll=poll, passphrase="x")
    unsealing.take_part(actor=second, poll=poll, passphrase=w.passphrases[second.pk].replace(" ", ""))
    assert [row.value for row in OpenedBallot.objects.all()] == ["for"] * 5
    assert not Contribution.objects.exists() and not KeyShare.objects.exists()
    assert not TellerKey.objects.exclude(locked="").exists()


def test_any_two_of_three_tellers_open_the_box_in_any_order():
    for pair in permutations(range(3), 2):
        w = make_world(vote(**SECRET), publicity(), entries=1, tellers=3, members=3)
        poll = w.opened()
        w.cast(poll, ["for"], ["against"], ["abstain"])
        polls.close_poll(actor=w.office, poll=poll)
        for n in pair:
            unsealing.take_part(actor=w.tellers[n], poll=poll, passphrase=w.passphrases[w.tellers[n].pk])
        assert [row.value for row in OpenedBallot.objects.filter(item__poll=poll)] == ["abstain", "against", "for"]


def test_a_ballot_moved_to_another_seat_or_altered_is_unreadable_and_counted_as_invalid():
    w = make_world(vote(**SECRET), publicity(), entries=1, tellers=3)
    poll = w.opened()
    w.cast(poll, *[["for"]] * 5)
    rows = list(BallotItem.objects.order_by("pk"))
    BallotItem.objects.filter(pk=rows[0].pk).update(sealed=bytes(rows[1].sealed))
    BallotItem.objects.filter(pk=rows[2].pk).update(sealed=bytes(rows[2].sealed)[:-1] + b"\0")
    w.counted(poll)
    tally = models.Tally.objects.get()
    assert (tally.votes_for, tally.invalid, tally.cast) == (3, 2, 5)
    found = list(verifier.problems(bundle.export(Minutes.objects.get())))
    assert sum("receipt" in problem for problem in found) == 2


def test_a_key_is_made_once_by_its_teller_and_only_before_the_opening():
    w = make_world(vote(**SECRET), publicity(), entries=1, tellers=3)
    poll = polls.prepare(actor=w.office, meeting=w.meeting(), tellers=w.tellers)
    with refused("not_a_teller_here"):
        keys.make_key(actor=w.office, poll=poll)
    w.with_keys(poll, w.tellers)
    with refused("key_made"):
        keys.make_key(actor=w.tellers[0], poll=poll)
    polls.open_poll(actor=w.office, poll=poll)
    with refused("poll_state"):
        keys.make_key(actor=w.tellers[0], poll=poll)


def counted_bundle(**changes):
    w = make_world(vote(**changes), publicity(), entries=3, tellers=3)
    poll = w.opened()
    votes = {"approve": ["for", "against", "abstain"], "score": ["90", "70", "abstain"], "rank": ["1", "2", "3"]}[
        poll.method
    ]
    w.cast(poll, *[votes] * 4)
    w.counted(poll)
    for teller in w.tellers[: 2 if poll.secret else 0]:
        counting.sign_minutes(actor=teller, poll=poll, passphrase=w.passphrases[teller.pk])
    return json.loads(json.dumps(bundle.export(Minutes.objects.get(poll=poll)), default=str))


@pytest.mark.parametrize(
    "changes",
    [
        SECRET,
        {},
        {"method": "score", "majority": None, "min_score": 80, **SECRET},
        {"method": "rank", "majority": None},
    ],
)
def test_the_verifier_finds_nothing_wrong_with_true_minutes(changes):
    assert list(verifier.problems(counted_bundle(**changes))) == []


def tampered(good):
    """Minutes with one thing changed, and a word of what the verifier says."""

    def change(path, value):
        bad = copy.deepcopy(good)
        at = bad["body"]
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value(at[path[-1]]) if callable(value) else value
        return bad

    entry = str(good["body"]["settings"]["entries"][0]["entry"])
    yield change(["opened", entry, 0], "against"), "hash"
    for bad, word in [
        (change(["opened", entry, 0], "against"), "counted again"),
        (change(["opened", entry], lambda votes: votes[1:]), "ballots lay in the box"),
        (change(["tally", entry, "votes_for"], 3), "counted again"),
        (change(["roll", 0, "present"], False), "roll was changed"),
        (change(["settings", "majority", "ratio"], "1/9"), "rules of the vote were changed"),
        (change(["box"], lambda box: box[1:]), "the box does not hold"),
        (change(["box", 0, "sealed", 0], lambda sealed: sealed[::-1]), "receipt"),
        (change(["box", 1, "seat"], good["body"]["box"][0]["seat"]), "2 ballots in the box"),
        (change(["box", 0, "struck"], [int(entry)]), "struck out without a recusal"),
    ]:
        bad["sha256"] = verifier.digest(bad["body"])  # whoever tampers makes the hash fit
        yield bad, word


def test_the_verifier_detects_every_tampering():
    good = counted_bundle(**SECRET)
    for bad, word in tampered(good):
        found = list(verifier.problems(bad))
        assert any(word in problem for problem in found), (word, found)
        assert any("not under these minutes" in problem for problem in found) or word == "hash"


def test_the_verifier_stands_alone(tmp_path):
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    minutes = counted_bundle(**SECRET)
    good.write_text(json.dumps(minutes), encoding="utf-8")
    minutes["sha256"] = "0" * 64
    bad.write_text(json.dumps(minutes), encoding="utf-8")
    for path, code, word in [
        (good, 0, "Holds: 5 seats, 4 ballots"),
        (bad, 1, "WRONG"),
        (tmp_path / "none", 2, "no bundle"),
    ]:
        done = subprocess.run(
            [sys.executable, "-I", verifier.__file__, str(path)], capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert word in done.stdout


def test_a_teller_signs_once_and_only_what_was_counted():
    w = make_world(vote(**SECRET), publicity(), entries=1, tellers=3)
    poll = w.opened()
    w.cast(poll, *[["for"]] * 5)
    teller = w.tellers[0]
    with refused("poll_state"):
        counting.sign_minutes(actor=teller, poll=poll, passphrase=w.passphrases[teller.pk])
    w.counted(poll)
    counting.sign_minutes(actor=teller, poll=poll, passphrase=w.passphrases[teller.pk])
    with refused("part_taken"):
        counting.sign_minutes(actor=teller, poll=poll, passphrase=w.passphrases[teller.pk])
    assert Ballot.objects.count() == 5
