"""Lists: declared once, shown, filtered, sorted, paged, exported and acted on everywhere alike.

An app declares ``class Entries(List)`` with its columns, filters and order; its view gives the rows that this reader may see and
leaves the rest to ``jurisdictions.lists.serve``. Every number beside a list is counted on the same rows.
"""

from core.lists.acts import Act
from core.lists.columns import Column, article, moment, money, prose, status, yes_no
from core.lists.filters import Choice, Days, Flag, One, Search
from core.lists.gathered import Case, Gathered, Mark, Pick, Words
from core.lists.listing import List

__all__ = (
    "Act", "Case", "Choice", "Column", "Days", "Flag", "Gathered", "List", "Mark", "One", "Pick", "Search", "Words", "article", "moment",
    "money", "prose", "status", "yes_no",
)  # fmt: skip
