"""Ballots (sealed, or named), the tellers' keys, and what was in the box once it was opened.

Secrecy rests on the tally key alone. A sealed ballot names its voter openly (the outer envelope); nobody who holds this database
can open it (the inner one): the tally key's private part is kept only sealed to the tellers, and theirs only under their passphrases.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from voting.models.poll import Poll, PollItem, RollSeat


class TellerKey(models.Model):
    """A teller's part in a poll. ``locked``: the private part under the teller's passphrase, wiped when the box was opened;
    ``locked_signing``: the part that signs the minutes."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="tellers")
    teller = models.ForeignKey(User, on_delete=models.PROTECT, related_name="teller_keys")
    position = models.PositiveSmallIntegerField()
    public_key = models.CharField(max_length=64, blank=True)
    signing_key = models.CharField(max_length=64, blank=True)
    salt = models.CharField(max_length=64, blank=True)
    locked = models.TextField(blank=True)
    locked_signing = models.TextField(blank=True)
    made_at = models.DateTimeField(_("key made at"), null=True, blank=True)
    handed_at = models.DateTimeField(_("took part in the opening at"), null=True, blank=True)
    signature = models.CharField(_("signature under the minutes"), max_length=128, blank=True)
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="poll__stage__round__jurisdiction")

    class Meta:
        ordering = ("poll", "position")
        constraints = (
            models.UniqueConstraint(fields=("poll", "teller"), name="a_teller_has_one_key_per_poll"),
            models.UniqueConstraint(fields=("poll", "position"), name="one_teller_per_position"),
        )

    def __str__(self) -> str:
        return f"{self.poll}: {self.teller}"


class KeyShare(models.Model):
    """The tally key's private part, sealed one inside the other to the tellers of one combination (``"1.3"``)."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="shares")
    combination = models.CharField(max_length=80)
    sealed = models.BinaryField()

    objects = ScopedManager(jurisdiction="poll__stage__round__jurisdiction")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("poll", "combination"), name="one_share_per_combination"),)

    def __str__(self) -> str:
        return f"{self.poll}: {self.combination}"


class Contribution(models.Model):
    """A teller's key, handed to another teller under that one's public key, until enough tellers have come."""

    giver = models.ForeignKey(TellerKey, on_delete=models.CASCADE, related_name="given")
    receiver = models.ForeignKey(TellerKey, on_delete=models.CASCADE, related_name="received")
    sealed = models.BinaryField()

    objects = ScopedManager(jurisdiction="giver__poll__stage__round__jurisdiction")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("giver", "receiver"), name="a_teller_hands_a_key_once_to_another"),
        )

    def __str__(self) -> str:
        return f"{self.giver} → {self.receiver}"


class Ballot(models.Model):
    """A voter's ballot; a later one replaces it until the poll closes. ``receipt``: SHA-256 over its sealed items in order."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="ballots")
    seat = models.OneToOneField(RollSeat, on_delete=models.CASCADE, related_name="ballot")
    receipt = models.CharField(_("receipt"), max_length=64)
    version = models.PositiveSmallIntegerField(default=1)
    cast_at = models.DateTimeField(_("cast at"))

    objects = ScopedManager(jurisdiction="poll__stage__round__jurisdiction")

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        constraints = (models.UniqueConstraint(fields=("poll", "receipt"), name="one_ballot_per_receipt"),)

    def __str__(self) -> str:
        return self.receipt[:16]


class BallotItem(models.Model):
    """What a ballot says of one item: sealed in a secret poll, else in clear. ``struck``: the voter stepped aside after casting."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="items")
    item = models.ForeignKey(PollItem, on_delete=models.CASCADE, related_name="ballot_items")
    sealed = models.BinaryField(null=True, blank=True)
    choice = models.CharField(max_length=60, blank=True)
    struck = models.BooleanField(default=False)

    objects = ScopedManager(jurisdiction="ballot__poll__stage__round__jurisdiction")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("ballot", "item"), name="a_ballot_speaks_once_of_an_item"),
            models.CheckConstraint(
                name="a_vote_is_sealed_or_named_never_both",
                condition=(Q(sealed__isnull=False) & Q(choice="")) | (Q(sealed__isnull=True) & ~Q(choice="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.ballot}: {self.item_id}"


class OpenedBallot(models.Model):
    """One vote on one item out of the opened box, in sorted order: written once, without its voter."""

    item = models.ForeignKey(PollItem, on_delete=models.CASCADE, related_name="opened")
    position = models.PositiveSmallIntegerField()
    value = models.CharField(max_length=60)

    objects = ScopedManager(jurisdiction="item__poll__stage__round__jurisdiction")

    class Meta:
        ordering = ("item", "position")
        constraints = (models.UniqueConstraint(fields=("item", "position"), name="opened_ballots_are_written_once"),)

    def __str__(self) -> str:
        return f"{self.item}: {self.value}"
