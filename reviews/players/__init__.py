"""How a rehearsal plays this app's kinds; importing registers the players."""

from reviews.players.composite import CompositePlayer
from reviews.players.department_review import DepartmentReviewPlayer
from reviews.players.team_review import TeamReviewPlayer

__all__ = ["CompositePlayer", "DepartmentReviewPlayer", "TeamReviewPlayer"]
