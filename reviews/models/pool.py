"""The office's pool of reviewers: who is in it, what qualifies them, what was recorded about them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import Organisation, User
from core.fields import Encoder
from jurisdictions.models import Jurisdiction
from rounds.models import Round


class Reviewer(models.Model):
    """A person in the pool of a jurisdiction. ``undertakings``: {undertaking key: moment signed, ISO 8601}."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("In the pool")
        STRUCK = "struck", _("Struck from the pool")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reviewers", verbose_name=_("person"))
    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.CASCADE, related_name="reviewers", verbose_name=_("jurisdiction")
    )
    employer = models.CharField(_("employer"), max_length=200, blank=True)
    employer_code = models.CharField(_("employer's unified social credit code"), max_length=18, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("employer as an organisation here"),
    )
    title = models.CharField(_("professional title"), max_length=100, blank=True)
    fields = models.JSONField(_("fields"), default=list, blank=True)
    sectors = models.JSONField(_("sectors"), default=list, blank=True)
    is_industry_expert = models.BooleanField(_("industry expert"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ACTIVE)
    struck_at = models.DateTimeField(_("struck at"), null=True, blank=True)
    struck_article = models.CharField(_("article"), max_length=20, blank=True)
    struck_reason = models.TextField(_("reason"), blank=True)
    undertakings = models.JSONField(_("undertakings signed"), encoder=Encoder, default=dict, blank=True)
    undertaking_signed_at = models.DateTimeField(_("undertakings last signed at"), null=True, blank=True)
    rehearsal = models.BooleanField(_("invented for rehearsals"), default=False)
    appointed_at = models.DateTimeField(_("appointed at"))

    objects = ScopedManager(jurisdiction="jurisdiction")

    class Meta:
        verbose_name = _("reviewer")
        verbose_name_plural = _("reviewers")
        constraints = (
            models.UniqueConstraint(fields=("jurisdiction", "user"), name="a_person_is_in_a_pool_once"),
            models.CheckConstraint(
                name="a_struck_reviewer_has_reason_and_article",
                condition=~Q(status="struck")
                | (~Q(struck_reason="") & ~Q(struck_article="") & Q(struck_at__isnull=False)),
            ),
        )
        indexes = (models.Index(fields=("jurisdiction", "status", "id"), name="reviewer_by_status"),)

    def __str__(self) -> str:
        return str(self.user)

    @property
    def is_rehearsal(self) -> bool:
        """Whom roles that were invented for rehearsals may deal with (jurisdictions.rules)."""
        return self.rehearsal


class Qualification(models.Model):
    """A qualification of a kind that the policy knows, valid from a day until a day (both included)."""

    reviewer = models.ForeignKey(
        Reviewer, on_delete=models.CASCADE, related_name="qualifications", verbose_name=_("reviewer")
    )
    kind = models.CharField(_("kind"), max_length=50)
    number = models.CharField(_("number"), max_length=80, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = ScopedManager(jurisdiction="reviewer__jurisdiction")

    class Meta:
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")
        constraints = (
            models.CheckConstraint(
                name="a_qualification_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class PoolRecord(models.Model):
    """What happened in the pool: appointment, training, use in a round, supervision and appraisal."""

    class Kind(models.TextChoices):
        APPOINTMENT = "appointment", _("Appointment")
        TRAINING = "training", _("Training")
        USE = "use", _("Use in a review")
        SUPERVISION = "supervision", _("Supervision")
        CONDUCT = "conduct", _("Conduct")

    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="records")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    on = models.DateField(_("on"))
    text = models.TextField(_("what was done"))
    round = models.ForeignKey(Round, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("recorded at"))

    objects = ScopedManager(jurisdiction="reviewer__jurisdiction")

    class Meta:
        verbose_name = _("record of the pool")
        verbose_name_plural = _("records of the pool")
        ordering = ("-on", "-id")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"


class Conduct(models.Model):
    """A breach of the review's discipline and what followed from it; of a reviewer, or of the office's own staff."""

    class Act(models.TextChoices):
        CRITICISE = "criticise", _("Criticised")
        STRIKE = "strike", _("Struck from the pool")
        HAND_OVER = "hand_over", _("Handed over to the competent authority")
        DEAL_UNDER_RULES = "deal_under_rules", _("Dealt with under the rules of the service")
        DISCLOSE = "disclose", _("Disclosed to the public")

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.CASCADE, related_name="conduct")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("person"))
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, null=True, blank=True, related_name="conduct")
    round = models.ForeignKey(Round, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    act = models.CharField(_("consequence"), max_length=20, choices=Act)
    reason = models.TextField(_("what happened"))
    article = models.CharField(_("article"), max_length=20)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))

    objects = ScopedManager(jurisdiction="jurisdiction")

    class Meta:
        verbose_name = _("breach and consequence")
        verbose_name_plural = _("breaches and consequences")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="conduct_says_what_happened_and_by_which_article", condition=~Q(reason="") & ~Q(article="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.get_act_display()}"


class InterestDeclaration(models.Model):
    """A reviewer's interest in an organisation: standing until ended; bars every assignment to its entries."""

    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="interests")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    text = models.TextField(_("the interest"))
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(_("declared at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.TextField(_("why it ended"), blank=True)

    objects = ScopedManager(jurisdiction="reviewer__jurisdiction")

    class Meta:
        verbose_name = _("declaration of interest")
        verbose_name_plural = _("declarations of interest")
        constraints = (
            models.UniqueConstraint(
                fields=("reviewer", "organisation"),
                condition=Q(ended_at=None),
                name="one_standing_interest_per_organisation",
            ),
            models.CheckConstraint(
                name="an_ended_interest_says_by_whom_and_why",
                condition=Q(ended_at=None) | (Q(ended_by__isnull=False) & ~Q(end_reason="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.reviewer} – {self.organisation}"
