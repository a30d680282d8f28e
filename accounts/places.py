"""Division codes of places: GB/T 2260 down to the county (6 digits), GB/T 10114 to the township (9), the statistics office's to the village (12)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from stdnum import numdb

LENGTHS = (6, 9, 12)
_NOTE = re.compile(r"^\[[^\]]*\]")


def normal(code: str) -> str:
    """Full-width digits made plain, spaces and hyphens taken out; township zeros at the end of twelve digits say nothing and go."""
    digits = "".join(unicodedata.normalize("NFKC", code).split()).replace("-", "")
    if len(digits) == 12 and digits.endswith("000000"):
        return digits[:6]
    return digits[:9] if len(digits) == 12 and digits.endswith("000") else digits


def is_code(code: str) -> bool:
    """Whether it has the shape of a code. New places come faster than tables: an unknown one is no fault."""
    return code.isascii() and code.isdigit() and len(code) in LENGTHS


@lru_cache(maxsize=1024)
def name_of(code: str) -> str:
    """Province and county in Chinese as the table knows them, e.g. for 331081…; '' for an unknown code."""
    if not is_code(code):
        return ""
    parts = [found for _digits, found in numdb.get("cn/loc").info(code[:6])]
    known = [found.get(level, "") for found in parts for level in ("province", "prefecture", "county")]
    names = [_NOTE.sub("", name.split(",")[-1]).strip() for name in known if name]
    return " ".join(dict.fromkeys(names)) if len(names) > 1 else ""
