"""A round, its stages, the entries that go through them, decisions, recusals. Only ``rounds.engine`` writes state fields."""

from rounds.models.decisions import Decision, DecisionItem
from rounds.models.entries import Entry, EntryUserObjectPermission, Recusal
from rounds.models.rounds import Round, RoundStage
from rounds.models.stages import StageEntry
from rounds.models.supervision import Correction, MajorMatter

__all__ = [
    "Correction", "Decision", "DecisionItem", "Entry", "EntryUserObjectPermission", "MajorMatter", "Recusal", "Round", "RoundStage", "StageEntry",
]  # fmt: skip
