"""Is every sentence in the reader's language? Judged by the catalogue itself.

On a Chinese page no text may be the English of a translated sentence, and nothing outside code may be several Latin words in a row; on an English
page no text may be the Chinese of one. Names and what people wrote are data, in whatever language they were written.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

import polib
from django.conf import settings

CATALOGUE = settings.BASE_DIR / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
CHINESE = re.compile(r"[\u3400-\u9fff]")
#: Four words of small letters: a sentence or a label, not a name, an address or a code.
ENGLISH = re.compile(r"(?:\b[A-Za-z]?[a-z]+[ ,]+){3}[a-z]+\b")
HOLE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{[^}]*\}|%%")


def faults(texts: Iterable[tuple[str, str]], language: str) -> list[str]:
    """What a page says in the wrong language. ``texts``: what it says, and the language marked on it."""
    wrong = _is_english if language.startswith("zh") else _is_chinese
    own = language[:2]
    return sorted({f"untranslated: {text[:80]}" for text, marked in texts if marked[:2] == own and wrong(text)})


def _is_english(text: str) -> bool:
    exact, patterns = _sentences()[0]
    return text in exact or bool(ENGLISH.search(text)) or any(pattern.fullmatch(text) for pattern in patterns)


def _is_chinese(text: str) -> bool:
    exact, patterns = _sentences()[1]
    return text in exact or (bool(CHINESE.search(text)) and any(pattern.fullmatch(text) for pattern in patterns))


@functools.cache
def _sentences() -> tuple[tuple[set[str], list[re.Pattern[str]]], tuple[set[str], list[re.Pattern[str]]]]:
    """The English and the Chinese sentences of the catalogue: whole ones, and those with holes as patterns."""
    rows = [
        (source, translated)
        for entry in polib.pofile(str(CATALOGUE))
        for source, translated in [(entry.msgid, entry.msgstr), *zip([entry.msgid_plural], entry.msgstr_plural.values(), strict=False)]
        if source and translated and source != translated and CHINESE.search(translated)
    ]  # fmt: skip
    return _split(source for source, _ in rows), _split(translated for _, translated in rows)


def _split(sentences: Iterable[str]) -> tuple[set[str], list[re.Pattern[str]]]:
    exact, patterns = set(), []
    for sentence in (" ".join(one.split()) for one in sentences):
        if not HOLE.search(sentence):
            exact.add(sentence)
        elif len(HOLE.sub("", sentence)) >= 6:  # "{a} – {b}" would match anything
            parts = (re.escape(part) for part in HOLE.split(sentence))
            patterns.append(re.compile(".+".join(parts)))
    return exact, patterns
