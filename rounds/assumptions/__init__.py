"""The assumed values of a round as questions that an official can answer: a label, where it belongs, a control of the right kind."""

from rounds.assumptions.questions import Leaf, Question, changes, questions

__all__ = ["Leaf", "Question", "changes", "questions"]
