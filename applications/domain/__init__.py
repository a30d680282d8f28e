"""Domain functions."""
