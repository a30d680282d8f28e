"""A round, its stages, the entries that go through them, decisions, recusals. Only ``rounds.engine`` writes state fields."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager
from guardian.models import UserObjectPermissionBase

from accounts.models import Organisation, User
from core.fields import Encoder
from jurisdictions.models import Jurisdiction, PolicyDocument
from jurisdictions.policy import Policy
from jurisdictions.policy.stages import StageBase
from rounds.querysets import EntryQuerySet, StageEntryQuerySet


class Round(models.Model):
    """One run of a policy edition. ``rules`` is the edition with its assumed values as set for this round, frozen at opening."""

    class Kind(models.TextChoices):
        BINDING = "binding", _("Binding")
        REHEARSAL = "rehearsal", _("Rehearsal")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        ABANDONED = "abandoned", _("Abandoned")

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="rounds")
    year = models.PositiveSmallIntegerField(_("year"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.BINDING)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    policy = models.ForeignKey(PolicyDocument, on_delete=models.PROTECT, related_name="rounds")
    prizes = models.JSONField(_("prizes on offer"), default=list)
    adjustments = models.JSONField(_("assumed values set for this round"), default=dict, blank=True)
    rules_document = models.JSONField(_("rules"), default=dict, blank=True)
    rules_sha256 = models.CharField(max_length=64, blank=True)
    standard_edition = models.CharField(_("edition of the criteria standard"), max_length=40, blank=True)
    closes_on = models.DateField(_("last day for filing"), null=True, blank=True)
    departures = models.JSONField(_("departures from the usual, with reasons"), default=list, blank=True)
    clock_offset = models.DurationField(_("clock offset"), default=dt.timedelta(0))
    seed = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager(jurisdiction="jurisdiction")

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ("-year", "-id")
        constraints = (
            models.CheckConstraint(
                name="binding_round_has_no_clock_of_its_own",
                condition=Q(kind="rehearsal") | Q(clock_offset=dt.timedelta(0)),
            ),
            models.UniqueConstraint(
                fields=("jurisdiction", "year"),
                condition=Q(kind="binding") & ~Q(status="abandoned"),
                name="one_binding_round_a_year",
            ),
            models.CheckConstraint(
                name="an_opened_round_has_rules", condition=Q(status__in=("draft", "abandoned")) | ~Q(rules_sha256="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.jurisdiction.code} {self.year}"

    @property
    def rules(self) -> Policy:
        """The rules of this round: frozen ones once opened, else the edition with the adjustments so far."""
        from rounds.rulebook import rules_of

        return rules_of(self)

    @property
    def is_rehearsal(self) -> bool:
        return self.kind == self.Kind.REHEARSAL


class RoundStage(models.Model):
    """One stage of a round."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Not yet open")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="stages")
    key = models.CharField(max_length=50)
    kind = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField()
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    derivation = models.JSONField(_("how the deadline is counted"), default=dict, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="round__jurisdiction")

    class Meta:
        ordering = ("round", "position")
        constraints = (
            models.UniqueConstraint(fields=("round", "key"), name="one_stage_per_key"),
            models.UniqueConstraint(fields=("round", "position"), name="one_stage_per_position"),
        )

    def __str__(self) -> str:
        return f"{self.round}: {self.key}"

    @cached_property
    def spec(self) -> Any:
        """The stage's typed parameters (a subclass of ``StageBase``)."""
        return self.round.rules.stage(self.key)

    @property
    def article(self) -> str:
        spec: StageBase = self.spec
        return spec.article

    @property
    def name(self) -> str:
        return str(self.spec.name)


class Entry(models.Model):
    """An organisation's way through a round for one prize. Its form and papers hang on it (``applications.Application``)."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Being written")
        ACTIVE = "active", _("Under way")
        STOPPED = "stopped", _("Did not go on")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        HONOURED = "honoured", _("Honoured")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="entries")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="entries")
    prize = models.CharField(_("prize"), max_length=50)
    category = models.CharField(_("category"), max_length=50, blank=True)
    number = models.CharField(_("filing number"), max_length=40, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    flags = models.JSONField(_("encouragements"), default=list, blank=True)
    stopped_stage = models.ForeignKey(RoundStage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager(
        jurisdiction="round__jurisdiction", _manager_class=models.Manager.from_queryset(EntryQuerySet)
    )

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "organisation", "prize"),
                condition=~Q(status="withdrawn"),
                name="one_entry_per_prize_and_organisation",
            ),
            models.UniqueConstraint(
                fields=("round", "number"), condition=~Q(number=""), name="one_entry_per_filing_number"
            ),
        )
        indexes = (
            models.Index(fields=("round", "status", "id"), name="entry_by_round_and_status"),
            models.Index(fields=("round", "number", "id"), name="entry_by_number"),
            models.Index(fields=("round", "prize", "id"), name="entry_by_prize"),
            models.Index(fields=("round", "created_at", "id"), name="entry_by_beginning"),
        )
        permissions = (
            ("fill_entry", "Fill in the entry's form"),
            ("score_entry", "Score the entry"),
            ("recommend_entry", "Recommend or audit the entry"),
            ("consult_entry", "Answer questions about the entry"),
        )

    def __str__(self) -> str:
        return self.number or f"{self.organisation} ({self.prize})"


class EntryUserObjectPermission(UserObjectPermissionBase):
    """Guardian's rows for entries, with a real foreign key."""

    content_object = models.ForeignKey(Entry, on_delete=models.CASCADE)


