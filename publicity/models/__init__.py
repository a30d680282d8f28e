"""Notices, objections, investigation reports. Only ``publicity.domain`` writes them."""

from publicity.models.notice import Notice
from publicity.models.objection import InvestigationReport, Objection, ObjectorDetails

__all__ = ["InvestigationReport", "Notice", "Objection", "ObjectorDetails"]
