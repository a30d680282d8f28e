"""The office returns an application once for supplement: it names what reopens and until when; nothing else may change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction

from accounts.models import User
from applications.domain import letters_afterwards
from applications.domain.access import locked, policy_of, require_on
from applications.domain.reopened import Reopened
from applications.domain.telling import tell
from applications.forms import fields as readers
from applications.forms.layout import layout
from applications.models import Application, Evidence, Supplement, SupplementFile
from applications.rules import may_write
from applications.rules_office import may_examine
from core.access import Predicate, require
from core.clock import legal_date
from core.refusals import Refused
from documents import uploads
from jurisdictions.calendar import calendar_of, window
from jurisdictions.calendar.windows import Unit
from rounds import clock
from rounds.engine.logging import record
from rounds.models import RoundStage, StageEntry

KINDS = ("recommendation", "preliminary_review", "eligibility", "acceptance")
LONGEST = 60


@transaction.atomic
def ask(
    *,
    actor: User,
    application: Application,
    fields: Mapping[str, str],
    days: int,
    unit: Unit,
    reason: str,
    article: str = "",
) -> Supplement:
    """Return the application for supplement. ``fields``: {field key: what is wanted of it, '' for "complete it"}.

    Refused: not the office's, recused, asked before (once only), not waiting in a stage before the reviews, nothing named, a field
    that was not asked, no reason, too long.
    """
    application = locked(application)
    row = _waiting(application)
    article = article or row.stage.article
    require(may_examine, actor, row, article=article)
    _refuse_unfounded(application, row, fields, days, reason, article)
    now = clock.now(row.stage.round)
    span = window(
        calendar_of(row.stage.round.jurisdiction), after=legal_date(now), length=days, unit=unit, article=article
    )
    supplement = Supplement(
        application=application, stage_entry=row, reason=reason.strip(), article=article, asked_by=actor, asked_at=now, due_at=span.ends_at,
        window=span.as_data(), fields=[{"key": key, "what": what.strip()} for key, what in fields.items()],
        before=application.versions.filter(taken_back_at=None).order_by("-number").first(),
    )  # fmt: skip
    _save_once(supplement, application, article)
    supplement.letter = letters_afterwards.supplement_asked(supplement)
    supplement.save(update_fields=["letter"])
    tell(
        application.entry, "application.supplement_asked", occasion="1", paper=supplement.letter, due=legal_date(span.ends_at),
        article=article, reason=supplement.reason,
    )  # fmt: skip
    record(
        "supplement.asked", round_=row.stage.round, actor=actor, subject=application, article=article, stage=row.stage.key,
        fields=supplement.fields, due=span.ends_at, window=supplement.window, reason=supplement.reason,
    )  # fmt: skip
    return supplement


@transaction.atomic
def save(*, actor: User, application: Application, data: Mapping[str, Any], version: int) -> Supplement:
    """Write into the fields that reopened. ``version``: the supplement's, as the writer saw it.

    Refused: no right, none asked, over, filed, another field, or somebody changed the same meanwhile.
    """
    supplement, application = writable(actor, application)
    part = Reopened(supplement, application)
    here = {field.key: field for field in part.section.fields}
    if other := sorted(set(data) - set(here)):
        raise Refused("supplement_other_fields", article=supplement.article, fields="、".join(other))
    today = clock.today(application.entry.round)
    mine = {key: readers.read(here[key], data[key], today).value for key in data if here[key].type != "files"}
    _refuse_conflict(supplement, part, mine, version)
    supplement.answers = {**supplement.answers, **mine}
    _stamp(supplement, actor, application)
    return supplement


@transaction.atomic
def attach(*, actor: User, application: Application, field: str, upload: File, secret: bool = False) -> SupplementFile:
    """Give a file for a field that reopened; it is evidence once the supplement is filed."""
    supplement, application = writable(actor, application)
    part = Reopened(supplement, application)
    asked = next((one for one in part.section.fields if one.key == field and one.type == "files"), None)
    if asked is None:
        raise Refused("supplement_other_fields", article=supplement.article, fields=field)
    if part.survey.files[field] >= asked.max_files:
        raise Refused("too_many_for_field", article=supplement.article, limit=asked.max_files, field=field)
    stored = uploads.accept(
        actor=actor, jurisdiction=application.entry.round.jurisdiction, upload=upload, subject=application, secret=secret,
        article=supplement.article,
    )  # fmt: skip
    now = clock.now(application.entry.round)
    added: SupplementFile = SupplementFile.objects.create(
        supplement=supplement, field=field, file=stored, secret=secret, added_by=actor, added_at=now
    )
    _stamp(supplement, actor, application)
    return added


@transaction.atomic
def take_away(
    *, actor: User, application: Application, evidence: Sequence[int] = (), given: Sequence[int] = ()
) -> Supplement:
    """Mark evidence of reopened fields to be taken away (``evidence``: exactly these), and remove files given meanwhile (``given``)."""
    supplement, application = writable(actor, application)
    keys = [field.key for field in Reopened(supplement, application).section.fields]
    rows = Evidence.objects.filter(application=application, removed_at=None, field__in=keys, pk__in=evidence)
    supplement.dropped = sorted(rows.values_list("pk", flat=True))
    SupplementFile.objects.filter(supplement=supplement, pk__in=given, removed_at=None).update(
        removed_at=clock.now(application.entry.round)
    )
    _stamp(supplement, actor, application)
    return supplement


def running(application: Application) -> Supplement | None:
    """The supplement that may still be given."""
    found: Supplement | None = Supplement.objects.filter(application=application).first()
    return found if found and found.is_running(clock.now(application.entry.round)) else None


def _waiting(application: Application) -> StageEntry:
    """Where it waits; refused unless in a stage before the reviews."""
    rows = (
        StageEntry.objects.filter(entry=application.entry).pending().select_related("stage").order_by("stage__position")
    )
    row: StageEntry | None = rows.first()
    if row is None or row.stage.kind not in KINDS or row.stage.status != RoundStage.Status.OPEN:
        raise Refused("supplement_not_possible", article=policy_of(application).stages[0].article)
    row.entry, row.stage.round = application.entry, application.entry.round
    return row


def _refuse_unfounded(
    application: Application, row: StageEntry, named: Mapping[str, str], days: int, reason: str, article: str
) -> None:
    if row.stage.round.rules.summary(article) is None:
        raise Refused("extension_article_unknown", article=row.stage.article, given=article, field="article")
    if not named:
        raise Refused("supplement_names_nothing", article=article, field="fields")
    if unknown := sorted(set(named) - set(layout(policy_of(application), application.entry.prize).fields)):
        raise Refused("supplement_field_unknown", article=article, fields="、".join(unknown), field="fields")
    if not reason.strip():
        raise Refused("reason_missing", article=article, field="reason")
    if not 1 <= days <= LONGEST:
        raise Refused("supplement_length", article=article, most=LONGEST, field="days")


def _save_once(supplement: Supplement, application: Application, article: str) -> None:
    known = Supplement.objects.filter(application=application).first()
    if known is None:
        try:
            with transaction.atomic():
                supplement.save(force_insert=True)
            return
        except IntegrityError:  # asked in the same moment by somebody else
            known = Supplement.objects.get(application=application)
    raise Refused("supplement_asked_already", article=article, day=legal_date(known.asked_at))


def writable(
    actor: User, application: Application, rule: Predicate = may_write, code: str = "not_yours_to_write"
) -> tuple[Supplement, Application]:
    """The supplement, locked with its application, while it may still be given."""
    application = locked(application)
    require_on(rule, actor, application, code=code)
    article = policy_of(application).stages[0].article
    supplement = Supplement.objects.select_for_update(of=("self",)).filter(application=application).first()
    if supplement is None or application.entry.status != "active":
        raise Refused("supplement_not_asked", article=supplement.article if supplement else article)
    if supplement.filed_at:
        raise Refused("supplement_filed_already", article=supplement.article, day=legal_date(supplement.filed_at))
    now = clock.now(application.entry.round)
    if now > supplement.due_at:
        raise Refused("supplement_over", article=supplement.article, due=_shown(supplement.due_at), now=_shown(now))
    supplement.application = application
    return supplement, application


def _refuse_conflict(supplement: Supplement, part: Reopened, mine: Mapping[str, Any], version: int) -> None:
    if supplement.version <= version:
        return
    theirs = {key: part.answers.get(key) for key in mine}
    differing = [key for key in mine if mine[key] != theirs[key]]
    if differing:
        raise Refused(
            "supplement_changed_meanwhile", article=supplement.article, saved_by=str(supplement.saved_by or "—"),
            mine={key: mine[key] for key in differing}, theirs={key: theirs[key] for key in differing},
        )  # fmt: skip


def _stamp(supplement: Supplement, actor: User, application: Application) -> None:
    round_ = application.entry.round
    supplement.version += 1
    supplement.saved_by, supplement.saved_at = actor, clock.now(round_)
    supplement.save(update_fields=["answers", "dropped", "version", "saved_by", "saved_at"])
    record(
        "supplement.saved", round_=round_, actor=actor, subject=application, article=supplement.article, version=supplement.version
    )  # fmt: skip


def _shown(moment: dt.datetime) -> str:
    """For the sentence, which writes it in the reader's way (``core.formats.Shown``)."""
    return moment.isoformat()
