"""Filing: everything is looked at once more, a numbered version is frozen with its hash, the entry goes on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from applications import gates, hooks
from applications.domain.access import in_stage, locked, policy_of, require_draft, require_on
from applications.domain.checklist import Survey, headline, publicity_before_filing
from applications.domain.deadlines import deadline_for
from applications.domain.receipts import notify, request_papers
from applications.facts import profile_of
from applications.forms.answers import holds
from applications.models import Application, Evidence, FiledVersion
from applications.rules import may_file
from core.fields import digest
from core.refusals import Refused
from jurisdictions.policy import Policy
from jurisdictions.policy.stages import Intake
from rounds import clock, engine
from rounds.facts import Facts
from rounds.models import Entry, Round, RoundStage, StageEntry


@transaction.atomic
def file(*, actor: User, application: Application, papers: bool = True) -> FiledVersion:
    """File the application. ``papers``: also ask for the printed form and the receipt.

    Refused: no right to file, filed before, ended, intake not open, too late, state secrets not excluded, something missing, or a gate.
    """
    application = locked(application)
    require_on(may_file, actor, application, code="not_yours_to_file")
    require_draft(application)
    row = _waiting_in_intake(application)
    deadline = _refuse_late(row)
    survey = Survey(application)
    _refuse_incomplete(survey, row.stage.spec)
    entry = application.entry
    facts: Facts = {**survey.others, "form": survey.as_filed.typed}
    gates.check(
        gates.Candidacy(entry.round, entry.organisation, survey.policy.prize(entry.prize), entry, facts, filing=True)
    )
    version = freeze(application, survey, deadline, actor)
    _write_entry(application, survey, version, facts)
    for hook in hooks.filed:
        hook(application, actor)
    if papers:
        request_papers(application, version, survey)
    notify(application, version)
    engine.settle(
        actor=actor, stage_entry=row, outcome=StageEntry.Status.ADVANCED, article=row.stage.article, act="application.filed",
        number=entry.number, version=version.number, sha256=version.sha256,
    )  # fmt: skip
    return version


@transaction.atomic
def take_back(*, actor: User, application: Application, reason: str = "") -> Application:
    """Take a filed application back to mend it, before the deadline and before anybody took it up. The number is kept for it.

    Refused: no right, not filed, too late, the next stage has begun with it.
    """
    application = locked(application)
    require_on(may_file, actor, application, code="not_yours_to_file")
    row = in_stage(application.entry, "intake")
    if row is None or not application.is_filed:
        raise Refused("not_filed", article=policy_of(application).stages[0].article)
    _refuse_late(row)
    entry = application.entry
    FiledVersion.objects.filter(application=application, taken_back_at=None).update(
        taken_back_at=clock.now(entry.round), taken_back_by=actor
    )
    application.filed_at, application.filed_by = None, None
    application.save(update_fields=["filed_at", "filed_by"])
    entry.number, entry.status, entry.flags = "", Entry.Status.DRAFT, []
    entry.save(update_fields=["number", "status", "flags"])
    engine.reopen(actor=actor, stage_entry=row, article=row.stage.article, reason=reason, act="application.taken_back")
    return application


def _waiting_in_intake(application: Application) -> StageEntry:
    row = in_stage(application.entry, "intake")
    policy = policy_of(application)
    if row is None:
        spec = publicity_before_filing(policy)
        if (
            spec is not None
            and StageEntry.objects.filter(entry=application.entry, stage__key=spec.key, status="pending").exists()
        ):
            raise Refused("internal_publicity_first", article=spec.article)
        raise Refused("applications_not_open", article=policy.stages[0].article)
    if row.stage.status != RoundStage.Status.OPEN:
        raise Refused("filing_over", article=row.stage.article, day=application.entry.round.closes_on)
    return row


def _refuse_late(row: StageEntry) -> dt.datetime:
    """The database's clock decides; the last day belongs to the time for filing, and an extension that was granted counts.

    Gives the deadline of this organisation.
    """
    stage, now = row.stage, clock.now(row.stage.round)
    deadline = deadline_for(stage, row.entry.organisation_id)
    if deadline is None or now > deadline:
        raise Refused("filed_late", article=stage.article, deadline=_shown(deadline), now=_shown(now))
    return deadline


def _shown(moment: Any) -> str:
    """For the sentence, which writes it in the reader's way (``core.formats.Shown``)."""
    return moment.isoformat() if moment else "—"


def _refuse_incomplete(survey: Survey, spec: Intake) -> None:
    gaps = survey.gaps
    if secret := next((gap for gap in gaps if gap.code == "state_secrets"), None):
        raise Refused("state_secrets", article=spec.state_secrets_article or secret.article, text=str(secret.text))
    if declined := next((gap for gap in gaps if gap.code == "not_accepted"), None):
        raise Refused(
            "declaration_missing", article=declined.article, declaration=declined.label, text=str(declined.text)
        )
    if gaps:
        raise Refused("incomplete", article=gaps[0].article, count=len(gaps), gaps=headline(gaps))


def freeze(
    application: Application,
    survey: Survey,
    deadline: dt.datetime,
    actor: User,
    profile: dict[str, Any] | None = None,
) -> FiledVersion:
    """The next numbered version, with the hash over answers, secrets, evidence and the organisation as it is filed.

    ``profile``: the organisation as it was filed before, where only some answers reopened.
    """
    asked, entry = survey.answered.asked, application.entry
    pieces = (
        Evidence.objects.filter(application=application, removed_at=None, field__in=asked)
        .select_related("file")
        .order_by("field", "id")
    )
    version = FiledVersion(
        application=application,
        number=FiledVersion.objects.filter(application=application).count() + 1,
        answers={key: value for key, value in application.answers.items() if key in asked},
        secrets=[key for key in application.secrets if key in asked],
        evidence=[piece_of(one) for one in pieces],
        profile=profile_of(entry.organisation, survey.policy) if profile is None else profile,
        filed_at=clock.now(entry.round),
        filed_by=actor,
        deadline=deadline,
    )
    version.sha256 = digest(version.content())
    version.save(force_insert=True)
    return version


def piece_of(evidence: Evidence) -> dict[str, Any]:
    """A piece of evidence as a filed version names it."""
    file = evidence.file
    return {
        "field": evidence.field, "file": file.pk, "name": file.original_name, "sha256": file.sha256, "size": file.size,
        "secret": evidence.secret,
    }  # fmt: skip


def _write_entry(application: Application, survey: Survey, version: FiledVersion, facts: Facts) -> None:
    entry = application.entry
    if not application.reserved_number:
        application.reserved_number = next_number(entry.round)
    application.filed_at, application.filed_by = version.filed_at, version.filed_by
    application.save(update_fields=["filed_at", "filed_by", "reserved_number"])
    entry.number, entry.status = application.reserved_number, Entry.Status.ACTIVE
    entry.category, entry.flags = survey.category, flags(survey.policy, facts)
    entry.save(update_fields=["number", "status", "category", "flags"])


def next_number(round_: Round) -> str:
    """The next filing number, e.g. ``2025-0001``; the round's row is held until the commit, so that two never get the same."""
    Round.objects.select_for_update(no_key=True).filter(pk=round_.pk).only("pk").get()
    last = Application.objects.filter(entry__round=round_).aggregate(last=Max("reserved_number"))["last"] or ""
    place = int(last.rpartition("-")[2]) if last else 0
    return f"{round_.year}-{place + 1:04d}"


def flags(policy: Policy, facts: Facts) -> list[str]:
    """The encouragements that hold: shown to applicants and reviewers, never a bar."""
    return [one.key for one in policy.encouragements if holds(one.when, facts) is True]
