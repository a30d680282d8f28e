"""The typed policy document: what a regulation says, as data."""

from jurisdictions.policy.document import Policy

__all__ = ["Policy"]
