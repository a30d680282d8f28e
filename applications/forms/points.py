"""A self-evaluation answered key point by key point, kept as one text: a line ``【要点2】`` stands before what was written about point 2."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jurisdictions.policy.base import Text

_MARK = re.compile(r"^【要点(\d{1,2})】[ \t]*$", re.MULTILINE)


def split(text: str, count: int) -> tuple[str, list[str]]:
    """What was written in general, and about each of ``count`` key points. Marks that do not rise or are too high are text."""
    pieces: list[tuple[int, int, int]] = []  # (point, start of the mark, end of the mark)
    for found in _MARK.finditer(text):
        if (pieces[-1][0] if pieces else 0) < int(found[1]) <= count:
            pieces.append((int(found[1]), found.start(), found.end()))
    parts = [""] * count
    ends = [start for _point, start, _end in pieces[1:]] + [len(text)]
    for (point, _start, begin), end in zip(pieces, ends, strict=False):
        parts[point - 1] = text[begin:end].strip()
    return text[: pieces[0][1]].strip() if pieces else text.strip(), parts


def join(general: str, parts: Sequence[str]) -> str:
    """One text of them; points about which nothing was written are left out."""
    written = [f"【要点{number}】\n{part.strip()}" for number, part in enumerate(parts, start=1) if part.strip()]
    return "\n".join(filter(None, [general.strip(), *written]))


def titled(text: str, points: Sequence[Text]) -> str:
    """The text with each key point's own words behind its mark, as it is printed."""

    def words(found: re.Match[str]) -> str:
        number = int(found[1])
        return f"【要点{number}】{points[number - 1]}" if 0 < number <= len(points) else found[0]

    return _MARK.sub(words, text)
