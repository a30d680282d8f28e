"""What the office's side tells lower apps: its messages, and who may read its files."""

from __future__ import annotations

from typing import Any

from applications.models.opinions import ConsultationRequest
from applications.rules_office import may_answer, may_inspect
from applications.texts import office as office_texts
from documents import access
from notifications import texts


def may_read_answer(user: Any, question: ConsultationRequest, item: Any) -> bool:
    """A file handed in with an answer: the body asked, the office, supervision."""
    return may_answer(user, question) or may_inspect(user, question.stage_entry)


def register() -> None:
    """Once, when the stage kinds are registered."""
    texts.register(office_texts.TEXTS)
    access.register("applications.ConsultationRequest", may_read_answer)
