"""Jurisdictions, bodies, memberships, policy editions, calendar entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager
from guardian.models import UserObjectPermissionBase

from accounts.models import User
from jurisdictions.managers import BodyManager, JurisdictionManager, PolicyDocumentManager

if TYPE_CHECKING:
    from jurisdictions.policy import Policy

CODE = RegexValidator(r"^[a-z][a-z0-9-]{1,38}$")


def in_language(zh: str, en: str) -> str:
    """The text in the reader's language; Chinese where there is no English."""
    return en if en and (get_language() or "").startswith("en") else zh


class Jurisdiction(models.Model):
    """A government that gives an award. The tenant."""

    code = models.CharField(_("code"), max_length=40, unique=True, validators=[CODE])
    name_zh = models.CharField(_("name (Chinese)"), max_length=100)
    name_en = models.CharField(_("name (English)"), max_length=100, blank=True)
    office_address = models.CharField(_("office address"), max_length=200, blank=True)
    office_phone = models.CharField(_("office phone"), max_length=40, blank=True)
    office_email = models.EmailField(_("office e-mail"), blank=True)
    colour = models.CharField(_("colour"), max_length=7, default="#a61c1c")
    demo = models.BooleanField(_("demonstration data"), default=False)

    objects = JurisdictionManager()

    class Meta:
        verbose_name = _("jurisdiction")
        verbose_name_plural = _("jurisdictions")
        permissions = tuple((f"act_as_{role}", f"Act as {role}") for role in (
            "office", "office_head", "recommender", "department", "reviewer", "committee", "teller", "supervisor", "approver", "operator",
        ))  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)

    def natural_key(self) -> tuple[str]:
        return (self.code,)


class JurisdictionUserObjectPermission(UserObjectPermissionBase):
    """Guardian's rows for jurisdictions, with a real foreign key."""

    content_object = models.ForeignKey(Jurisdiction, on_delete=models.CASCADE)


class Body(models.Model):
    """A department, town, association, county office … of a jurisdiction."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department", _("Department")
        TOWN = "town", _("Town or street")
        ASSOCIATION = "association", _("Association")
        COUNTY_OFFICE = "county_office", _("County-level review office")
        COUNTY_REGULATOR = "county_regulator", _("County market regulator")
        ZONE_OFFICE = "zone_office", _("Zone review office")
        OTHER = "other", _("Other")

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.CASCADE, related_name="bodies", verbose_name=_("jurisdiction"))  # fmt: skip
    key = models.SlugField(_("identifier"), max_length=50)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name_zh = models.CharField(_("name (Chinese)"), max_length=100)
    name_en = models.CharField(_("name (English)"), max_length=100, blank=True)
    territory = models.JSONField(_("division code prefixes"), default=list, blank=True)
    sectors = models.JSONField(_("sectors"), default=list, blank=True)
    active = models.BooleanField(_("active"), default=True)
    rehearsal = models.BooleanField(_("invented for rehearsals"), default=False)

    objects = ScopedManager(jurisdiction="jurisdiction", _manager_class=BodyManager)

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        constraints = (models.UniqueConstraint(fields=("jurisdiction", "key"), name="one_body_per_key"),)
        permissions = (("act_for_body", "Act for the body"),)

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str]:
        return (self.jurisdiction.code, self.key)

    natural_key.dependencies = ["jurisdictions.jurisdiction"]  # type: ignore[attr-defined]

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)


class BodyUserObjectPermission(UserObjectPermissionBase):
    """Guardian's rows for bodies, with a real foreign key."""

    content_object = models.ForeignKey(Body, on_delete=models.CASCADE)


class Role(models.TextChoices):
    OFFICE = "office", _("Review office staff")
    OFFICE_HEAD = "office_head", _("Head of the review office")
    RECOMMENDER = "recommender", _("Recommending or auditing body")
    DEPARTMENT = "department", _("Consulted department")
    REVIEWER = "reviewer", _("Reviewer")
    COMMITTEE = "committee", _("Committee member")
    TELLER = "teller", _("Teller")
    SUPERVISOR = "supervisor", _("Supervisor")
    APPROVER = "approver", _("Approving government")
    OPERATOR = "operator", _("Operator")


