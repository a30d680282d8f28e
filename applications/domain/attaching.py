"""Evidence: files given under a field of the form. A file is checked before it is taken; what was filed is never deleted."""

from __future__ import annotations

from django.core.files.base import File
from django.db import transaction

from accounts.models import User
from applications.domain.access import filing_article, locked, policy_of, require_draft, require_on
from applications.forms.layout import layout
from applications.models import Application, Evidence
from applications.rules import may_write
from core.refusals import Refused
from documents import uploads
from jurisdictions.policy.forms import Field
from rounds import clock
from rounds.engine.logging import record


@transaction.atomic
def attach(
    *,
    actor: User,
    application: Application,
    field: str,
    upload: File,
    secret: bool = False,
    replaces: Evidence | None = None,
) -> Evidence:
    """Attach a file under ``field``, in place of ``replaces`` where given.

    Refused: no right, filed, no such field, too many files, and whatever ``documents.uploads.accept`` refuses.
    """
    application = _writable(actor, application)
    asked = _field(application, field)
    standing = Evidence.objects.filter(application=application, field=field, removed_at=None)
    if replaces is None and standing.count() >= asked.max_files:
        raise Refused("too_many_for_field", article=_article(application, asked), limit=asked.max_files, field=field)
    if replaces is not None and not standing.filter(pk=replaces.pk).exists():
        raise Refused("evidence_gone", article=_article(application, asked))
    round_ = application.entry.round
    stored = uploads.accept(
        actor=actor,
        jurisdiction=round_.jurisdiction,
        upload=upload,
        subject=application,
        secret=secret,
        article=_article(application, asked),
    )
    now = clock.now(round_)
    added: Evidence = Evidence.objects.create(
        application=application, field=field, file=stored, secret=secret, added_by=actor, added_at=now
    )
    if replaces is not None:
        standing.filter(pk=replaces.pk).update(removed_at=now, replaced_by=added)
    record(
        "evidence.replaced" if replaces else "evidence.attached", round_=round_, actor=actor, subject=application,
        article=_article(application, asked), field=field, file=stored.pk, sha256=stored.sha256, replaces=replaces.pk if replaces else None,
    )  # fmt: skip
    return added


@transaction.atomic
def remove(*, actor: User, evidence: Evidence) -> None:
    """Take a piece of evidence away before filing. The file stays where an earlier filed version names it."""
    application = _writable(actor, evidence.application)
    found = Evidence.objects.filter(pk=evidence.pk, application=application, removed_at=None)
    if not found.update(removed_at=clock.now(application.entry.round)):
        raise Refused("evidence_gone", article=filing_article(policy_of(application)))
    record(
        "evidence.removed", round_=application.entry.round, actor=actor, subject=application,
        article=filing_article(policy_of(application)), field=evidence.field, file=evidence.file_id,
    )  # fmt: skip


@transaction.atomic
def mark(*, actor: User, evidence: Evidence, secret: bool) -> Evidence:
    """Mark a piece of evidence as a trade secret, or no longer."""
    application = _writable(actor, evidence.application)
    found: Evidence = Evidence.objects.select_related("file__jurisdiction").get(pk=evidence.pk, application=application)
    found.secret = secret
    found.save(update_fields=["secret"])
    uploads.mark(actor=actor, file=found.file, secret=secret, article=filing_article(policy_of(application)))
    return found


def _writable(actor: User, application: Application) -> Application:
    application = locked(application)
    require_on(may_write, actor, application)
    require_draft(application)
    return application


def _field(application: Application, key: str) -> Field:
    plan = layout(policy_of(application), application.entry.prize)
    field = plan.fields.get(key)
    if field is None or field.type != "files":
        raise Refused("field_takes_no_files", article=plan.form.article)
    return field


def _article(application: Application, field: Field) -> str:
    return layout(policy_of(application), application.entry.prize).article_of(field)
