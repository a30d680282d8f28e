"""What the log calls acts of rounds, stages, decisions and supervision."""

from django.utils.translation import pgettext_lazy

from audit.naming import register

register(
    {
        "correction.answered": pgettext_lazy("log", "Correction answered"),
        "correction.ordered": pgettext_lazy("log", "Correction ordered"),
        "correction.settled": pgettext_lazy("log", "Correction settled"),
        "decision.countered": pgettext_lazy("log", "Counter-decision released"),
        "decision.discarded": pgettext_lazy("log", "Decision discarded"),
        "decision.prepared": pgettext_lazy("log", "Decision prepared"),
        "decision.released": pgettext_lazy("log", "Decision released"),
        "entry.recused": pgettext_lazy("log", "Person stepped aside"),
        "entry.withdrawn": pgettext_lazy("log", "Application withdrawn"),
        "matter.decided": pgettext_lazy("log", "Major matter decided"),
        "observation.answered": pgettext_lazy("log", "Observation answered"),
        "observation.filed": pgettext_lazy("log", "Observation filed"),
        "observation.settled": pgettext_lazy("log", "Observation settled"),
        "round.abandoned": pgettext_lazy("log", "Round abandoned"),
        "round.adjusted": pgettext_lazy("log", "Assumed values of the round set"),
        "round.clock_moved": pgettext_lazy("log", "Clock of the rehearsal moved"),
        "round.closed": pgettext_lazy("log", "Round closed"),
        "round.created": pgettext_lazy("log", "Round created"),
        "round.opened": pgettext_lazy("log", "Round opened"),
        "stage.closed": pgettext_lazy("log", "Stage closed"),
        "stage.extended": pgettext_lazy("log", "Deadline extended"),
        "stage.opened": pgettext_lazy("log", "Stage opened"),
    }
)
