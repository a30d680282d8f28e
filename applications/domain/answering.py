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
from core.refusals import Refused
from jurisdictions.policy.forms import Field, Section
from rounds import clock
from rounds.engine.logging import record


@transaction.atomic
def save_section(
    *,
    actor: User,
    application: Application,
    section: str,
    data: Mapping[str, Any],
    version: int,
    secrets: Collection[str] | None = None,
) -> Application:
    """Write the answers of one section. ``version``: the ``answers_version`` that the writer saw.

    Keys that are not given stay as they are. ``secrets``: the section's fields marked as trade secrets (None: unchanged).
    Refused: no right, filed, ended, no such section, or somebody changed this section since (``facts["mine"]``, ``["theirs"]``).
    """
    application = _writable(actor, application)
    plan = layout(policy_of(application), application.entry.prize)
    part = plan.section(section)
    if part is None:
        raise Refused("section_unknown", article=plan.form.article)
    _refuse_conflict(application, part, data, version, plan)
    _write(application, [part], data, actor)
    if secrets is not None:
        _mark(application, part, secrets)
    return _save(application, [part], actor, plan)


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
        raise Refused(
            "section_changed_meanwhile", article=plan.form.article, section=str(section.title), version=application.answers_version,
            saved_by=str(application.saved_by or "—"), mine={k: mine[k] for k in differing}, theirs={k: theirs[k] for k in differing},
        )  # fmt: skip


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


def _save(application: Application, sections: list[Section], actor: User, plan: Layout) -> Application:
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
    record(
        "application.saved", round_=round_, actor=actor, subject=application, article=filing_article(policy_of(application)),
        sections=[section.key for section in sections], version=application.answers_version,
    )  # fmt: skip
    return application
