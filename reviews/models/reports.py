"""Review reports, and the applicant's confirmation."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from documents.models import Paper, StoredFile, name_of
from rounds.models import StageEntry


class Report(models.Model):
    """A team's report on one entry in one stage; once confirmed it does not change."""

    class Kind(models.TextChoices):
        DOCUMENTS = "documents", _("Document review report")
        ONSITE = "onsite", _("On-site review report")
        DEFENCE = "defence", _("Defence report")

    class Answer(models.TextChoices):
        AGREED = "agreed", _("Agreed")
        REMARKS = "remarks", _("Agreed with remarks")

    stage_entry = models.OneToOneField(StageEntry, on_delete=models.CASCADE, related_name="report")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    summary = models.TextField(_("summary"))
    strengths = models.TextField(_("strengths"), blank=True)
    improvements = models.TextField(_("opportunities for improvement"), blank=True)
    score = models.DecimalField(_("score"), max_digits=12, decimal_places=4)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"))
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(_("the applicant's answer"), max_length=10, choices=Answer, blank=True)
    remarks = models.TextField(_("the applicant's remarks"), blank=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    on_the_spot = models.BooleanField(_("signed on the spot"), default=False)
    late_reason = models.TextField(_("why not on the spot"), blank=True)

    objects = ScopedManager(jurisdiction="stage_entry__stage__round__jurisdiction")

    class Meta:
        verbose_name = _("review report")
        verbose_name_plural = _("review reports")
        constraints = (
            models.CheckConstraint(
                name="a_confirmation_says_by_whom_when_and_how",
                condition=Q(confirmed_at=None, confirmed_by=None, answer="")
                | (Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(answer="")),
            ),
            models.CheckConstraint(name="remarks_are_written_down", condition=~Q(answer="remarks") | ~Q(remarks="")),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.stage_entry}"

    @property
    def drawing_name(self) -> str:
        """Under what name a signature drawn under this version is kept."""
        return f"signature-{self.version}.png"

    @property
    def drawings(self) -> list[StoredFile]:
        """The signature drawn with the confirmation of this version, if one was."""
        return list(
            StoredFile.objects.filter(subject=name_of(self), original_name=self.drawing_name).order_by("-id")[:1]
        )


class Feedback(models.Model):
    """What an organisation that does not go on was told, and by which paper."""

    stage_entry = models.OneToOneField(StageEntry, on_delete=models.CASCADE, related_name="feedback")
    findings = models.JSONField(_("what the review found"), default=list)
    reason = models.TextField(_("reason"))
    article = models.CharField(_("article"), max_length=20)
    in_writing = models.BooleanField(_("in writing"))
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("given at"))

    objects = ScopedManager(jurisdiction="stage_entry__stage__round__jurisdiction")

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")

    def __str__(self) -> str:
        return str(self.stage_entry)


class FeedbackDraft(models.Model):
    """What an organisation that does not go on will be told, before the decision is released. Approved by another than its writer."""

    stage_entry = models.OneToOneField(StageEntry, on_delete=models.CASCADE, related_name="feedback_draft")
    text = models.TextField(_("what the review found"))
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written at"))
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="stage_entry__stage__round__jurisdiction")

    class Meta:
        verbose_name = _("draft of a feedback")
        verbose_name_plural = _("drafts of feedback")
        constraints = (
            models.CheckConstraint(
                name="an_approved_draft_says_by_whom_and_when",
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_approves_the_own_feedback", condition=Q(approved_by=None) | ~Q(approved_by=F("written_by"))
            ),
        )

    def __str__(self) -> str:
        return str(self.stage_entry)
