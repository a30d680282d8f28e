"""The supplement is filed: a further numbered version, with only the reopened part changed; its points are weighed anew."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from applications.domain import renewal
from applications.domain.checklist import headline
from applications.domain.filing import freeze
from applications.domain.receipts import request_papers
from applications.domain.reopened import Reopened
from applications.domain.supplementing import writable
from applications.domain.telling import tell
from applications.models import Application, Evidence, FiledVersion, Supplement
from applications.models.assessment import Assessment
from applications.rules import may_file
from core.refusals import Refused
from rounds import clock
from rounds.engine.logging import record
from rounds.models import StageEntry


@transaction.atomic
def file(*, actor: User, application: Application, papers: bool = True) -> FiledVersion:
    """File the supplement. ``papers``: also ask for the printed form and the receipt of the new version.

    Refused: no right to file, none asked, over, filed before, nothing changed, or what reopened is not complete.
    """
    supplement, application = writable(actor, application, may_file, "not_yours_to_file")
    part = Reopened(supplement, application)
    if not part.changed:
        raise Refused("supplement_nothing_changed", article=supplement.article)
    if gaps := part.gaps:
        raise Refused("supplement_incomplete", article=supplement.article, count=len(gaps), gaps=headline(gaps))
    changed = part.changed
    version = _renewed(supplement, application, part, actor)
    _end(supplement, version, actor)
    if papers:
        request_papers(application, version, part.survey)
    for row in _weighed(application):
        renewal.renew(row.stage, [row])
    tell(
        application.entry, "application.supplement_filed", occasion="1", paper=version.receipt, version=version.number,
        sha256=version.sha256,
    )  # fmt: skip
    record(
        "supplement.filed", round_=application.entry.round, actor=actor, subject=application, article=supplement.article,
        number=application.entry.number, version=version.number, sha256=version.sha256, fields=changed,
    )  # fmt: skip
    return version


def _renewed(supplement: Supplement, application: Application, part: Reopened, actor: User) -> FiledVersion:
    """What reopened takes the place of what was filed; the earlier version is kept, and no longer stands."""
    now, survey = clock.now(application.entry.round), part.survey
    application.answers, application.saved_at, application.saved_by = part.answers, now, actor
    application.answers_version += 1
    application.filed_at, application.filed_by = now, actor
    application.save(update_fields=["answers", "answers_version", "saved_at", "saved_by", "filed_at", "filed_by"])
    added = list(part.added)
    Evidence.objects.filter(application=application, pk__in=supplement.dropped).update(removed_at=now)
    Evidence.objects.bulk_create(
        Evidence(
            application=application,
            field=one.field,
            file=one.file,
            secret=one.secret,
            added_by=one.added_by,
            added_at=one.added_at,
        )
        for one in added
    )
    standing = FiledVersion.objects.filter(application=application, taken_back_at=None)
    before = standing.order_by("-number").first()
    standing.update(taken_back_at=now, taken_back_by=actor)
    return freeze(application, survey, supplement.due_at, actor, before.profile if before else None)


def _end(supplement: Supplement, version: FiledVersion, actor: User) -> None:
    supplement.after, supplement.filed_by, supplement.filed_at = version, actor, version.filed_at
    supplement.save(update_fields=["after", "filed_by", "filed_at"])


def _weighed(application: Application) -> list[StageEntry]:
    """Where it waits and has points that were weighed on the earlier answers."""
    weighed = Assessment.objects.filter(stage_entry__entry=application.entry).values("stage_entry")
    rows = StageEntry.objects.filter(
        pk__in=weighed, status=StageEntry.Status.PENDING, stage__status="open"
    ).select_related("stage", "entry__organisation")
    found = list(rows)
    for row in found:
        row.stage.round = row.entry.round = application.entry.round
    return found
