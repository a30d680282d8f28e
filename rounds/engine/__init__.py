"""The stage engine: the only writer of rounds, stages, stage entries and decisions.

create_round → adjust → open_round          (opening.py)
open_stage → … → close_stage                (stages.py)
settle (one by one)                         (settling.py)
reopen                                      (reopening.py)
prepare → release | discard; counter        (decisions.py)
withdraw, recuse                            (entries.py)
order_correction, observe, answer_correction, settle_correction, record_matter   (supervision.py)
move_clock                                  (clockwork.py)
"""

from rounds.engine.clockwork import move_clock
from rounds.engine.decisions import counter, discard, prepare, release
from rounds.engine.entries import enter, recuse, withdraw
from rounds.engine.opening import abandon_round, adjust, create_round, open_round
from rounds.engine.reopening import reopen
from rounds.engine.settling import settle
from rounds.engine.stages import close_stage, open_next, open_stage
from rounds.engine.supervision import answer_correction, observe, order_correction, record_matter, settle_correction

__all__ = [
    "abandon_round", "adjust", "answer_correction", "close_stage", "counter", "create_round", "discard", "enter", "move_clock", "observe",
    "open_next", "open_round", "open_stage", "order_correction", "prepare", "record_matter", "recuse", "release", "reopen", "settle",
    "settle_correction", "withdraw",
]  # fmt: skip
