"""The stage kinds of this app; importing registers them."""

from reviews.kinds.composite import CompositeKind
from reviews.kinds.department_review import DepartmentReviewKind
from reviews.kinds.team_review import TeamReviewKind

__all__ = ["CompositeKind", "DepartmentReviewKind", "TeamReviewKind"]
