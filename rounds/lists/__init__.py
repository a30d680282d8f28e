"""The lists of rounds: how each looks, filters and sorts."""

from rounds.lists.desk import Desk
from rounds.lists.entries import Entries, StageEntries
from rounds.lists.logs import Log
from rounds.lists.rounds import DecisionItems, Rounds
from rounds.lists.supervision import Matters, Orders, Watched

__all__ = ("DecisionItems", "Desk", "Entries", "Log", "Matters", "Orders", "Rounds", "StageEntries", "Watched")
