"""What a translation must keep: its placeholders, full-width punctuation, the polite 您. And what is no sentence at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polib

PLACEHOLDER = re.compile(r"%\([a-z_0-9]+\)[a-z]|\{[a-z_0-9.]*(?:![rsa])?(?::[^{}]*)?\}", re.IGNORECASE)
#: A half-width mark right beside a Chinese character; times (14:00) and Latin words keep theirs.
HALF_WIDTH = re.compile(
    r"[\u4e00-\u9fff]\s*[,;:?!](?!\w)|[,;?!]\s*[\u4e00-\u9fff]|[\u4e00-\u9fff]\s*\(|\([\u4e00-\u9fff]"
)
#: Arguments of Django's ``yesno``.
YES_NO = re.compile(r"\w+,\w+(?:,\w+)?")
#: One thing has one name (docs/glossary.md): what was written for it, and what it is called.
TERMS = {
    "申报单位": "申报组织", "专家库": "评审员库", "荣誉登记册": "获奖名录", "候选者": "候选对象", "二十四时": "24时", "佐证材料": "证实性材料",
}  # fmt: skip
#: Placeholders by what stands in them: a number stands apart from Chinese characters, a day or a year does not.
NUMBERS = "n|count|limit|least|most|max|min|total|rows_limit|size_limit|version|points"
DAYS = "year|next_year|article|day|until|due|deadline|moment|last_day|when|today"
_CHINESE = "[\u4e00-\u9fff]"
_NUMBER, _DAY = (rf"(?:%\((?:{names})\)[sd]|\{{(?:{names})\}})" for names in (NUMBERS, DAYS))
CLOSE_NUMBER = re.compile(rf"{_CHINESE}{_NUMBER}|{_NUMBER}{_CHINESE}")
FAR_DAY = re.compile(rf"{_CHINESE} {_DAY}|{_DAY} {_CHINESE}")
IMPOLITE = re.compile("你(?!们好)")
KEY = re.compile(r"[a-z0-9]+(?:[_.][a-z0-9]+)+")
SCRIPT_TEXT = re.compile(r"""["'`]([^"'`\n]*[\u4e00-\u9fff][^"'`\n]*|[A-Z][a-z]+ [a-z]+ [a-z][^"'`\n]*)["'`]""")


def faults(entry: polib.POEntry) -> Iterator[str]:
    """What is wrong with a translated entry, one word each."""
    if KEY.fullmatch(entry.msgid):
        yield "a key, not a sentence"
    for text in [entry.msgstr, *entry.msgstr_plural.values()]:
        if not text:
            continue
        if not _same_placeholders(entry, text):
            yield "placeholders differ"
        if not YES_NO.fullmatch(entry.msgid) and HALF_WIDTH.search(PLACEHOLDER.sub("x", text)):
            yield "half-width punctuation"
        if IMPOLITE.search(text):
            yield "你 for 您"
        yield from _habits(text)


def _habits(text: str) -> Iterator[str]:
    """What the house writes one way."""
    yield from (f"{other}: here called {name}" for other, name in TERMS.items() if other in text)
    if CLOSE_NUMBER.search(text):
        yield "no space beside a number"
    if FAR_DAY.search(text):
        yield "space beside a day"


def _same_placeholders(entry: polib.POEntry, text: str) -> bool:
    """The same placeholders in any order; a plural needs those of its plural form, but a language without plurals may leave out none."""
    wanted = Counter(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    return set(Counter(PLACEHOLDER.findall(text))) == set(wanted)


def texts_in_scripts(folder: Path) -> Iterator[str]:
    """Sentences that stand in a script: they belong into the page, where they are translated."""
    for path in sorted(folder.rglob("*.js")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            code = line.split("//")[0]
            if not code.lstrip().startswith(("*", "/*", "throw ", "console.")) and (found := SCRIPT_TEXT.search(code)):
                yield f"{path}:{number}: text in a script: {found[1]!r}"
