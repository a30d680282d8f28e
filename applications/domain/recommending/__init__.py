"""Bodies recommend or decline their own entries, one by one; where the policy says so after a first review and after consulting."""

from applications.domain.recommending.consulting import consulted, consulted_many, told
from applications.domain.recommending.deciding import decline, recommend
from applications.domain.recommending.ordering import reorder
from applications.domain.recommending.reviewing import review, review_many

__all__ = ["consulted", "consulted_many", "decline", "recommend", "reorder", "review", "review_many", "told"]
