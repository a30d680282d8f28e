"""What an app says about its lines, and readers for the cells that every list has."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Hashable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

_KINDS: dict[str, type[Lines]] = {}
YES = frozenset({"1", "true", "yes", "y", "是", "√"})
NO = frozenset({"0", "false", "no", "n", "否", "×"})
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
_SPLIT = re.compile(r"[\s,，;；、]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``key`` in code, ``label`` as its heading in either language, an ``example`` for the blank list.

    ``is_code``: a code, a number or an address, in which full-width characters mean the plain ones; a text keeps them.
    """

    key: str
    label: str | Promise
    required: bool = False
    help: str | Promise = ""
    example: str | Promise = ""
    max_length: int = 300
    is_code: bool = False

    def headings(self) -> set[str]:
        """Under which this column is recognised: the key and both languages' labels."""
        found = {plain(self.key)}
        for language in ("zh-hans", "en"):
            with override(language):
                found.add(plain(str(self.label)))
        return found


class Lines(ABC):
    """One kind of list, for one person and one place. See :mod:`core.imports`."""

    key: ClassVar[str]
    actor: Any
    title: ClassVar[str | Promise]
    lead: ClassVar[str | Promise] = ""
    columns: ClassVar[tuple[Column, ...]]

    @property
    @abstractmethod
    def place(self) -> str:
        """Where the list goes (a jurisdiction's code): what was checked for one place cannot be confirmed for another."""

    @classmethod
    @abstractmethod
    def restored(cls, *, actor: Any, place: str) -> Lines:
        """The same kind of list for the same person and ``place``, made anew by a worker, inside the jurisdiction's scope."""

    @abstractmethod
    def read(self, cells: Mapping[str, str]) -> dict[str, Any]:
        """Values of a line. Raises ValidationError or Refused."""

    @abstractmethod
    def identity(self, values: Mapping[str, Any]) -> Hashable:
        """What no second line of the list may have."""

    @abstractmethod
    def find(self, values: Mapping[str, Any]) -> Any:
        """The row that is there already, or None."""

    @abstractmethod
    def same(self, row: Any, values: Mapping[str, Any]) -> bool:
        """Whether the row says so already."""

    @abstractmethod
    def write(self, row: Any, values: dict[str, Any]) -> Any:
        """Through the domain: a new row, or what changes in ``row``. Raises Refused."""

    def together(self) -> AbstractContextManager[None]:
        """Around all lines, inside the transaction: what they may share. An app that logs gathers its events here."""
        return nullcontext()

    def finish(self) -> None:  # noqa: B027  # most lists have nothing left to do
        """After the last line, where none is wrong, in the same transaction: what is written all at once. Raises Refused."""


def register(*kinds: type[Lines]) -> None:
    """Kinds of lists that a worker may have to take in. Raises ``ValueError`` when a key is registered twice."""
    for kind in kinds:
        if _KINDS.setdefault(kind.key, kind) is not kind:
            raise ValueError(f"kind of list registered twice: {kind.key}")


def kind_of(key: str) -> type[Lines]:
    """The registered kind. Raises ``KeyError``."""
    return _KINDS[key]


def plain(text: str) -> str:
    """A heading or a choice as compared: no case, no spaces, full-width characters made plain."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip("*")


def words(text: str) -> list[str]:
    """Words of one cell: separated by spaces, commas or the Chinese marks for these."""
    return [word for word in _SPLIT.split(text) if word]


def flag(cells: Mapping[str, str], name: str, *, default: bool | None = None) -> bool:
    """Yes or no, as a spreadsheet, English or Chinese says it."""
    text = plain(cells.get(name, ""))
    if text in YES or text in NO:
        return text in YES
    if default is None or text:
        raise ValidationError({name: _("Write 1 for yes or 0 for no.")})
    return default


def day(cells: Mapping[str, str], name: str) -> dt.date | None:
    """A day, written 2027-02-06, 2027/2/6, 2027年2月6日 or 20270206."""
    text = unicodedata.normalize("NFKC", cells.get(name, "")).strip()
    if not text:
        return None
    try:
        found = _DAY.fullmatch(text)
        if found is None:
            raise ValueError(text)
        year, month, date = (int(part) for part in found.groups() if part)
        return dt.date(year, month, date)
    except ValueError as error:
        raise ValidationError({name: _("“{text}” is no date. Write it as 2027-02-06.").format(text=text)}) from error


def choice(cells: Mapping[str, str], name: str, choices: Any) -> str:
    """The key of a choice that is written as its key or as its label in either language; unknown text as it stands."""
    text = cells.get(name, "")
    wanted = plain(text)
    for language in ("zh-hans", "en"):
        with override(language):
            for key, label in choices:
                if wanted in (plain(str(key)), plain(str(label))):
                    return str(key)
    return text
