"""Stage kind: departments are asked, then the list of those accepted is formed; the others get their papers back with reasons."""

from __future__ import annotations

from applications.kinds.eligibility import Eligibility
from rounds.kinds import register


@register
class Acceptance(Eligibility):
    """As eligibility, on what departments answer: conditions that read their answers, and their agreement."""

    key = "acceptance"
    page = "acceptance"
