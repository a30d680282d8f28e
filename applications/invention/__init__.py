"""Invented applicants for rehearsals and demonstrations, for any policy.

invent(policy, prize, rng, fails=None, closes_on=…)   a profile {"org", "form", "check", "awards"} for which every computed
                                                       condition holds, or every one but ``fails``
feasible(policy, prize, closes_on=…)                   the conditions that a fileable application can fail
make_candidate(ctx, prize=…, trait=…, …)               the same as an organisation with its owner
"""

from applications.invention.candidates import make_candidate
from applications.invention.profiles import NoSuchApplicant, feasible, invent

__all__ = ["NoSuchApplicant", "feasible", "invent", "make_candidate"]
