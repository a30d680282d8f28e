"""What an applicant fills in, and the conditions that are checked."""

from __future__ import annotations

from typing import Literal

from pydantic import Field as Bounded

from jurisdictions.policy.base import ArticleRef, Cel, Key, Model, Number, Text

FieldType = Literal[
    "text", "long_text", "integer", "decimal", "money", "percent", "date", "yes_no", "choice", "choices", "indicators", "rows", "files", "declaration",
]  # fmt: skip


class Choice(Model):
    key: str = Bounded(min_length=1, max_length=48)
    label: Text


class Column(Model):
    """A column of a ``rows`` table."""

    key: Key
    label: Text
    type: Literal["text", "integer", "decimal", "money", "date", "yes_no", "choice"] = "text"
    required: bool = False
    choices: list[Choice] = []


class Indicator(Model):
    """A row of an ``indicators`` table: asked for each of the last ``years`` years."""

    key: Key
    label: Text
    unit: Text | None = None


class Field(Model):
    """One question. Stored as: text/choice str; integer, decimal, money (yuan), percent str of a number; date ISO str; yes_no and
    declaration bool; choices list[str]; rows list[dict]; indicators {row: {"y1".."yN": str, "rank": str, "why": str}} (y1 = last year); files
    are kept apart as evidence under this key."""

    key: Key
    label: Text
    type: FieldType
    required: bool = True
    required_when: Cel | None = None
    shown_when: Cel | None = None
    help: Text | None = None
    article: ArticleRef | None = None
    max_length: int | None = Bounded(default=None, ge=1)
    min_value: Number | None = None
    max_value: Number | None = None
    unit: Text | None = None
    not_future: bool = False
    choices: list[Choice] = []
    columns: list[Column] = []
    indicators: list[Indicator] = []
    years: int = Bounded(default=3, ge=1, le=10)
    min_rows: int = 0
    max_rows: int = 50
    max_files: int = 5
    must_accept: bool = Bounded(default=False, description="A declaration that must be accepted before filing.")
    refusal: Text | None = None


class Section(Model):
    key: Key
    title: Text
    help: Text | None = None
    fields: list[Field] = Bounded(min_length=1)


class Form(Model):
    """``self_evaluation`` names a score sheet: each of its leaves becomes a long text with its key points."""

    key: Key
    title: Text
    article: ArticleRef
    prizes: list[Key] = Bounded(min_length=1)
    sections: list[Section] = Bounded(min_length=1)
    self_evaluation: Key | None = None
    self_evaluation_length: int = 3000


class Ground(Model):
    key: Key
    text: Text
    require: Cel


class Condition(Model):
    """One condition of eligibility. With ``require``: computed. With ``any_of``: at least one ground. With neither: judged by people
    (``judged_by``), and shown with its declaration and evidence. ``facts`` it reads come from its expressions."""

    key: Key
    article: ArticleRef
    text: Text
    mend: Text
    prizes: list[Key] = []
    when: Cel | None = None
    require: Cel | None = None
    any_of: list[Ground] = []
    judged_by: Literal["staff", "reviewers"] = "staff"
    evidence: list[Key] = []
