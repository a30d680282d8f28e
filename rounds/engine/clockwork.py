"""A rehearsal's own clock."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import User
from core import clock as core_clock
from core.access import require
from core.refusals import Refused
from rounds.engine.logging import record
from rounds.models import Round
from rounds.rules import may_run_round


@transaction.atomic
def move_clock(*, actor: User, round_: Round, to: dt.datetime) -> Round:
    """Move a rehearsal's clock forward to ``to`` (aware). Refused for a binding round, and backwards."""
    round_ = Round.objects.select_for_update(of=("self",)).select_related("jurisdiction", "policy").get(pk=round_.pk)
    article = round_.rules.cycle.article
    require(may_run_round, actor, round_, article=article)
    if not round_.is_rehearsal:
        raise Refused("clock_of_binding_round", article=article)
    offset = to - core_clock.now()
    if offset < round_.clock_offset:
        raise Refused("clock_runs_backwards", article=article)
    round_.clock_offset = offset
    round_.save(update_fields=["clock_offset"])
    record("round.clock_moved", round_=round_, actor=actor, subject=round_, article=article, to=to)
    return round_
