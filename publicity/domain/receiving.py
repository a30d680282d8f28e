"""Receiving an objection: from anybody on the public site, or on paper through the office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.base import File
from django.db import transaction

from accounts.models import User
from core.access import require
from core.clock import legal_date
from core.refusals import Refused
from documents import uploads
from jurisdictions.calendar import calendar_of, window
from jurisdictions.policy.constitution import ObjectionRules
from publicity import personal
from publicity.models import Notice, Objection, ObjectorDetails
from publicity.rules import works_on_objections
from rounds import clock
from rounds.engine.logging import record
from rounds.models import Entry

By, Via = Objection.By, Objection.Via
#: Particulars that come as a file (a scan of the signed or sealed paper, of an identity card); the others are text.
ON_PAPER = ("signature", "seal", "identity_proof")
PROOF = "proof"
#: The objector's details are kept so long after receipt; a conclusion shortens it (see ``examining``).
KEPT = dt.timedelta(days=3 * 365)

Files = Mapping[str, Sequence[File]]


@transaction.atomic
def receive(
    *,
    actor: Any,
    notice: Notice,
    entry_id: int,
    by: str,
    text: str,
    details: Mapping[str, str] | None = None,
    files: Files | None = None,
) -> Objection:
    """An objection made on the public site while the window runs. ``actor`` may be nobody (not signed in).

    ``details``: name, phone, address …, as the policy asks; ``files``: ``{particular or "proof": [file]}``. Refused: not objected to
    here, not on the list, too late, nothing said, without a name (where the policy refuses that), particulars or proof missing.
    """
    rules = notice.round.rules.objections if notice.round else None
    notice = _objectionable(notice, entry_id)
    given, attached = _clean(details), {key: list(found) for key, found in (files or {}).items() if found}
    _check_text(text, notice)
    if by == By.ANONYMOUS and rules and rules.anonymous == "refused":
        raise Refused("anonymous_refused", article=rules.article, field="by")
    assert rules is not None
    missing = missing_particulars(rules, by, {*given, *attached})
    if missing:
        raise Refused(
            "particulars_missing", article=rules.article, missing="、".join(labels(missing)), field=missing[0]
        )
    if rules.needs_proof and by != By.ANONYMOUS and PROOF not in attached:
        raise Refused("proof_missing", article=rules.article, field=PROOF)
    objection = _write(notice, entry_id, by, text, given, via=Via.SITE, recorded_by=None, has_proof=PROOF in attached)
    _attach(objection, attached, actor)
    _log(objection, actor)
    return objection


@transaction.atomic
def record_paper(
    *, actor: User, notice: Notice, entry_id: int, by: str, text: str, details: Mapping[str, str] | None = None,
    seen: Sequence[str] = (), files: Files | None = None, received_on: dt.date | None = None,
) -> Objection:  # fmt: skip
    """An objection that came on paper. ``seen``: particulars (and ``"proof"``) that the paper bears. What is missing is written down
    and keeps it from being accepted. Refused: not the office, after the window."""
    require(works_on_objections, actor, notice, article=notice.article)
    assert notice.round is not None
    rules = notice.round.rules.objections
    notice = _objectionable(notice, entry_id, on=received_on)
    _check_text(text, notice)
    given, attached = _clean(details), {key: list(found) for key, found in (files or {}).items() if found}
    missing = missing_particulars(rules, by, {*given, *attached, *seen})
    objection = _write(
        notice, entry_id, by, text, given, via=Via.PAPER, recorded_by=actor, missing=missing, on=received_on,
        has_proof=PROOF in attached or PROOF in seen,
    )  # fmt: skip
    _attach(objection, attached, actor)
    _log(objection, actor)
    return objection


def missing_particulars(rules: ObjectionRules, by: str, given: set[str]) -> list[str]:
    """What the policy asks of this kind of objector and was not given, in the policy's order."""
    wanted: Sequence[str] = {By.PERSON: rules.person_gives, By.UNIT: rules.unit_gives}.get(by, [])  # type: ignore[call-overload]
    return [key for key in wanted if key not in given]


