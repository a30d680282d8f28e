"""Requesting a paper (in the caller's transaction) and making it (in a worker)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django_scopes import scopes_disabled

from core import clock
from core.fields import digest, plain
from documents import storage
from documents.models import Paper, name_of
from jurisdictions.models import Jurisdiction

MAX_ATTEMPTS = 5
_asks: list[Callable[[str], bool]] = []
logger = logging.getLogger(__name__)


def request(
    *,
    kind: str,
    jurisdiction: Jurisdiction,
    subject: models.Model | str,
    template: str,
    context: dict[str, Any],
    title: str,
    number: str = "",
    round_ref: str | int = "",
    sign: bool = False,
) -> Paper:
    """Write down that a paper is to be made, from this frozen context; a worker makes it after the commit.

    ``subject``: an instance or ``"app.Model:pk"``; ``template``: a name under ``templates/papers/`` (``"letter"``, ``"report"``,
    ``"list"``, or an app's own such as ``"certificate"``); ``context``: JSON values only (dates become ISO text).
    The same (kind, subject, number) asked again gives the paper that exists.
    """
    frozen = plain({"jurisdiction": {"name": jurisdiction.name_zh, "code": jurisdiction.code}, **context})
    paper, made = Paper.objects.get_or_create(
        kind=kind,
        subject=name_of(subject),
        number=number,
        defaults={
            "jurisdiction": jurisdiction, "round_ref": str(round_ref), "title": title, "template": f"papers/{template}.html",
            "context": frozen, "context_sha256": digest([template, title, number, frozen]), "sign": sign, "requested_at": clock.now(),
        },
    )  # fmt: skip
    if made:
        transaction.on_commit(lambda: _queue(paper.pk))
    return paper


def make(paper_id: int) -> Paper | None:
    """Make the PDF of a requested paper and freeze it; a second call finds it made. None when there is no such paper."""
    with scopes_disabled():
        paper = Paper.objects.select_related("jurisdiction").filter(pk=paper_id).first()
        if paper is None or paper.is_ready:
            return paper
        try:
            return _write(paper)
        except (
            Exception
        ) as error:  # whatever a template or the PDF library raises: recorded, tried again, shown to the office
            _fail(paper, error)
            raise


def register_rehearsals(asks: Callable[[str], bool]) -> None:
    """The app that owns rounds tells how to ask whether a ``round_ref`` is a rehearsal: its papers say so on every page."""
    _asks.append(asks)


def rehearses(round_ref: str) -> bool:
    """Whether any app says that this round is a rehearsal."""
    return any(asks(round_ref) for asks in _asks)


def of_subject(subject: models.Model | str) -> models.QuerySet[Paper]:
    """The papers of a subject, newest first; inside the jurisdiction's scope."""
    found: models.QuerySet[Paper] = (
        Paper.objects.filter(subject=name_of(subject)).select_related("jurisdiction").order_by("-id")
    )
    return found


def of_subjects(subjects: list[str]) -> models.QuerySet[Paper]:
    """The papers of several subjects, each as ``app.Model:pk``, newest first; inside the jurisdiction's scope."""
    found: models.QuerySet[Paper] = (
        Paper.objects.filter(subject__in=subjects).select_related("jurisdiction").order_by("-id")
    )
    return found


def left_over(limit: int = 200) -> list[int]:
    """Papers that wait, or failed fewer than MAX_ATTEMPTS times: what beat hands to workers again."""
    with scopes_disabled():
        waiting = Paper.objects.exclude(state=Paper.State.WRITTEN).filter(attempts__lt=MAX_ATTEMPTS)
        return list(waiting.order_by("requested_at").values_list("pk", flat=True)[:limit])


def _write(paper: Paper) -> Paper:
    from documents import rendering, signing

    pdf, pages = rendering.pdf_of(paper)
    unsigned = rendering.sha256(pdf)
    if paper.sign:
        pdf = signing.sign(pdf, reason=paper.title)
    name = storage.write(pdf, folder=f"papers/{paper.jurisdiction.code}", suffix=".pdf")
    values = {
        "state": Paper.State.WRITTEN, "stored_name": name, "pages": pages, "size": len(pdf), "sha256": unsigned,
        "file_sha256": rendering.sha256(pdf), "signed": paper.sign, "written_at": clock.now(), "error": "",
    }  # fmt: skip
    # Conditional: of two workers that made it at once, one file is kept.
    if (
        not Paper.objects.filter(pk=paper.pk)
        .exclude(state=Paper.State.WRITTEN)
        .update(attempts=F("attempts") + 1, **values)
    ):
        storage.drop(name)
    paper.refresh_from_db()
    return paper


def _fail(paper: Paper, error: Exception) -> None:
    Paper.objects.filter(pk=paper.pk).exclude(state=Paper.State.WRITTEN).update(
        state=Paper.State.FAILED, attempts=F("attempts") + 1, error=f"{type(error).__name__}: {error}"[:2000]
    )


def _queue(paper_id: int) -> None:
    from documents.tasks import write_paper

    try:
        write_paper.delay(paper_id)
    except Exception:  # the row stands; beat finds it when the broker is back
        logger.warning("paper %s waits for the sweep: the broker did not answer", paper_id)
