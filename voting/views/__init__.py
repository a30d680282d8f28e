"""Pages of the vote."""