def labels(keys: Sequence[str]) -> list[str]:
    """Particulars in the reader's language."""
    from publicity.words import PARTICULARS

    return [str(PARTICULARS[key]) for key in keys]


def _objectionable(notice: Notice, entry_id: int, on: dt.date | None = None) -> Notice:
    """The notice, read anew with its round: a rehearsal's clock may have moved."""
    related = ("jurisdiction", "round", "stage__round__jurisdiction", "stage__round__policy")
    notice = Notice.objects.select_related(*related).get(pk=notice.pk)
    if notice.kind != Notice.Kind.PUBLICITY or notice.stage is None or not notice.stage.spec.objections:
        raise Refused("objections_not_here", article=notice.article)
    if entry_id not in {line["entry"] for line in notice.entries}:
        raise Refused("not_published_here", article=notice.article, field="entry")
    day = on or legal_date(clock.now(notice.stage.round))
    if notice.last_day is None or not notice.published_on <= day <= notice.last_day:
        raise Refused("objection_too_late", article=notice.article, last_day=notice.last_day)
    return notice


def _check_text(text: str, notice: Notice) -> None:
    if not text.strip():
        raise Refused("objection_text_missing", article=notice.article, field="text")


def _clean(details: Mapping[str, str] | None) -> dict[str, str]:
    return {key: value.strip() for key, value in (details or {}).items() if value and value.strip()}


def _write(
    notice: Notice,
    entry_id: int,
    by: str,
    text: str,
    given: Mapping[str, str],
    *,
    on: dt.date | None = None,
    **values: Any,
) -> Objection:
    stage = notice.stage
    assert stage is not None
    rules: ObjectionRules = stage.round.rules.objections
    now = clock.now(stage.round)
    span = window(
        calendar_of(stage.round.jurisdiction), after=on or legal_date(now), length=rules.examine_within.value,
        unit=rules.examine_unit, article=rules.examine_article or rules.article,
    )  # fmt: skip
    noted = by == By.ANONYMOUS
    objection: Objection = Objection.objects.create(
        notice=notice, stage=stage, entry_id=entry_id, by=by, text=text.strip(), received_at=now, examine_by=span.ends_at,
        window=span.as_data(), status=Objection.Status.NOTED if noted else Objection.Status.RECEIVED, **values,
    )  # fmt: skip
    if given and not noted:
        ObjectorDetails.objects.create(
            objection=objection, sealed=personal.seal(given), erase_after=legal_date(now) + KEPT
        )
    return objection


def _attach(objection: Objection, files: Mapping[str, Sequence[File]], actor: Any) -> None:
    """Files of an objection are confidential; who is not signed in uploads as the public."""
    stage = objection.stage
    uploader = actor if isinstance(actor, User) else the_public()
    for key, found in files.items():
        for upload in found:
            stored = uploads.accept(
                actor=uploader, jurisdiction=stage.round.jurisdiction, upload=upload, subject=objection, secret=True,
                article=objection.notice.article,
            )  # fmt: skip
            if key in ON_PAPER:
                objection.personal_files.append(stored.pk)
    if objection.personal_files:
        objection.save(update_fields=["personal_files"])
    if any(files.values()):  # without a name the files may still tell who it was: they are erased in their time
        ObjectorDetails.objects.get_or_create(
            objection=objection, defaults={"erase_after": legal_date(objection.received_at) + KEPT}
        )


def the_public() -> User:
    """Stands for whoever is not signed in; nobody can sign in as it."""
    user, _made = User.objects.get_or_create(
        email="public@nobody.invalid", defaults={"name": "公众", "is_active": False, "password": "!"}
    )
    return user


def entry_of(objection: Objection) -> Entry:
    entry: Entry = objection.entry
    entry.round = objection.stage.round
    return entry


def _log(objection: Objection, actor: Any) -> None:
    stage = objection.stage
    record(
        "objection.received", round_=stage.round, actor=actor if isinstance(actor, User) else None, subject=objection,
        article=stage.round.rules.objections.article, stage=stage.key, entry=objection.entry_id, by=objection.by, via=objection.via,
        examine_by=objection.examine_by, missing=objection.missing,
    )  # fmt: skip
