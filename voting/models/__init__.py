"""Meetings, rolls, polls, ballots, tallies, minutes. Only ``voting.domain`` writes them."""

from voting.models.ballot import Ballot, BallotItem, Contribution, KeyShare, OpenedBallot, TellerKey
from voting.models.meeting import Attendance, HeadHeard, Meeting, VoterUndertaking
from voting.models.poll import Poll, PollItem, RollSeat, SeatRecusal
from voting.models.result import Minutes, Tally, TieDecision

__all__ = [
    "Attendance", "Ballot", "BallotItem", "Contribution", "HeadHeard", "KeyShare", "Meeting", "Minutes", "OpenedBallot",
    "Poll", "PollItem", "RollSeat", "SeatRecusal", "Tally", "TellerKey", "TieDecision", "VoterUndertaking",
]  # fmt: skip
