"""The lists of reviews: the pool, what a reviewer has to review, how far a stage is, signs of interests."""

from reviews.lists.feedback import Drafts
from reviews.lists.mine import Mine
from reviews.lists.outcomes import DepartmentScores, Ranking
from reviews.lists.pool import Pool
from reviews.lists.progress import Progress
from reviews.lists.signs import Signs

__all__ = ("DepartmentScores", "Drafts", "Mine", "Pool", "Progress", "Ranking", "Signs")
