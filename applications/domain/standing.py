"""Where an application stands, in plain words: what happens with it now, who acts, until when, and what comes next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from applications.domain.deadlines import deadline_for
from applications.models import Application, Supplement
from applications.queries.applying import Step
from audit.models import AuditEvent
from rounds import clock
from rounds.models import Entry, RoundStage

Words = str | Promise

#: What happens in a stage of each kind, said to the applicant.
HAPPENS: dict[str, Words] = {
    "internal_publicity": _("You publish the application inside your organisation, and record dates, place and proof."),
    "intake": _("You write the application and file it."),
    "recommendation": _("The department, town, association or county office in charge recommends or declines it."),
    "preliminary_review": _("The department or county office in charge audits it and issues its opinion."),
    "eligibility": _("The review office checks the conditions and the papers one by one."),
    "acceptance": _("The review office asks departments and fixes the list of accepted applications."),
    "documents": _("Reviewers read the application and score it, each independently at first."),
    "onsite": _("A review team visits you; afterwards you confirm its report."),
    "defence": _("Your head presents the organisation to the review team and answers its questions."),
    "department_review": _("Departments give their opinions."),
    "composite": _("The scores are put together and ranked."),
    "vote": _("The committee meets and votes."),
    "publicity": _("The list is public; anybody may object during the window."),
    "approval": _("The government decides."),
    "conferral": _("The award is conferred; certificates and rewards follow."),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """``now``: one sentence; ``by``: until when, None where no day is set; ``then``: what comes next; ``usual``: how long that takes."""

    now: Words
    by: dt.datetime | None = None
    article: str = ""
    reason: str = ""
    then: Words = ""
    usual: Words = ""
    over: bool = False


def standing(application: Application, steps: list[Step], supplement: Supplement | None) -> Standing:
    """From the steps of ``queries.way_of`` and the one supplement asked for; at most one more query."""
    entry = application.entry
    _date(entry, steps)
    if entry.status in (Entry.Status.WITHDRAWN, Entry.Status.STOPPED, Entry.Status.HONOURED):
        return _ended(entry, steps)
    here = next((step for step in steps if step.row and step.row.status == "pending"), None)
    if here is None:
        return _between(steps)
    later = [step for step in steps if step.row is None and step.stage.position > here.stage.position]
    then, usual = _following(later)
    if supplement and supplement.is_running(clock.now(entry.round)):
        text = _("The review office asks you to supplement the application. Only the questions it names reopen.")
        return Standing(
            text, supplement.due_at, supplement.article, supplement.reason, then=happens(here.stage), usual=""
        )
    return Standing(happens(here.stage), here.until, here.stage.article, then=then, usual=usual)


def _date(entry: Entry, steps: list[Step]) -> None:
    """Until when each step that waits lasts, for this organisation."""
    for step in steps:
        if step.row and step.row.status == "pending":
            own = step.stage.kind == "intake"
            step.until = deadline_for(step.stage, entry.organisation_id) if own else step.stage.deadline


def happens(stage: RoundStage) -> Words:
    """What happens in the stage."""
    key = stage.spec.mode if stage.kind == "team_review" else stage.kind
    return format_lazy(_("“{name}”: {text}"), name=stage.name, text=HAPPENS.get(key, stage.name))


def _ended(entry: Entry, steps: list[Step]) -> Standing:
    if entry.status == Entry.Status.HONOURED:
        return Standing(_("The award has been conferred. Congratulations!"), over=True)
    if entry.status == Entry.Status.WITHDRAWN:
        event = AuditEvent.objects.filter(act="entry.withdrawn", subject=f"{entry._meta.label}:{entry.pk}").first()
        gone = _("The application was withdrawn; it does not take part any more.")
        article, reason = (event.article, event.facts["reason"]) if event else ("", "")
        return Standing(gone, article=article, reason=reason, over=True)
    row = next((step.row for step in reversed(steps) if step.row and step.row.status == "stopped"), None)
    text = format_lazy(_("The application did not go on in “{name}”."), name=row.stage.name if row else "")
    return Standing(text, article=row.article if row else "", reason=row.reason if row else "", over=True)


def _between(steps: list[Step]) -> Standing:
    """It has passed a stage, and the one after is not open yet."""
    passed = [step for step in steps if step.row and step.row.status == "advanced"]
    waiting = [
        step for step in steps if step.row is None and (not passed or step.stage.position > passed[-1].stage.position)
    ]
    then, usual = _following(waiting)
    if not passed:
        return Standing(_("The application has not entered a stage yet."), then=then, usual=usual)
    text = format_lazy(
        _("The application has passed “{name}”. Nothing is asked of you until the next stage opens."),
        name=passed[-1].stage.name,
    )
    return Standing(text, article=passed[-1].stage.article, then=then, usual=usual)


def _following(steps: list[Step]) -> tuple[Words, Words]:
    if not steps:
        return "", ""
    spec: Any = steps[0].stage.spec
    limit = getattr(spec, "window", None) or spec.time_limit
    return happens(steps[0].stage), length_of(limit) if limit else ""


def length_of(days: Any) -> str:
    """A number of days in words."""
    count = days.length.value
    if days.unit == "working":
        return ngettext("{count} working day", "{count} working days", count).format(count=count)
    return ngettext("{count} day", "{count} days", count).format(count=count)
