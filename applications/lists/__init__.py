"""The lists of the office's and the bodies' work on applications."""

from applications.lists.bodies import Lost, Own, Questions
from applications.lists.desk import Desk

__all__ = ("Desk", "Lost", "Own", "Questions")
