"""A teller makes a key. The passphrase is shown once and kept nowhere."""

from __future__ import annotations

import secrets

from django.db import transaction

from accounts.models import User
from core.refusals import Refused
from rounds import clock
from rounds.engine.logging import record
from voting import sealing
from voting.domain.shared import lock_poll, poll_is
from voting.models import Poll, TellerKey

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_GROUPS, _LENGTH = 6, 4


@transaction.atomic
def make_key(*, actor: User, poll: Poll) -> str:
    """The teller's key for this poll; returns its passphrase (about 119 bits). Without it nobody opens the teller's part.

    Refused: not a teller of this poll, made before, poll no longer being prepared.
    """
    poll = lock_poll(poll)
    poll_is(poll, Poll.Status.PREPARED)
    mine = own_key(poll, actor)
    if mine.public_key:
        raise Refused("key_made", article=poll.stage.article)
    passphrase = new_passphrase()
    sealing_key, signing_key = sealing.new_key(), sealing.new_signing_key()
    mine.public_key, mine.signing_key = sealing_key.public, signing_key.public
    mine.salt = sealing.new_salt()
    box = sealing.strongbox(passphrase, mine.salt)
    mine.locked = box.encrypt(sealing_key.private).decode()
    mine.locked_signing = box.encrypt(signing_key.private).decode()
    mine.made_at = clock.now(poll.stage.round)
    mine.save()
    record(
        "poll.key_made", round_=poll.stage.round, actor=actor, subject=poll, article=poll.stage.article,
        public_key=mine.public_key, signing_key=mine.signing_key,
    )  # fmt: skip
    return passphrase


def new_passphrase() -> str:
    """Six groups of four unambiguous characters; from the system's randomness, in rehearsals too."""
    return " ".join("".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH)) for _ in range(_GROUPS))


def own_key(poll: Poll, actor: User) -> TellerKey:
    """The actor's part in the poll, locked. Refused: not a teller of it."""
    mine = TellerKey.objects.select_for_update(of=("self",)).filter(poll=poll, teller=actor).first()
    if mine is None:
        raise Refused("not_a_teller_here", article=poll.stage.article)
    found: TellerKey = mine
    return found


def unlocked(mine: TellerKey, passphrase: str, article: str, *, signing: bool = False) -> bytes:
    """A private part. Refused: a wrong passphrase."""
    try:
        return sealing.unlock(passphrase, mine.salt, mine.locked_signing if signing else mine.locked)
    except sealing.Unsealable as error:
        raise Refused("passphrase_wrong", article=article, field="passphrase") from error
