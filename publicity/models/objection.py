"""Objections to what was published, who made them (kept apart, sealed, and erased in time), and the report on them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from core.tokens import new_token
from documents.models import Paper
from publicity.models.notice import Notice
from rounds.models import Entry, RoundStage


def new_number() -> str:
    """The receipt number that the objector is shown: not guessable, easy to read out."""
    return new_token(10, printed=True)


class Objection(models.Model):
    """One objection. Who made it stands in :class:`ObjectorDetails` alone."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("To be examined")
        ACCEPTED = "accepted", _("Under investigation")
        REJECTED = "rejected", _("Not accepted")
        NOTED = "noted", _("Noted")
        FOUNDED = "founded", _("Founded")
        UNFOUNDED = "unfounded", _("Unfounded")

    class By(models.TextChoices):
        PERSON = "person", _("A person")
        UNIT = "unit", _("A unit")
        ANONYMOUS = "anonymous", _("Without a name")

    class Via(models.TextChoices):
        SITE = "site", _("On this site")
        PAPER = "paper", _("On paper")

    number = models.CharField(_("receipt number"), max_length=20, db_index=True, default=new_number, editable=False)
    stage = models.ForeignKey(RoundStage, on_delete=models.CASCADE, related_name="objections")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="objections")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="objections")
    by = models.CharField(_("made by"), max_length=10, choices=By)
    via = models.CharField(_("received"), max_length=10, choices=Via, default=Via.SITE)
    text = models.TextField(_("what is objected to, and why"))
    missing = models.JSONField(_("particulars that are missing"), default=list, blank=True)
    personal_files = models.JSONField(
        default=list, blank=True, help_text="Stored files that tell who made it: erased with the details."
    )
    has_proof = models.BooleanField(_("proof given"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.RECEIVED)
    received_at = models.DateTimeField(_("received at"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    examine_by = models.DateTimeField(_("to be examined by"))
    window = models.JSONField(_("how this deadline is counted"), default=dict, blank=True)
    examined_at = models.DateTimeField(_("examined at"), null=True, blank=True)
    examined_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    examined_reason = models.TextField(_("why it was not accepted"), blank=True)
    findings = models.TextField(_("findings of the investigation"), blank=True)
    experts = models.CharField(_("experts who took part"), max_length=300, blank=True)
    concluded_at = models.DateTimeField(_("concluded at"), null=True, blank=True)
    concluded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    article = models.CharField(_("article of the outcome"), max_length=20, blank=True)
    receipt = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    letter = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField(_("objector told at"), null=True, blank=True)
    told_how = models.CharField(_("objector told by"), max_length=200, blank=True)
    notified = models.JSONField(_("also notified"), default=list, blank=True)

    objects = ScopedManager(jurisdiction="stage__round__jurisdiction")

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ("id",)
        indexes = (models.Index(fields=("stage", "status", "id"), name="objection_by_stage"),)
        constraints = (
            models.UniqueConstraint(fields=("stage", "number"), name="one_objection_per_receipt_number"),
            models.CheckConstraint(
                name="a_concluded_objection_has_findings",
                condition=~Q(status__in=("founded", "unfounded"))
                | (~Q(findings="") & ~Q(article="") & Q(concluded_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_rejected_objection_says_why", condition=~Q(status="rejected") | ~Q(examined_reason="")
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Still to be examined or investigated."""
        return self.status in (self.Status.RECEIVED, self.Status.ACCEPTED)


class ObjectorDetails(models.Model):
    """Name, phone, address …, encrypted; erased after ``erase_after``, when only the objection itself remains."""

    objection = models.OneToOneField(Objection, on_delete=models.CASCADE, related_name="objector", primary_key=True)
    sealed = models.TextField(blank=True)
    erase_after = models.DateField(_("to be erased after"))
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="objection__stage__round__jurisdiction")

    class Meta:
        indexes = (models.Index(fields=("erase_after",), condition=Q(erased_at=None), name="details_to_be_erased"),)
        constraints = (
            models.CheckConstraint(name="what_is_erased_is_empty", condition=Q(erased_at=None) | Q(sealed="")),
        )

    def __str__(self) -> str:
        return str(self.objection_id)


class InvestigationReport(models.Model):
    """The report on what was raised, handed to the organ that the policy names before the list goes on."""

    stage = models.ForeignKey(RoundStage, on_delete=models.CASCADE, related_name="investigation_reports")
    organ = models.CharField(_("handed to"), max_length=50)
    article = models.CharField(_("article"), max_length=20)
    text = models.TextField(_("report"))
    objections = models.ManyToManyField(Objection, related_name="reports")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reported_at = models.DateTimeField(_("handed over at"))
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager(jurisdiction="stage__round__jurisdiction")

    class Meta:
        verbose_name = _("investigation report")
        verbose_name_plural = _("investigation reports")
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text[:60]
