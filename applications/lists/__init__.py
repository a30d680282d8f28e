"""The lists of the office's and the bodies' work on applications."""

from applications.lists.bodies import Lost, Own, Questions
from applications.lists.desk import Desk
from applications.lists.office import Answers, Extensions, Organisations

__all__ = ("Answers", "Desk", "Extensions", "Lost", "Organisations", "Own", "Questions")
