"""Lists that people bring in from a spreadsheet: upload → dry run, line by line → confirm; wholly or not at all.

An app says what its lines are (:class:`Lines`) and calls :func:`page` from a view behind its own predicate:

    class BodyLines(Lines):
        key, title, columns = "bodies", _("Bodies"), (Column("key", _("Identifier"), required=True), …)
        def read(self, cells): …        # {column: text} → values; ValidationError or Refused: the line is wrong
        def identity(self, values): …   # two lines with the same are one too many
        def find(self, values): …       # the row that is there already, or None
        def same(self, row, values): …  # the row says so already: nothing is written
        def write(self, row, values): … # through the domain; Refused: the line is wrong

    @page(rule=administers)
    def bring_in(request, jurisdiction):
        lines = BodyLines(actor=request.user, jurisdiction=jurisdiction)
        return imports.page(request, lines, back=reverse(…), where="jurisdictions/parts/where.html", context=shared(…))

The dry run writes every line through the domain and rolls back, so that it says what the confirmation will meet. Between the
two the list travels in the page, signed for this person, this kind of list and this place: no file lies about.
A list of more than ``QUICK`` lines is taken in by a worker (``jurisdictions.bringing``, which pages call instead of this one).
"""

from core.imports.lines import Column, Lines, day, flag, kind_of, register, words
from core.imports.pages import QUICK, page
from core.imports.reading import Sheet, read
from core.imports.running import Report, Result, run

__all__ = [
    "QUICK",
    "Column",
    "Lines",
    "Report",
    "Result",
    "Sheet",
    "day",
    "flag",
    "kind_of",
    "page",
    "read",
    "register",
    "run",
    "words",
]
