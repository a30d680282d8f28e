"""The unified social credit code (GB 32100-2015), with the organisation code inside it (GB 11714-1997). Pure functions."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength, ValidationError

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_WHY = {
    InvalidLength: "length",
    InvalidFormat: "characters",
    InvalidChecksum: "check_character",
    InvalidComponent: "characters",
}

#: Each fault in words.
WHY = {
    "length": _("it must have 18 characters"),
    "characters": _("it holds characters that never occur"),
    "check_character": _("its last character does not fit the others"),
    "inner_check_character": _("its 17th character does not fit the organisation code inside"),
}


def normal(code: str) -> str:
    """Upper case, without spaces and hyphens, full-width characters made plain."""
    return "".join(unicodedata.normalize("NFKC", code).upper().split()).replace("-", "")


def fault(code: str) -> str:
    """What is wrong with a normal code: length, characters, check_character or inner_check_character; '' when nothing is."""
    try:
        uscc.validate(code)
    except ValidationError as error:
        return _WHY.get(type(error), "characters")
    return "" if code[16] == inner_check(code[8:16]) else "inner_check_character"


def inner_check(body: str) -> str:
    """The check character of an organisation code's eight characters (GB 11714: 11 minus the weighted sum modulo 11, X for ten)."""
    total = sum(weight * _ALPHABET.index(character) for weight, character in zip(_WEIGHTS, body, strict=True))
    rest = (11 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


def build(department: str, category: str, region: str, body: str) -> str:
    """A valid code from its parts: one and one character, six digits, eight characters."""
    first = f"{department}{category}{region}{body}{inner_check(body)}"
    return first + str(uscc.calc_check_digit(first))