class Membership(models.Model):
    """A person holds a role in a jurisdiction (for ``body``, or on a seat of ``organ``) from a day until a day."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("person"))
    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("jurisdiction"))  # fmt: skip
    role = models.CharField(_("role"), max_length=20, choices=Role)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name=_("body"))  # fmt: skip
    organ = models.CharField(_("organ"), max_length=50, blank=True)
    seat = models.CharField(_("seat"), max_length=50, blank=True)
    unit = models.CharField(_("unit"), max_length=120, blank=True, help_text=_("The unit for which a seat is held."))
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    rehearsal = models.BooleanField(_("invented for rehearsals"), default=False)

    objects = ScopedManager(jurisdiction="jurisdiction")

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = (
            models.CheckConstraint(
                name="membership_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(
                name="a_body_role_names_its_body",
                condition=~Q(role__in=("recommender", "department")) | Q(body__isnull=False),
            ),
        )
        indexes = (models.Index(fields=("jurisdiction", "role"), name="membership_by_role"),)

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class PolicyDocument(models.Model):
    """One edition of a regulation as data. A published document never changes (a database trigger refuses it)."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.CASCADE, related_name="policies", verbose_name=_("jurisdiction"))  # fmt: skip
    edition = models.CharField(_("edition"), max_length=20)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    document = models.JSONField(_("document"))
    sha256 = models.CharField(max_length=64, blank=True)
    loaded_at = models.DateTimeField(_("loaded at"), auto_now_add=True)

    objects = ScopedManager(jurisdiction="jurisdiction", _manager_class=PolicyDocumentManager)

    class Meta:
        verbose_name = _("policy edition")
        verbose_name_plural = _("policy editions")
        ordering = ("jurisdiction", "-edition")
        constraints = (models.UniqueConstraint(fields=("jurisdiction", "edition"), name="one_document_per_edition"),)

    def __str__(self) -> str:
        return f"{self.jurisdiction.code} {self.edition}"

    def natural_key(self) -> tuple[str, str]:
        return (self.jurisdiction.code, self.edition)

    natural_key.dependencies = ["jurisdictions.jurisdiction"]  # type: ignore[attr-defined]

    @cached_property
    def policy(self) -> Policy:
        """The typed document."""
        from jurisdictions.policy.parsing import parse

        return parse(self.document, self.sha256)


class CalendarEntry(models.Model):
    """The office's own entry on top of the national calendar: a day that is, or is not, a working day."""

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.CASCADE, related_name="calendar", verbose_name=_("jurisdiction"))  # fmt: skip
    day = models.DateField(_("day"))
    working = models.BooleanField(_("working day"))
    reason = models.CharField(_("reason"), max_length=200)

    objects = ScopedManager(jurisdiction="jurisdiction")

    class Meta:
        verbose_name = _("calendar entry")
        verbose_name_plural = _("calendar entries")
        constraints = (models.UniqueConstraint(fields=("jurisdiction", "day"), name="one_entry_per_day"),)

    def __str__(self) -> str:
        return f"{self.day} {'+' if self.working else '−'}"


class CalendarYear(models.Model):
    """The office's statement that a year is complete: weekdays work, weekends do not, its entries are all the exceptions.

    Needed only for a year that the national calendar does not cover yet; without it such a year is refused.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.CASCADE, related_name="calendar_years", verbose_name=_("jurisdiction"))  # fmt: skip
    year = models.PositiveSmallIntegerField(_("year"))
    source = models.CharField(
        _("source"), max_length=200, help_text=_("The published notice that fixes the year's holidays.")
    )

    objects = ScopedManager(jurisdiction="jurisdiction")

    class Meta:
        verbose_name = _("calendar year")
        verbose_name_plural = _("calendar years")
        constraints = (
            models.UniqueConstraint(fields=("jurisdiction", "year"), name="one_statement_per_calendar_year"),
        )

    def __str__(self) -> str:
        return str(self.year)


from jurisdictions.intakes import Intake as Intake  # noqa: E402  # a model of this app
from jurisdictions.saved_views import SavedView as SavedView  # noqa: E402  # a model of this app
