"""People, organisations, and who acts for which organisation."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from guardian.mixins import GuardianUserMixin
from guardian.models import UserObjectPermissionBase
from simple_history.models import HistoricalRecords


class UserManager(BaseUserManager["User"]):
    """Creates people; the e-mail address is the sign-in name."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


class User(GuardianUserMixin, AbstractBaseUser, PermissionsMixin):
    """A person. What the person may do stands in memberships and object permissions, never here."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("operator"), default=False, help_text=_("May open the operator's pages."))
    joined_at = models.DateTimeField(_("joined at"), auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name


class LegalStatus(models.TextChoices):
    LEGAL_PERSON = "legal_person", _("Legal person")
    UNINCORPORATED = "unincorporated", _("Unincorporated organisation")
    BRANCH = "branch", _("Branch")
    INTERNAL_BODY = "internal_body", _("Internal body")
    DISPATCHED_BODY = "dispatched_body", _("Dispatched body")
    NATURAL_PERSON = "natural_person", _("Natural person")
    TEAM = "team", _("Team")
    PROJECT = "project", _("Project")


class OrganisationKind(models.TextChoices):
    ENTERPRISE = "enterprise", _("Enterprise")
    FARM = "farm", _("Agricultural enterprise")
    RESEARCH_INSTITUTE = "research_institute", _("Research institute")
    TESTING_BODY = "testing_body", _("Inspection and testing body")
    SOCIAL_GROUP = "social_group", _("Social group")
    PUBLIC_INSTITUTION = "public_institution", _("Public institution")
    NON_PROFIT = "non_profit", _("Non-profit organisation")
    GOVERNMENT_BODY = "government_body", _("Government body")
    SCHOOL = "school", _("School")
    HOSPITAL = "hospital", _("Hospital")
    INDIVIDUAL = "individual", _("Individual")
    TEAM = "team", _("Team")
    PROJECT = "project", _("Project")
    OTHER = "other", _("Other")


class Organisation(models.Model):
    """Who applies. ``rehearsal`` marks the invented ones of a rehearsal: they never meet real ones."""

    name = models.CharField(_("name"), max_length=200)
    code = models.CharField(  # noqa: DJ001 - several may have none, and none is not an empty code
        _("unified social credit code"), max_length=18, null=True, blank=True, db_index=True
    )
    kind = models.CharField(_("kind"), max_length=30, choices=OrganisationKind)
    legal_status = models.CharField(
        _("legal status"), max_length=20, choices=LegalStatus, default=LegalStatus.LEGAL_PERSON
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("parent")
    )
    industry = models.CharField(_("industry section (GB/T 4754)"), max_length=1, blank=True)
    sectors = models.JSONField(_("sectors"), default=list, blank=True)
    activities = models.JSONField(_("activities"), default=list, blank=True)
    subordination = models.CharField(_("directly under"), max_length=20, blank=True)
    size = models.CharField(_("size"), max_length=10, blank=True)
    listed = models.BooleanField(_("listed or soon to be listed"), default=False)
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    region = models.CharField(_("division code of the registered place"), max_length=12, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    founded_on = models.DateField(_("registered or set up on"), null=True, blank=True)
    operating_since = models.DateField(_("operating since"), null=True, blank=True)
    operating = models.BooleanField(_("operates normally"), default=True)
    head_name = models.CharField(_("head"), max_length=80, blank=True)
    contact_name = models.CharField(_("contact"), max_length=80, blank=True)
    contact_phone = models.CharField(_("contact phone"), max_length=40, blank=True)
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    rehearsal = models.BooleanField(_("invented for rehearsals"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = (models.Index(fields=("name",), name="organisation_by_name"),)
        constraints = (
            # A rehearsal repeated with its seed invents the same codes again, so that its papers come out the same.
            models.UniqueConstraint(
                fields=("code",), condition=Q(rehearsal=False), name="a_code_belongs_to_one_real_organisation"
            ),
            models.CheckConstraint(
                name="a_part_has_a_parent",
                condition=~Q(legal_status__in=("branch", "internal_body", "dispatched_body")) | Q(parent__isnull=False),
            ),
        )
        permissions = (
            ("act_for", "Act for the organisation: write its applications"),
            ("file_for", "File applications of the organisation"),
            ("read_for", "Read the organisation's applications"),
        )

    def __str__(self) -> str:
        return self.name


class OrganisationRole(models.TextChoices):
    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    READER = "reader", _("Reader")


class OrganisationMember(models.Model):
    """A person who acts for an organisation; object permissions follow from it."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="members", verbose_name=_("organisation")
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="organisations", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=10, choices=OrganisationRole)
    may_file = models.BooleanField(_("may file"), default=False)
    is_head = models.BooleanField(_("head of the organisation"), default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organisation", "user"), name="one_role_per_person_and_organisation"),
        )

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation} ({self.role})"


class OrganisationUserObjectPermission(UserObjectPermissionBase):
    """Guardian's rows for organisations, with a real foreign key."""

    content_object = models.ForeignKey(Organisation, on_delete=models.CASCADE)
