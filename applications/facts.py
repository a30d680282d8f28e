"""Facts that conditions read."""
