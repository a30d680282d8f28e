"""The lists of rounds: how each looks, filters and sorts."""

from rounds.lists.desk import Desk
from rounds.lists.entries import Entries, StageEntries
from rounds.lists.logs import Log
from rounds.lists.rounds import DecisionItems, Rounds

__all__ = ("DecisionItems", "Desk", "Entries", "Log", "Rounds", "StageEntries")
