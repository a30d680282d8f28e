"""What invented applicants do, whichever stage they first meet: start, fill in, attach, file."""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from django.core.files.base import ContentFile
from django.db import transaction

from accounts.domain import CODED, register_organisation
from accounts.models import Organisation, OrganisationKind, User
from applications.domain import answering, attaching, filing, starting
from applications.domain.checklist import Survey
from applications.facts import rules_of
from applications.forms.answers import is_required
from applications.forms.layout import NO_STATE_SECRETS, layout
from applications.invention.candidates import code_for
from applications.models import Application
from jurisdictions.policy.prizes import Prize
from rounds import engine
from rounds.models import Entry
from rounds.rehearsal import Candidate, Rehearsal

NOTE = "applicants.written"


def write_all(ctx: Rehearsal) -> None:
    """Every candidate starts and fills in its application; once a rehearsal."""
    if ctx.notes.get(NOTE):
        return
    for candidate in ctx.candidates:
        with transaction.atomic():
            write(ctx, candidate)
    ctx.notes[NOTE] = True
    ctx.say(f"{len(ctx.candidates)} applications written")


def write(ctx: Rehearsal, candidate: Candidate) -> Application:
    """One application, complete but for what the procedure still wants."""
    application = starting.start(
        actor=candidate.owner,
        round_=ctx.round,
        organisation=candidate.organisation,
        prize=candidate.prize,
        category=_category(ctx, candidate),
    )
    candidate.entry = application.entry
    application = answering.save_answers(
        actor=candidate.owner, application=application, answers=candidate.profile["form"], version=application.answers_version,
        secrets=_secrets(ctx, candidate),
    )  # fmt: skip
    attach_all(application, candidate.owner)
    return application


def attach_all(application: Application, owner: User) -> None:
    """A small clean PDF under every field that wants a file."""
    survey = Survey(application)
    wanted = [f for f in survey.layout.fields.values() if f.type == "files" and is_required(f, survey.answered)]
    for field in wanted:
        attaching.attach(
            actor=owner, application=application, field=field.key, upload=pdf(f"{field.label.zh[:60]}.pdf")
        )


def file_all(ctx: Rehearsal) -> None:
    """Everybody files in time but the late ones; one takes its application back and files again; those who withdraw do so."""
    done = 0
    for candidate in filed_in_time(ctx):
        filing.file(actor=candidate.owner, application=application_of(candidate), papers=ctx.papers)
        done += 1
        if done == 1:
            _take_back_once(ctx, candidate)
    for candidate in ctx.candidates:
        if candidate.trait == "withdraws" and candidate.entry is not None:
            engine.withdraw(actor=candidate.owner, entry=candidate.entry, reason="演练：申报组织撤回申报")
    ctx.say(f"{done} applications filed")


def filed_in_time(ctx: Rehearsal) -> Iterator[Candidate]:
    """Candidates that file before the deadline and have not done so."""
    open_ = set(Entry.objects.filter(round=ctx.round, status=Entry.Status.DRAFT).values_list("pk", flat=True))
    return (c for c in ctx.candidates if c.trait != "late" and c.entry is not None and c.entry.pk in open_)


def application_of(candidate: Candidate) -> Application:
    rows = Application.objects.select_related("entry__round__jurisdiction", "entry__organisation").defer(
        "entry__round__rules_document"
    )
    found: Application = rows.get(entry=candidate.entry)
    return found


@functools.lru_cache(maxsize=1)
def _pdf_bytes() -> bytes:
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    buffer = io.BytesIO()
    document.save(buffer, deterministic_id=True)
    return buffer.getvalue()


def pdf(name: str) -> ContentFile:
    """A file as a browser would send it."""
    return ContentFile(_pdf_bytes(), name=name)


# What must be refused


def try_starting(ctx: Rehearsal) -> None:
    """Applications that must not begin. Each attempt is rolled back wholly."""
    candidate = ctx.candidates[0]
    prize = rules_of(ctx.round).prize(candidate.prize)

    def start(actor: User, organisation: Organisation, key: str = prize.key) -> Application:
        return starting.start(actor=actor, round_=ctx.round, organisation=organisation, prize=key)

    ctx.refused("an application started by an outsider", lambda: start(ctx.cast.reviewers[0], candidate.organisation))
    for name, values in _inadmissible(prize):
        ctx.refused(name, functools.partial(_start_another, ctx, candidate, values))
    absent = next(
        (p.key for p in rules_of(ctx.round).prizes if p.key not in ctx.round.prizes or not p.is_applied_for), None
    )
    if absent:
        ctx.refused(
            f"an application for “{absent}”, which is not offered",
            lambda: start(candidate.owner, candidate.organisation, absent),
        )

    def twice() -> None:
        start(candidate.owner, candidate.organisation)
        start(candidate.owner, candidate.organisation)

    ctx.refused("a second application for the same prize", twice)


