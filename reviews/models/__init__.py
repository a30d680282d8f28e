"""Reviewers, teams, sheets, reports, visits, departments' opinions. ``reviews.domain`` alone writes them."""

from reviews.models.departments import DepartmentOpinion
from reviews.models.outcomes import StageReport, TeamProposal, TieDecision
from reviews.models.pool import Conduct, InterestDeclaration, PoolRecord, Qualification, Reviewer
from reviews.models.reports import Feedback, Report
from reviews.models.scoring import Consensus, ScoreSheet
from reviews.models.teams import Assignment, Team, TeamMember
from reviews.models.visits import Hearing, Visit, VisitPlan

__all__ = [
    "Assignment", "Conduct", "Consensus", "DepartmentOpinion", "Feedback", "Hearing", "InterestDeclaration", "PoolRecord", "Qualification",
    "Report", "Reviewer", "ScoreSheet", "StageReport", "Team", "TeamMember", "TeamProposal", "TieDecision", "Visit", "VisitPlan",
]  # fmt: skip
