"""Playing a whole rehearsal round through the same domain functions that the pages call."""

from awards.rehearsing.driver import rehearse

__all__ = ["rehearse"]
