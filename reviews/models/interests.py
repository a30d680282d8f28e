"""What may stand between a reviewer and an applicant: past posts, doubts that wait for the office's word, applicants' requests."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import Organisation, User
from jurisdictions.models import Jurisdiction
from reviews.models.pool import Reviewer
from rounds.models import Entry


class Engagement(models.Model):
    """A reviewer's earlier or other tie to an organisation: a post, consultancy, a seat, a holding. Never deleted."""

    class Kind(models.TextChoices):
        EMPLOYMENT = "employment", _("Employment")
        CONSULTANCY = "consultancy", _("Consultancy or training given")
        SEAT = "seat", _("Seat on a board or a committee")
        HOLDING = "holding", _("Shares or other property")
        FAMILY = "family", _("A close relative's post")

    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="engagements")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("organisation"), max_length=200)
    code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    text = models.CharField(_("what it was"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = ScopedManager(jurisdiction="reviewer__jurisdiction")

    class Meta:
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        ordering = (F("until").desc(nulls_first=True), "-id")
        constraints = (
            models.CheckConstraint(
                name="an_engagement_ends_after_it_begins",
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
            ),
        )
        indexes = (
            models.Index(fields=("code",), name="engagement_by_code"),
            models.Index(fields=("name",), name="engagement_by_name"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"


class RecusalRequest(models.Model):
    """An applicant asks that somebody shall not review its application. ``named`` and ``employer`` are the applicant's own words."""

    class Status(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        GRANTED = "granted", _("granted")
        DECLINED = "declined", _("declined")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="recusal_requests")
    named = models.CharField(_("name"), max_length=80, blank=True)
    employer = models.CharField(_("employer"), max_length=200, blank=True)
    reason = models.TextField(_("reason"))
    article = models.CharField(_("article"), max_length=20)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("made at"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="entry__round__jurisdiction")

    class Meta:
        verbose_name = _("request for recusal")
        verbose_name_plural = _("requests for recusal")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(name="a_request_names_somebody", condition=~Q(named="") | ~Q(employer="")),
            models.CheckConstraint(
                name="an_answered_request_says_by_whom_and_why",
                condition=Q(status="open") | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry}: {self.named or self.employer}"


class Suspicion(models.Model):
    """A sign of an interest, found by the system or named by the applicant. Until the office has spoken the pair is kept apart.

    ``trace``: where it was found ("engagement:12", "employer", "membership:3", "request:7"), so that it is raised once.
    """

    class Kind(models.TextChoices):
        EMPLOYER = "employer", _("Same employer")
        PAST_EMPLOYER = "past_employer", _("Earlier employer")
        CONSULTANCY = "consultancy", _("Consultancy or training given")
        TIE = "tie", _("Other tie")
        MEMBERSHIP = "membership", _("Earlier acted for the organisation")
        REQUEST = "request", _("Named by the applicant")

    class Status(models.TextChoices):
        OPEN = "open", _("to be decided")
        CONFIRMED = "confirmed", _("confirmed")
        DISMISSED = "dismissed", _("dismissed")

    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="suspicions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(
        RecusalRequest, on_delete=models.CASCADE, null=True, blank=True, related_name="suspicions"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    detail = models.CharField(_("what was found"), max_length=500)
    trace = models.CharField(max_length=60)
    raised_at = models.DateTimeField(_("found at"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="reviewer__jurisdiction")

    class Meta:
        verbose_name = _("sign of an interest")
        verbose_name_plural = _("signs of interests")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("reviewer", "organisation", "trace"), name="a_sign_is_raised_once"),
            models.CheckConstraint(
                name="a_decided_sign_says_by_whom_and_why",
                condition=Q(status="open") | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(reason="")),
            ),
        )
        indexes = (models.Index(fields=("organisation", "status"), name="suspicion_by_organisation"),)

    def __str__(self) -> str:
        return f"{self.reviewer} – {self.organisation}: {self.get_kind_display()}"

    @property
    def jurisdiction(self) -> Jurisdiction:
        """Whose pool it is about."""
        return self.reviewer.jurisdiction

    @property
    def is_rehearsal(self) -> bool:
        """One of the two is invented: the sign lies in a rehearsal, and roles invented for it count (jurisdictions.rules)."""
        return self.reviewer.rehearsal or self.organisation.rehearsal
