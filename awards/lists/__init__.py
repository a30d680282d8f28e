"""The lists of the register: honours, bonuses, duties, cases, bars, reports of misuse."""

from awards.lists.cases import Bars, Cases, Misuse
from awards.lists.money import Payments
from awards.lists.public import Disclosures, Shared
from awards.lists.register import Duties, Honours, Register

__all__ = ("Bars", "Cases", "Disclosures", "Duties", "Honours", "Misuse", "Payments", "Register", "Shared")
