"""Writing the form: section by section (pages, autosave) or all at once (import, rehearsal). A draft keeps what was typed, valid or not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from applications.domain.access import filing_article, locked, policy_of, require_draft, require_on
from applications.forms import fields
from applications.forms.layout import Layout, layout
from applications.models import Application
from applications.rules import may_write
from core.fields import canonical, digest
from core.refusals import Refused
from jurisdictions.policy.forms import Field, Section
from rounds import clock
from rounds.engine.logging import record

#: Saving while writing goes on is one sitting as long as no longer than this lies between two saves.
SITTING = dt.timedelta(minutes=10)


@transaction.atomic
def save_section(
    *,
    actor: User,
    application: Application,
    section: str,
    data: Mapping[str, Any],
    version: int,
    secrets: Collection[str] | None = None,
    seen: Mapping[str, str] | None = None,
    sitting: bool = False,
    again: bool = False,
) -> Application:
    """Write the answers of one section. ``version``: the ``answers_version`` that the writer saw.

    Keys that are not given stay as they are. ``secrets``: the section's fields marked as trade secrets (None: unchanged).
    ``seen``: fingerprints of the answers that the writer's page showed; then only what the writer changed is written, and only an
    answer that both changed is a conflict. ``sitting``: saved while writing goes on; nothing is written where nothing changed, and the
    log has a sitting's first save. ``again``: the answer to an earlier save of this page was lost, so what this person stored since
    may be its own.
    Refused: no right, filed, ended, no such section, or somebody changed this section since (``facts["mine"]``, ``["theirs"]``).
    """
    application = _writable(actor, application)
    plan = layout(policy_of(application), application.entry.prize)
    part = plan.section(section)
    if part is None:
        raise Refused("section_unknown", article=plan.form.article)
    if seen is None:
        _refuse_conflict(application, part, data, version, plan)
    else:
        data = _changed(application, part, data, seen, plan, own=again and application.saved_by_id == actor.pk)
    before = (canonical(application.answers), application.secrets)
    _write(application, [part], data, actor)
    if secrets is not None:
        _mark(application, part, secrets)
    if sitting and before == (canonical(application.answers), application.secrets):
        return application
    return _save(application, [part], actor, plan, quiet=sitting and _still_sitting(application, actor))


def fingerprint(value: Any) -> str:
    """A short mark of a stored answer: what a page says that it showed."""
    return "-" if value is None else digest(value)[:16]


@transaction.atomic
def save_answers(
    *, actor: User, application: Application, answers: Mapping[str, Any], version: int, secrets: Collection[str] = ()
) -> Application:
    """Write many sections at once, by the same readers. Refused as ``save_section``; unknown keys are refused as well."""
    application = _writable(actor, application)
    plan = layout(policy_of(application), application.entry.prize)
    if unknown := sorted(set(answers) - set(plan.fields)):
        raise Refused("field_unknown", article=plan.form.article, fields="、".join(unknown))
    touched = [section for section in plan.sections if any(field.key in answers for field in section.fields)]
    for section in touched:
        _refuse_conflict(application, section, answers, version, plan)
    _write(application, touched, answers, actor)
    for section in touched:
        _mark(application, section, secrets)
    return _save(application, touched, actor, plan)


def _writable(actor: User, application: Application) -> Application:
    application = locked(application)
    require_on(may_write, actor, application)
    require_draft(application)
    return application


def _refuse_conflict(
    application: Application, section: Section, data: Mapping[str, Any], version: int, plan: Layout
) -> None:
    """Two people wrote the same section: the later one is told, with both texts, and nothing is lost."""
    if application.section_versions.get(section.key, 0) <= version:
        return
    today = clock.today(application.entry.round)
    mine = {f.key: fields.read(f, data[f.key], today).value for f in section.fields if f.key in data}
    theirs = {key: application.answers.get(key) for key in mine}
    differing = [key for key in mine if mine[key] != theirs[key]]
    if differing:
        raise _conflict(
            application, section, {key: mine[key] for key in differing}, {key: theirs[key] for key in differing}, plan
        )


def _changed(
    application: Application,
    section: Section,
    data: Mapping[str, Any],
    seen: Mapping[str, str],
    plan: Layout,
    *,
    own: bool,
) -> dict[str, Any]:
    """What the writer changed; refused where somebody else changed the same answer since, into something else."""
    today = clock.today(application.entry.round)
    changed: dict[str, Any] = {}
    mine: dict[str, Any] = {}
    for field in (field for field in section.fields if field.key in data and field.type != "files"):
        value, stored = fields.read(field, data[field.key], today).value, application.answers.get(field.key)
        shown = seen.get(field.key, fingerprint(stored))
        if fingerprint(value) == shown or value == stored:
            continue
        changed[field.key] = data[field.key]
        if fingerprint(stored) != shown and not own:
            mine[field.key] = value
    if mine:
        theirs = {key: application.answers.get(key) for key in mine}
        raise _conflict(application, section, mine, theirs, plan)
    return changed


def _conflict(
    application: Application, section: Section, mine: dict[str, Any], theirs: dict[str, Any], plan: Layout
) -> Refused:
    return Refused(
        "section_changed_meanwhile", article=plan.form.article, section=str(section.title), version=application.answers_version,
        saved_by=str(application.saved_by or "—"), mine=mine, theirs=theirs,
    )  # fmt: skip


def _still_sitting(application: Application, actor: User) -> bool:
    """The person saved a moment ago."""
    if application.saved_by_id != actor.pk or application.saved_at is None:
        return False
    return bool(clock.now(application.entry.round) - application.saved_at < SITTING)


def _write(application: Application, sections: list[Section], data: Mapping[str, Any], actor: User) -> None:
    """Read each answer that is given; what cannot be understood stays as it was typed."""
    now = clock.now(application.entry.round)
    today = now.date()
    for field in (
        field for section in sections for field in section.fields if field.key in data and field.type != "files"
    ):
        value = fields.read(field, data[field.key], today).value
        if field.type == "declaration":
            _declare(application, field, value is True, actor, now)
        if value is None:
            application.answers.pop(field.key, None)
        else:
            application.answers[field.key] = value


def _declare(application: Application, field: Field, accepted: bool, actor: User, now: dt.datetime) -> None:
    """Who accepted a declaration, and when, the first time."""
    if not accepted:
        application.declarations.pop(field.key, None)
    elif field.key not in application.declarations:
        application.declarations[field.key] = {"at": now, "by": actor.pk}


def _mark(application: Application, section: Section, secrets: Collection[str]) -> None:
    here = {field.key for field in section.fields}
    kept = [key for key in application.secrets if key not in here]
    application.secrets = sorted({*kept, *(here & set(secrets))})


def _save(
    application: Application, sections: list[Section], actor: User, plan: Layout, *, quiet: bool = False
) -> Application:
    round_ = application.entry.round
    application.answers_version += 1
    for section in sections:
        application.section_versions[section.key] = application.answers_version
    application.saved_at, application.saved_by = clock.now(round_), actor
    application.save(
        update_fields=[
            "answers",
            "declarations",
            "secrets",
            "answers_version",
            "section_versions",
            "saved_at",
            "saved_by",
        ]
    )
    if quiet:
        return application
    record(
        "application.saved", round_=round_, actor=actor, subject=application, article=filing_article(policy_of(application)),
        sections=[section.key for section in sections], version=application.answers_version,
    )  # fmt: skip
    return application
