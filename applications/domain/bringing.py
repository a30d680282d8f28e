"""Answers of an earlier application of the same organisation: what could be brought over, and bringing over what was chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from accounts.models import User
from applications.domain.access import policy_of
from applications.domain.answering import save_answers
from applications.forms import fields
from applications.forms.fields import is_empty
from applications.forms.fields.indicators import years
from applications.forms.layout import Layout, layout
from applications.forms.points import titled
from applications.models import Application
from applications.rules import reads
from core.refusals import Refused
from jurisdictions.policy.forms import Field

#: Made anew each time: who declares answers for it, and a file proves the present.
NEVER = ("declaration", "files")


@dataclass(frozen=True, slots=True)
class Offer:
    """One answer that can be brought over: ``before`` as it would stand here, ``now`` what stands here."""

    field: Field
    value: Any
    before: str
    now: str

    @property
    def same(self) -> bool:
        return self.before == self.now


@dataclass(frozen=True, slots=True)
class Part:
    """The answers of one section."""

    key: str
    title: str
    offers: list[Offer] = field(default_factory=list)

    @property
    def fresh(self) -> list[Offer]:
        """Those that differ from what stands here."""
        return [offer for offer in self.offers if not offer.same]


def sources(application: Application) -> list[Application]:
    """Earlier applications of the organisation here in which something was written, newest first. One query."""
    entry = application.entry
    rows = Application.objects.filter(entry__organisation=entry.organisation_id, answers_version__gt=0)
    rows = rows.exclude(pk=application.pk).select_related("entry__round__jurisdiction", "entry__organisation")
    return list(rows.order_by("-entry__round__year", "-entry_id")[:30])


def offers(application: Application, source: Application) -> list[Part]:
    """Section by section what both forms ask, of the same type, and the earlier one answered."""
    here, there = _plan(application), _plan(source)
    apart = application.entry.round.year - source.entry.round.year
    found = []
    for section in here.sections:
        part = Part(section.key, str(section.title))
        for asked in section.fields:
            other = there.fields.get(asked.key)
            if other is not None and other.type == asked.type and asked.type not in NEVER:
                value = _moved(asked, source.answers.get(asked.key), apart)
                if not is_empty(value):
                    words = here.points.get(asked.key, ())
                    now = titled(fields.show(asked, application.answers.get(asked.key)), words)
                    part.offers.append(Offer(asked, value, titled(fields.show(asked, value), words), now))
        if part.offers:
            found.append(part)
    return found


@transaction.atomic
def bring(*, actor: User, application: Application, source: Application, keys: Collection[str], version: int) -> int:
    """Write the chosen answers into the draft; how many. ``version``: the ``answers_version`` that the page showed.

    Refused: no right to write, filed, not an earlier application of the same organisation, or somebody wrote there meanwhile.
    """
    article = _plan(application).form.article
    if source.entry.organisation_id != application.entry.organisation_id or not reads(actor, source.entry):
        raise Refused("earlier_not_yours", article=article)
    chosen: Mapping[str, Any] = {
        offer.field.key: offer.value
        for part in offers(application, source)
        for offer in part.offers
        if offer.field.key in keys
    }
    if not chosen:
        raise Refused("no_answer_chosen", article=article)
    save_answers(
        actor=actor,
        application=application,
        answers=chosen,
        version=version,
        secrets=_marks(application, source, chosen),
    )
    return len(chosen)


def _marks(application: Application, source: Application, chosen: Collection[str]) -> list[str]:
    """Marks as trade secrets: those that stand, and those of the answers brought over."""
    return sorted({*application.secrets, *(key for key in source.secrets if key in chosen)})


def _plan(application: Application) -> Layout:
    return layout(policy_of(application), application.entry.prize)


def _moved(asked: Field, value: Any, apart: int) -> Any:
    """Indicators are kept by years back from their own round: last year's column there is an earlier one here."""
    if asked.type != "indicators" or not isinstance(value, dict) or apart <= 0:
        return value
    here = years(asked)
    moved = {}
    for row, cells in value.items():
        kept = {name: cells[back] for name, back in zip(here[apart:], here, strict=False) if back in cells}
        if kept:
            moved[row] = kept
    return moved
