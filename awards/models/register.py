"""The register: who holds which honour, since when, until when, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_scopes import ScopedManager

from accounts.models import Organisation, User
from core.fields import Encoder
from core.tokens import new_token
from jurisdictions.models import Jurisdiction, in_language
from rounds.models import Entry, Round

#: The token on every rehearsed certificate.
REHEARSED = "rehearsal"


class Honour(models.Model):
    """An honour once given. What it was called and by which document is kept as it was; ``status`` says what became of it.

    ``world``: the rehearsal in which it exists; None for real ones. ``year``: the award year. ``article``: under which it was given
    (the reward's). ``amount``: yuan; None: no bonus. ``items``: certificate, plaque, bonus, ….
    """

    class Status(models.TextChoices):
        VALID = "valid", _("Valid")
        PUBLICITY_STOPPED = "publicity_stopped", _("Valid; may not be publicised")
        REVOKED = "revoked", _("Revoked")
        WITHDRAWN = "withdrawn", pgettext_lazy("honour", "Withdrawn")

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="honours")
    world = models.ForeignKey(Round, on_delete=models.CASCADE, null=True, blank=True, related_name="world_honours")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="honours")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="honour")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="honours")
    organisation_name = models.CharField(_("organisation"), max_length=200)
    prize = models.CharField(_("prize"), max_length=50)
    prize_zh = models.CharField(max_length=200)
    prize_en = models.CharField(max_length=200, blank=True)
    tier = models.CharField(_("tier"), max_length=50, blank=True)
    tier_zh = models.CharField(max_length=100, blank=True)
    tier_en = models.CharField(max_length=100, blank=True)
    category = models.CharField(_("category"), max_length=50, blank=True)
    year = models.PositiveSmallIntegerField(_("award year"))
    article = models.CharField(_("article"), max_length=20)
    document_number = models.CharField(_("document number"), max_length=80)
    document_date = models.DateField(_("date of the document"))
    document_organ = models.CharField(_("by"), max_length=120)
    serial = models.CharField(_("serial"), max_length=40)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    repeat = models.BooleanField(_("won again"), default=False)
    amount = models.DecimalField(_("bonus (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True)
    items = models.JSONField(_("given"), default=list, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    validity_article = models.CharField(max_length=20, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.VALID)
    facts = models.JSONField(_("facts read"), encoder=Encoder, default=dict, blank=True)

    objects = ScopedManager(jurisdiction="jurisdiction")

    class Meta:
        verbose_name = _("honour")
        verbose_name_plural = _("honours")
        ordering = ("-year", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("jurisdiction", "serial"), condition=Q(world=None), name="one_honour_per_serial"
            ),
            models.UniqueConstraint(
                fields=("world", "serial"), condition=Q(world__isnull=False), name="one_rehearsed_honour_per_serial"
            ),
            models.CheckConstraint(name="a_bonus_is_not_negative", condition=Q(amount=None) | Q(amount__gte=0)),
        )
        indexes = (
            models.Index(fields=("jurisdiction", "-year", "id"), name="honour_by_year"),
            models.Index(fields=("organisation", "prize"), name="honour_by_organisation"),
        )

    def __str__(self) -> str:
        return f"{self.serial} {self.organisation_name}"

    @property
    def prize_name(self) -> str:
        return in_language(self.prize_zh, self.prize_en)

    @property
    def tier_name(self) -> str:
        return in_language(self.tier_zh, self.tier_en)

    @property
    def is_rehearsal(self) -> bool:
        return self.world_id is not None

    @property
    def stands(self) -> bool:
        """Neither revoked nor withdrawn; it may have run out."""
        return self.status in (self.Status.VALID, self.Status.PUBLICITY_STOPPED)

    @property
    def verification_path(self) -> str:
        """Where anybody can check it. All rehearsed papers share one address, which says that they confer nothing."""
        return reverse("awards:verify", kwargs={"token": REHEARSED if self.is_rehearsal else self.token})


class HonourEvent(models.Model):
    """What happened to an honour, in order. Public ones show on its verification page."""

    honour = models.ForeignKey(Honour, on_delete=models.CASCADE, related_name="events")
    act = models.CharField(_("act"), max_length=40)
    on = models.DateField(_("on"))
    article = models.CharField(_("article"), max_length=20, blank=True)
    document_number = models.CharField(_("document number"), max_length=80, blank=True)
    text = models.TextField(_("text"), blank=True)
    public = models.BooleanField(_("public"), default=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScopedManager(jurisdiction="honour__jurisdiction")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.honour.serial}: {self.act}"


class Payment(models.Model):
    """A bonus payable, paid, or to be paid back."""

    class State(models.TextChoices):
        PAYABLE = "payable", _("To be paid")
        PAID = "paid", _("Paid")
        CANCELLED = "cancelled", _("No longer to be paid")
        RECLAIM = "reclaim", _("To be paid back")
        RECLAIMED = "reclaimed", _("Paid back")

    honour = models.OneToOneField(Honour, on_delete=models.CASCADE, related_name="payment")
    amount = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)
    article = models.CharField(_("article"), max_length=20)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PAYABLE)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    reclaimed_on = models.DateField(_("paid back on"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="honour__jurisdiction")

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="what_is_paid_says_when",
                condition=~Q(state__in=("paid", "reclaim", "reclaimed")) | Q(paid_on__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.honour.serial}: {self.amount}"


class OtherAward(models.Model):
    """An award that another government gave, as established by the office: conditions and encouragements may ask for it."""

    class Level(models.TextChoices):
        COUNTY = "county", _("County")
        CITY = "city", _("City or prefecture")
        PROVINCE = "province", _("Province")
        NATION = "nation", _("Nation")

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.CASCADE, related_name="other_awards")
    world = models.ForeignKey(Round, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="other_awards")
    name = models.CharField(_("award"), max_length=200)
    issuer = models.CharField(_("given by"), max_length=120, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    year = models.PositiveSmallIntegerField(_("year"))
    revoked = models.BooleanField(_("revoked"), default=False)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager(jurisdiction="jurisdiction")

    class Meta:
        verbose_name = _("other award")
        verbose_name_plural = _("other awards")

    def __str__(self) -> str:
        return f"{self.name} {self.year}"
