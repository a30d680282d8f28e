"""Approval, the register of honours, what is paid for them, what may take them away, and what their holders owe."""

from awards.models.approval import Approval
from awards.models.cases import Bar, CaseStep, SanctionCase
from awards.models.duties import DutyRecord, MisuseReport
from awards.models.register import Honour, HonourEvent, OtherAward, Payment

__all__ = [
    "Approval", "Bar", "CaseStep", "DutyRecord", "Honour", "HonourEvent", "MisuseReport", "OtherAward", "Payment", "SanctionCase",
]  # fmt: skip
