"""Reviewers, teams, sheets, reports, visits, departments' opinions. ``reviews.domain`` alone writes them."""

from reviews.models.departments import DepartmentOpinion
from reviews.models.interests import Engagement, RecusalRequest, Suspicion
from reviews.models.outcomes import StageReport, TeamProposal, TieDecision
from reviews.models.pool import Conduct, InterestDeclaration, PoolRecord, Qualification, Reviewer
from reviews.models.proposals import AssignmentProposal
from reviews.models.reports import Feedback, FeedbackDraft, Report
from reviews.models.scoring import Consensus, ScoreSheet
from reviews.models.teams import Assignment, Team, TeamMember
from reviews.models.visits import Hearing, Visit, VisitPlan

__all__ = [
    "Assignment", "AssignmentProposal", "Conduct", "Consensus", "DepartmentOpinion", "Engagement", "Feedback", "FeedbackDraft", "Hearing",
    "InterestDeclaration", "PoolRecord", "Qualification", "RecusalRequest", "Report", "Reviewer", "ScoreSheet", "StageReport", "Suspicion",
    "Team", "TeamMember", "TeamProposal", "TieDecision", "Visit", "VisitPlan",
]  # fmt: skip
