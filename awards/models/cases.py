"""Sanctions: a case goes along the chain that the policy names; a bar keeps an organisation from applying."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import Organisation, User
from awards.models.register import Honour
from jurisdictions.models import Jurisdiction
from rounds.models import Round


class SanctionCase(models.Model):
    """A case under one sanction of the policy. ``chain`` and ``takes_back`` are the policy's, as they were when it was opened.

    ``returned``: {item: ISO date on which it came back}. ``occurred_on``: the day of the accident, violation or misuse.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Under way")
        DECIDED = "decided", _("Decided")
        DROPPED = "dropped", _("Not pursued")

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="cases")
    world = models.ForeignKey(Round, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cases")
    honour = models.ForeignKey(Honour, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    sanction = models.CharField(_("sanction"), max_length=50)
    ground = models.CharField(_("ground"), max_length=30)
    act = models.CharField(_("consequence"), max_length=30)
    article = models.CharField(_("article"), max_length=20)
    chain = models.JSONField(_("organs"), default=list)
    takes_back = models.JSONField(_("to be given back"), default=list, blank=True)
    returned = models.JSONField(_("given back"), default=dict, blank=True)
    disclose = models.BooleanField(_("to be disclosed"), default=False)
    credit_file = models.BooleanField(_("enters the credit file"), default=False)
    occurred_on = models.DateField(_("happened on"), null=True, blank=True)
    grade = models.CharField(_("grade"), max_length=20, blank=True)
    findings = models.TextField(_("findings"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    due_on = models.DateField(_("to be corrected by"), null=True, blank=True)
    corrected_on = models.DateField(_("corrected on"), null=True, blank=True)
    refused_on = models.DateField(_("correction refused on"), null=True, blank=True)
    disclosed_on = models.DateField(_("disclosed on"), null=True, blank=True)
    disclosure = models.TextField(_("public statement"), blank=True)
    credit_reference = models.CharField(_("reference in the credit file"), max_length=120, blank=True)
    credit_on = models.DateField(_("entered in the credit file on"), null=True, blank=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened at"))
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decision_number = models.CharField(_("document number"), max_length=80, blank=True)

    objects = ScopedManager(jurisdiction="jurisdiction")

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="a_decided_case_says_when", condition=~Q(status="decided") | Q(decided_on__isnull=False)
            ),
            models.UniqueConstraint(
                fields=("honour", "sanction"),
                condition=Q(status="open", honour__isnull=False),
                name="one_open_case_per_honour_and_sanction",
            ),
        )
        indexes = (models.Index(fields=("jurisdiction", "status", "-id"), name="case_by_status"),)

    def __str__(self) -> str:
        return f"#{self.pk} {self.organisation}"

    @property
    def is_rehearsal(self) -> bool:
        return self.world_id is not None


class CaseStep(models.Model):
    """What one organ of the chain said."""

    case = models.ForeignKey(SanctionCase, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    organ = models.CharField(_("organ"), max_length=50)
    role = models.CharField(
        _("part"),
        max_length=10,
        choices=(("propose", _("Proposes")), ("endorse", _("Endorses")), ("decide", _("Decides"))),
    )
    agreed = models.BooleanField(_("agreed"))
    opinion = models.TextField(_("opinion"))
    number = models.CharField(_("document number"), max_length=80, blank=True)
    on = models.DateField(_("on"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager(jurisdiction="case__jurisdiction")

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("case", "position"), name="each_organ_speaks_once_in_a_case"),)

    def __str__(self) -> str:
        return f"{self.case_id}: {self.organ}"


class Bar(models.Model):
    """Applications of an organisation are not accepted: until a day, for a number of rounds, or for good (neither is given)."""

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.CASCADE, related_name="bars")
    world = models.ForeignKey(Round, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bars")
    case = models.OneToOneField(SanctionCase, on_delete=models.PROTECT, null=True, blank=True, related_name="bar")
    article = models.CharField(_("article"), max_length=20)
    since = models.DateField(_("from"))
    until = models.DateField(_("until (inclusive)"), null=True, blank=True)
    rounds = models.PositiveSmallIntegerField(_("rounds"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="jurisdiction")

    class Meta:
        constraints = (
            models.CheckConstraint(name="a_bar_counts_days_or_rounds", condition=Q(until=None) | Q(rounds=None)),
            models.CheckConstraint(
                name="a_bar_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=models.F("since"))
            ),
        )
        indexes = (models.Index(fields=("jurisdiction", "organisation"), name="bar_by_organisation"),)

    def __str__(self) -> str:
        return f"{self.organisation}: {self.article}"