def _inadmissible(prize: Prize) -> Iterator[tuple[str, dict[str, Any]]]:
    """An applicant of a kind, and one of a legal status, that the prize does not admit."""
    kind = next((one for one in OrganisationKind.values if one not in prize.applicants), None)
    if kind:
        yield f"an applicant of the kind “{kind}”", {"kind": kind, "legal_status": "legal_person"}
    status = next(
        (one for one in ("unincorporated", "natural_person", "legal_person") if one not in prize.legal_statuses), None
    )
    if status:
        yield f"an applicant that is a “{status}”", {"kind": prize.applicants[0], "legal_status": status}


def _another(ctx: Rehearsal, owner: User, values: dict[str, Any]) -> Organisation:
    prize = rules_of(ctx.round).prize(ctx.candidates[0].prize)
    code = code_for(ctx, "990101", 9_000) if values["legal_status"] in CODED else ""
    return register_organisation(
        actor=owner,
        name="示例不合格单位（演练）",
        code=code,
        rehearsal=True,
        activities=list(prize.activities),
        **values,
    )


def try_filing(ctx: Rehearsal, candidate: Candidate) -> None:
    """Filing that must not succeed while time is left. ``candidate`` has a complete draft that waits in the intake."""
    ctx.refused(
        "filed by somebody without the right",
        lambda: filing.file(actor=ctx.cast.reviewers[0], application=application_of(candidate)),
    )
    plan = layout(rules_of(ctx.round), candidate.prize)
    first = next(
        (f for f in plan.fields.values() if f.required and not f.shown_when and f.type not in ("files", "declaration")),
        None,
    )
    if first:
        ctx.refused("filed incomplete", lambda: _file_with(candidate, {first.key: None}))
    if NO_STATE_SECRETS in plan.fields:
        ctx.refused("filed without excluding state secrets", lambda: _file_with(candidate, {NO_STATE_SECRETS: False}))


def _file_with(candidate: Candidate, answers: dict[str, Any]) -> None:
    application = application_of(candidate)
    changed = answering.save_answers(
        actor=candidate.owner, application=application, answers=answers, version=application.answers_version
    )
    filing.file(actor=candidate.owner, application=changed, papers=False)


def try_late(ctx: Rehearsal) -> None:
    """The deadline is over: whoever has not filed cannot any more."""
    for candidate in ctx.candidates:
        if candidate.trait == "late" and candidate.entry is not None:
            ctx.refused("filed late", functools.partial(_file, candidate))


def _file(candidate: Candidate) -> None:
    filing.file(actor=candidate.owner, application=application_of(candidate))


def _start_another(ctx: Rehearsal, candidate: Candidate, values: dict[str, Any]) -> None:
    organisation = _another(ctx, candidate.owner, values)
    starting.start(actor=candidate.owner, round_=ctx.round, organisation=organisation, prize=candidate.prize)


def _take_back_once(ctx: Rehearsal, candidate: Candidate) -> None:
    filing.take_back(actor=candidate.owner, application=application_of(candidate), reason="演练：补充说明后重新提交")
    version = filing.file(actor=candidate.owner, application=application_of(candidate), papers=ctx.papers)
    ctx.say(f"taken back and filed again as version {version.number}")


def _category(ctx: Rehearsal, candidate: Candidate) -> str:
    """Categories that follow from no condition are chosen."""
    categories = rules_of(ctx.round).prize(candidate.prize).categories
    chosen = [category.key for category in categories if not category.when]
    return ctx.random.choice(chosen) if chosen and len(chosen) == len(categories) else ""


def _secrets(ctx: Rehearsal, candidate: Candidate) -> list[str]:
    """Some mark an answer as a trade secret."""
    texts = [f.key for f in layout(rules_of(ctx.round), candidate.prize).fields.values() if f.type == "long_text"]
    return texts[:1] if ctx.random.random() < 0.3 else []
