"""Building blocks of the policy document: strict models, bilingual text, assumable values, fractions, CEL."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Annotated, Any, Generic, TypeVar

from django.utils.translation import gettext_noop as _
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from jurisdictions.policy import cel

T = TypeVar("T")


class Model(BaseModel):
    """Strict about keys: an unknown one is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Text(Model):
    """One short text in both languages."""

    zh: str = Field(min_length=1, max_length=2000)
    en: str = Field(min_length=1, max_length=2000)

    def in_language(self, code: str) -> str:
        """``en…`` gives English, everything else Chinese."""
        return self.en if code.startswith("en") else self.zh

    def __str__(self) -> str:
        from django.utils.translation import get_language

        return self.in_language(get_language() or "zh-hans")


class Setting(Model, Generic[T]):
    """A value. ``assumed`` marks what the regulation leaves to its implementing rules: editable until the round opens."""

    value: T
    assumed: bool = False
    reason: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _plain_value(cls, given: Any) -> Any:
        return given if isinstance(given, dict) and "value" in given else {"value": given}

    @model_validator(mode="after")
    def _assumed_has_a_reason(self) -> Setting[T]:
        if self.assumed and self.reason is None:
            raise ValueError(_("an assumed value needs a reason"))
        return self


def _fraction(given: Any) -> Fraction:
    if isinstance(given, float):
        raise ValueError(_("write a fraction such as 2/3, not a decimal number"))
    try:
        return Fraction(given)
    except (ValueError, TypeError, ZeroDivisionError) as error:
        raise ValueError(_("write a fraction such as 2/3")) from error


def _decimal(given: Any) -> Decimal:
    try:
        return Decimal(str(given))
    except InvalidOperation as error:
        raise ValueError(_("not a number")) from error


def _expression(given: str) -> str:
    cel.check_syntax(given)
    return given


Ratio = Annotated[
    Fraction,
    BeforeValidator(_fraction),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^\d+/\d+$|^[01]$"}),
]
Number = Annotated[
    Decimal,
    BeforeValidator(_decimal),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string"}]}),
]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,48}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,38}$")]
ArticleRef = Annotated[str, BeforeValidator(str), StringConstraints(pattern=r"^[0-9A-Za-z.\-]{1,12}$")]
Cel = Annotated[str, AfterValidator(_expression)]
Date = dt.date