class StageEntry(models.Model):
    """An entry in a stage. Written by ``rounds.engine`` alone."""

    class Status(models.TextChoices):
        PENDING = "pending", _("In progress")
        ADVANCED = "advanced", _("Goes on")
        STOPPED = "stopped", _("Does not go on")
        SKIPPED = "skipped", _("Not concerned")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    stage = models.ForeignKey(RoundStage, on_delete=models.CASCADE, related_name="entries")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="stage_entries")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING)
    score = models.DecimalField(_("score"), max_digits=12, decimal_places=4, null=True, blank=True)
    rank = models.PositiveIntegerField(_("rank"), null=True, blank=True)
    prize = models.CharField(
        _("prize decided"), max_length=50, blank=True, help_text="Set where a decision picks a prize."
    )
    tier = models.CharField(_("tier"), max_length=50, blank=True)
    article = models.CharField(_("article"), max_length=20, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    facts = models.JSONField(_("facts read"), encoder=Encoder, default=dict, blank=True)
    entered_at = models.DateTimeField(_("entered at"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScopedManager(
        jurisdiction="stage__round__jurisdiction", _manager_class=models.Manager.from_queryset(StageEntryQuerySet)
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("stage", "entry"), name="an_entry_enters_a_stage_once"),
            models.CheckConstraint(
                name="what_stopped_says_why_and_by_which_article",
                condition=~Q(status="stopped") | (~Q(article="") & ~Q(reason="")),
            ),
        )
        indexes = (
            models.Index(fields=("stage", "status", "id"), name="stageentry_by_status"),
            models.Index(fields=("stage", "-score", "id"), name="stageentry_by_score"),
            models.Index(fields=("stage", "score", "id"), name="stageentry_sorted_by_score"),
            models.Index(fields=("stage", "rank", "id"), name="stageentry_by_rank"),
            models.Index(fields=("stage", "decided_at", "id"), name="stageentry_by_decision"),
        )

    def __str__(self) -> str:
        return f"{self.entry} @ {self.stage.key}"


class Decision(models.Model):
    """A batch: prepared, inspected, released (wholly or not at all); corrected only by a counter-decision."""

    class Status(models.TextChoices):
        PREPARED = "prepared", _("Prepared")
        RELEASED = "released", _("Released")
        DISCARDED = "discarded", _("Discarded")

    stage = models.ForeignKey(RoundStage, on_delete=models.CASCADE, related_name="decisions")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PREPARED)
    counter = models.BooleanField(_("counter-decision"), default=False)
    article = models.CharField(_("article"), max_length=20)
    note = models.TextField(_("note"), blank=True)
    fingerprint = models.CharField(
        max_length=64, blank=True, help_text="Hash of what was prepared; a change before release refuses it."
    )
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(_("prepared at"))
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="stage__round__jurisdiction")

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("stage",), condition=Q(status="prepared"), name="one_prepared_decision_per_stage"
            ),
        )

    def __str__(self) -> str:
        return f"{self.stage} #{self.pk}"


class DecisionItem(models.Model):
    """What a decision says of one entry."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="items")
    stage_entry = models.ForeignKey(StageEntry, on_delete=models.CASCADE, related_name="decision_items")
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=(("advanced", _("Goes on")), ("stopped", _("Does not go on")))
    )
    prize = models.CharField(max_length=50, blank=True)
    tier = models.CharField(max_length=50, blank=True)
    article = models.CharField(_("article"), max_length=20)
    reason = models.TextField(_("reason"), blank=True)
    facts = models.JSONField(encoder=Encoder, default=dict, blank=True)
    before = models.JSONField(encoder=Encoder, default=dict, blank=True)
    score = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    rank = models.PositiveIntegerField(null=True, blank=True)

    objects = ScopedManager(jurisdiction="decision__stage__round__jurisdiction")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("decision", "stage_entry"), name="a_decision_speaks_once_of_an_entry"),
        )

    def __str__(self) -> str:
        return f"{self.stage_entry}: {self.outcome}"


class Recusal(models.Model):
    """A person steps aside from an entry: from then on the entry is gone for that person."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="recusals")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recusals")
    reason = models.TextField(_("reason"))
    article = models.CharField(_("article"), max_length=20)
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="entry__round__jurisdiction")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("entry", "user"), condition=Q(ended_at=None), name="one_open_recusal_per_person_and_entry"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} – {self.entry}"


class Correction(models.Model):
    """What supervision put on record: an order to correct (while open it blocks its stage), or an observation (it blocks nothing)."""

    class Kind(models.TextChoices):
        ORDER = "order", _("Order to correct")
        OBSERVATION = "observation", _("Observation")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.ORDER)
    stage = models.ForeignKey(RoundStage, on_delete=models.CASCADE, related_name="corrections")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, null=True, blank=True, related_name="corrections")
    text = models.TextField(_("what is to be corrected"))
    article = models.CharField(_("article"), max_length=20)
    ordered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField(_("ordered at"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    settlement = models.TextField(_("how it was settled"), blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="stage__round__jurisdiction")

    class Meta:
        constraints = (
            models.CheckConstraint(name="an_order_says_by_when", condition=~Q(kind="order") | Q(due_on__isnull=False)),
        )
        indexes = (models.Index(fields=("stage", "settled_at"), name="correction_by_stage"),)

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_order(self) -> bool:
        return self.kind == self.Kind.ORDER

    @property
    def state(self) -> str:
        """settled, answered (supervision's turn), or open (the office's turn)."""
        return "settled" if self.settled_at else "answered" if self.answer else "open"


class MajorMatter(models.Model):
    """A major matter arising in review and what the competent organ decided on it."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="matters")
    organ = models.CharField(_("organ"), max_length=50)
    article = models.CharField(_("article"), max_length=20)
    subject = models.CharField(_("subject"), max_length=200)
    decision = models.TextField(_("decision"))
    decided_on = models.DateField(_("decided on"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager(jurisdiction="round__jurisdiction")

    def __str__(self) -> str:
        return self.subject
