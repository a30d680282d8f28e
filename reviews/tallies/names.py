"""Whether two names mean the same organisation, as far as a spelling can tell."""

from __future__ import annotations

import re
import unicodedata

_ENDINGS = re.compile(r"(股份有限公司|有限责任公司|集团有限公司|有限公司|集团公司|分公司|公司|集团|工厂|厂)+$")
_MARKS = re.compile(r"[\s()\[\]【】《》〔〕“”\"'·.,，。、\-_/]")
SHORTEST = 4


def spelled(name: str) -> str:
    """Full and half width alike, without spaces and marks, in small letters."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", name)).lower()


def stem(name: str) -> str:
    """The name without its legal form; the whole spelling where hardly anything would be left."""
    whole = spelled(name)
    short = _ENDINGS.sub("", whole)
    return short if len(short) >= SHORTEST else whole


def beginnings(name: str) -> set[str]:
    """Stems of which this one may be a part or a branch: itself and its longer beginnings."""
    whole = stem(name)
    return {whole[:length] for length in range(SHORTEST, len(whole) + 1)} | {whole}
