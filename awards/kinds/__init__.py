"""The stage kinds of this app."""

from awards.kinds import approval, conferral

__all__ = ["approval", "conferral"]
