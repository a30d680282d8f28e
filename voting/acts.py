"""What the log calls acts of meetings and ballots."""

from django.utils.translation import pgettext_lazy

from audit.naming import register

register(
    {
        "ballot.cast": pgettext_lazy("log", "Ballot cast"),
        "meeting.attended": pgettext_lazy("log", "Attendance recorded"),
        "meeting.convened": pgettext_lazy("log", "Meeting convened"),
        "meeting.heads_heard": pgettext_lazy("log", "Statements heard"),
        "meeting.report_heard": pgettext_lazy("log", "Report heard"),
        "poll.closed": pgettext_lazy("log", "Ballot closed"),
        "poll.counted": pgettext_lazy("log", "Ballot counted"),
        "poll.key_made": pgettext_lazy("log", "Keys of the ballot made"),
        "poll.minutes_signed": pgettext_lazy("log", "Minutes signed"),
        "poll.opened": pgettext_lazy("log", "Ballot opened"),
        "poll.part_taken": pgettext_lazy("log", "Part of the key handed in"),
        "poll.prepared": pgettext_lazy("log", "Ballot prepared"),
        "poll.unsealed": pgettext_lazy("log", "Ballot box unsealed"),
        "poll.voided": pgettext_lazy("log", "Ballot void"),
        "vote.fallback_places_set": pgettext_lazy("log", "Places of the lesser prize set"),
        "vote.places_vacant": pgettext_lazy("log", "Places left vacant"),
        "vote.tie_settled": pgettext_lazy("log", "Tie of votes settled"),
        "voter.undertook": pgettext_lazy("log", "Undertaking of a voter signed"),
    }
)
